/** What somebody of the team writes: in a request's thread the owner's words are answers; elsewhere, and to the bot, commands. */
import type { DeskTurns } from '../../bot/desk-turns.ts';
import type { Texts } from '../../language/texts.ts';
import type { Store } from '../../store/port.ts';
import { helpCard } from './cards/list-cards.ts';
import type { Card } from './cards/parts.ts';
import { readCommand, withoutMentions } from './commands.ts';
import { createInThread } from './in-thread.ts';
import { isPersonal, isToBot } from './incoming.ts';
import type { Commands } from './run-command.ts';
import type { Seal } from './seal.ts';
import { ticketNamed } from './search.ts';
import { ticketOf } from './thread.ts';
import type { Views } from './views.ts';
import type { Visit } from './visit.ts';

export interface WrittenOptions {
  store: Pick<Store, 'read'>;
  turns: DeskTurns;
  views: Views;
  commands: Commands;
  seal: Seal;
  texts: Texts;
}

/** Each returns undefined when there is nothing to say to it. */
export interface Written {
  said(visit: Visit): Promise<Card | undefined>;
  /** Something that was said before was changed or deleted. */
  changed(visit: Visit): Promise<Card | undefined>;
}

export function createWritten(options: WrittenOptions): Written {
  const { store, turns, views, commands, seal, texts } = options;
  const inThread = createInThread({ turns, texts });
  const threadOf = async ({ activity }: Visit) =>
    isPersonal(activity) ? undefined : ticketOf(store, activity.conversation.id);

  return {
    async said(visit) {
      const { activity, person, say } = visit;
      const words = withoutMentions(activity.text ?? '');
      const ticket = await threadOf(visit);
      const isForBot = isToBot(activity) || isPersonal(activity);
      const known = isForBot ? readCommand(words, person.language, texts) : undefined;
      // In a thread an answer may begin like a command, so only the bare command is one.
      if (known && !(ticket && known.rest)) return commands.run(visit, known.name, known.rest);
      if (ticket) return inThread.said(visit, ticket, words);
      const found = await ticketNamed(turns, words);
      return found ? views.personal(found, visit) : helpCard(say, seal);
    },
    async changed(visit) {
      const ticket = await threadOf(visit);
      return ticket === undefined ? undefined : inThread.changed(visit, ticket);
    },
  };
}
