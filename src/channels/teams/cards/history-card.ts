/** The whole talk about a request, word for word, with the team's notes in it, a page at a time; and everything that was done. */
import type { Line } from '../../../store/port.ts';
import type { Ticket } from '../../../support/ticket.ts';
import { spoken } from '../../../support/transcript.ts';
import type { Seal } from '../seal.ts';
import { titleOf } from './choices.ts';
import { type Card, card, type Element, execute, line, mostSigns, pair, run, section, text } from './parts.ts';
import type { Say } from './say.ts';

const onPage = 40;
const shownLog = 40;
/** A longer message is shown in parts. */
const partSigns = 4000;

/**
 * @param lines what may be passed on of the talk
 * @param from the oldest entry that was shown already; undefined: the last page
 */
export function historyCard(ticket: Ticket, lines: readonly Line[], say: Say, seal: Seal, from?: number): Card {
  const { request, revision } = ticket;
  const talk = [...lines.flatMap((one) => said(one, say)), ...notes(ticket, say)].sort((a, b) => a.at - b.at);
  const entries = talk.flatMap(({ who, at, words }) => inParts(`${who}, ${say.time(at)}`, words));
  const end = Math.min(from ?? entries.length, entries.length);
  const press = (verb: string) => ({ verb, ticket: request.id, revision });
  const page = (start: number) =>
    card(
      [
        text(say('lists.history', { ticket: request.id }), { bold: true, large: true }),
        ...(start > 0 ? [text(say('lists.earlier', { count: start }), { subtle: true })] : []),
        ...entries.slice(start, end),
        ...section(say('lists.log'), log(ticket, say)),
      ],
      [
        ...(start > 0 ? [execute(say('actions.earlier'), press(`history ${start}`), seal)] : []),
        execute(say('actions.open'), press('open'), seal),
      ],
      say.language,
    );
  // As many as fit, and always one: else nobody would come to the earlier ones.
  let room = mostSigns - JSON.stringify(page(end)).length;
  let start = end;
  while (start > 0 && end - start < onPage) {
    room -= JSON.stringify(entries[start - 1]).length + 1;
    if (room < 0 && start < end) break;
    start -= 1;
  }
  return page(start);
}

function inParts(head: string, words: string): Element[] {
  const parts = words.match(new RegExp(`[\\s\\S]{1,${partSigns}}`, 'gu')) ?? [''];
  return parts.map((part, i) => {
    const nth = parts.length > 1 ? ` (${i + 1}/${parts.length})` : '';
    return line(run(`${head}${nth}: `, { subtle: true }), run(part));
  });
}

function said(one: Line, say: Say) {
  const { timestamp = '' } = one.value as { timestamp?: string };
  return spoken([one], say.language, say.texts).map((spoke) => ({ ...spoke, at: Date.parse(timestamp) || 0 }));
}

const notes = ({ messages }: Ticket, say: Say) =>
  messages.flatMap(({ from, name = '', at, text: words }) =>
    from === 'note' ? [{ who: say('card.from.note', { name }), at, words }] : [],
  );

function log(ticket: Ticket, say: Say): Element[] {
  return ticket.log.slice(-shownLog).map(({ at, by, what, about }) => {
    const who = by === 'customer' || by === 'bot' ? say(`lists.${by}`) : by;
    const more = about && aboutOf(what, about, ticket, say);
    return pair(`${say.time(at)}, ${who}`, more ? `${say(`log.${what}`)}: ${more}` : say(`log.${what}`));
  });
}

/** Names in the log are those of choices, or a colleague's; a line's number tells nobody anything. */
function aboutOf(what: string, about: string, ticket: Ticket, say: Say): string | undefined {
  if (what === 'language') return say.languageName(about);
  return what === 'handOver' || what === 'takeOver' ? about : titleOf(what, about, ticket, say);
}
