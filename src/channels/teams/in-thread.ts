/** Words in a request's thread: the owner's go to the customer, a note and what is said to colleagues does not; what became of them is said. */
import type { DeskTurns } from '../../bot/desk-turns.ts';
import type { Texts } from '../../language/texts.ts';
import type { Card } from './cards/parts.ts';
import { messageCard } from './cards/post-card.ts';
import { refusal } from './cards/say.ts';
import { bringsFile, isToBot, isToOthers } from './incoming.ts';
import { readNote } from './read-note.ts';
import { notice, type Visit } from './visit.ts';

export function createInThread({ turns, texts }: { turns: DeskTurns; texts: Texts }) {
  /** @param what a text `desk:inThread.<what>` */
  const line = ({ say }: Visit, what: string) => messageCard(say(`inThread.${what}`), say);

  return {
    /** @returns undefined when there is nothing to say to it: it has gone to the customer, or is the team's own talk */
    async said(visit: Visit, id: string, words: string): Promise<Card | undefined> {
      const { activity, person, say } = visit;
      const ticket = await turns.read(id);
      if (!ticket) return notice(visit, 'noTicket');
      const text = readNote(words, texts);
      const isNote = text !== undefined;
      if (!isNote) {
        // Whoever is asked besides the bot, it is a question to a colleague.
        if (isToOthers(activity)) return isToBot(activity) ? line(visit, 'kept') : undefined;
        // Before anybody has taken it, whoever writes may take the thread for the way to the customer.
        const isTheirs = ticket.owner?.id === person.id || ticket.status === 'waiting';
        if (!isTheirs && !isToBot(activity)) return undefined;
      }
      const command = isNote ? ({ verb: 'note', text } as const) : ({ verb: 'answer', text: words } as const);
      const acted = await turns.act(id, command, person, visit.id);
      if (!acted) return notice(visit, 'noTicket');
      const withFile = !isNote && bringsFile(activity);
      if (acted.refused?.why === 'empty' && withFile) return line(visit, 'onlyFile');
      if (acted.refused) return messageCard(refusal(say, acted.refused), say);
      if (isNote) return line(visit, 'noted');
      return withFile ? line(visit, 'withoutFile') : undefined;
    },

    /** What somebody has said there was changed or deleted in Teams. */
    async changed(visit: Visit, id: string): Promise<Card | undefined> {
      const { activity, person } = visit;
      const { messages = [], owner } = (await turns.read(id)) ?? {};
      const isKept = messages.some((one) => one.id === visit.id);
      // The oldest ones are not kept; of an owner's it is said rather once too often.
      const mayBeKept = owner?.id === person.id && !isToOthers(activity);
      return isKept || mayBeKept ? line(visit, 'changed') : undefined;
    },
  };
}
