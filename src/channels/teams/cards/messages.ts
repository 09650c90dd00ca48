/** What was written both ways, and how far it has come. */
import { isCardRow } from '../../../support/desk-rows.ts';
import type { Message, Ticket } from '../../../support/ticket.ts';
import { readyAnswers } from './choices.ts';
import { type Element, line, run, section, short, text } from './parts.ts';
import type { Say } from './say.ts';

/** @param share how much is shown of them: 1 for the last 8, of 300 signs each */
export function messages({ messages: all }: Ticket, share: number, say: Say): Element[] {
  const [most, signs] = [Math.ceil(8 * share), Math.ceil(300 * share)];
  const earlier = all.length - most;
  return section(say('card.sections.messages'), [
    ...(earlier > 0 ? [text(say('card.more', { count: earlier }), { subtle: true })] : []),
    ...all.slice(-most).map((one) => messageLine(one, signs, say)),
  ]);
}

/** A ready answer by its name in the agent's language. */
function messageWords({ ready, text: words }: Message, signs: number, say: Say): string {
  return short(ready ? (readyAnswers(say).find(({ value }) => value === ready)?.title ?? ready) : words, signs);
}

/** What it is that may not have arrived. */
export function doubtWords({ row, message }: Ticket['doubts'][number], { messages: all }: Ticket, say: Say): string {
  const answer = all.find(({ id }) => id === message);
  return answer ? messageWords(answer, 100, say) : say(`card.doubt.${isCardRow(row) ? 'card' : 'post'}`);
}

function messageLine(one: Message, signs: number, say: Say): Element {
  const { from, name = '', at, delivery } = one;
  const who = { customer: say('card.from.customer'), agent: name, note: say('card.from.note', { name }) }[from];
  const state = delivery ? ` (${say(`card.delivery.${delivery}`)})` : '';
  const field = one.field ? `${say.part({ key: `flows:contactSupport.${one.field}.short` })}: ` : '';
  return line(
    run(`${who}, ${say.time(at)}: `, { subtle: true }),
    run(`${field}${messageWords(one, signs, say)}`),
    run(state, { subtle: true, ...(delivery === 'failed' || delivery === 'uncertain' ? { color: 'warning' } : {}) }),
  );
}
