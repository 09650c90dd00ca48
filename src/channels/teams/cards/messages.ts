/** What was written both ways, and how far it has come. */
import { isCardRow } from '../../../support/desk-rows.ts';
import type { Message, Ticket } from '../../../support/ticket.ts';
import { titleOf } from './choices.ts';
import { type Element, line, run, section, short, text } from './parts.ts';
import { reasonWords } from './reason.ts';
import type { Say } from './say.ts';

/** @param share how much is shown of them: 1 for the last 8, of 300 signs each */
export function messages(ticket: Ticket, share: number, say: Say): Element[] {
  const { messages: all } = ticket;
  const [most, signs] = [Math.ceil(8 * share), Math.ceil(300 * share)];
  const earlier = all.length - most;
  return section(say('card.sections.messages'), [
    ...(earlier > 0 ? [text(say('card.more', { count: earlier }), { subtle: true })] : []),
    ...all.slice(-most).map((one) => messageLine(one, ticket, signs, say)),
  ]);
}

/** What the bot puts into the customer's language, by its name in the agent's. */
function messageWords({ ready, ask, guide, text: words }: Message, ticket: Ticket, signs: number, say: Say): string {
  const title = (what: string, name: string) => titleOf(what, name, ticket, say) ?? name;
  if (ready) return short(title('ready', ready), signs);
  if (ask) return short(`${say('log.ask')}: ${title('ask', ask)}`, signs);
  return short(guide ? `${say('log.guide')}: ${title('guide', guide)}` : words, signs);
}

/** What it is that may not have arrived, and why. */
export function doubtWords({ row, reason, message }: Ticket['doubts'][number], ticket: Ticket, say: Say): string {
  const answer = ticket.messages.find(({ id }) => id === message);
  const what = answer ? messageWords(answer, ticket, 100, say) : say(`card.doubt.${isCardRow(row) ? 'card' : 'post'}`);
  return `${what} (${reasonWords(reason, say)})`;
}

function messageLine(one: Message, ticket: Ticket, signs: number, say: Say): Element {
  const { from, name = '', at, delivery, reason } = one;
  const who = { customer: say('card.from.customer'), agent: name, note: say('card.from.note', { name }) }[from];
  const why = reason ? `: ${reasonWords(reason, say)}` : '';
  const state = delivery ? ` (${say(`card.delivery.${delivery}`)}${why})` : '';
  const field = one.field ? `${say.part({ key: `flows:contactSupport.${one.field}.short` })}: ` : '';
  return line(
    run(`${who}, ${say.time(at)}: `, { subtle: true }),
    run(`${field}${messageWords(one, ticket, signs, say)}`),
    run(state, { subtle: true, ...(delivery === 'failed' || delivery === 'uncertain' ? { color: 'warning' } : {}) }),
  );
}
