/** What somebody of the team writes: in a request's thread the owner's words are answers; elsewhere, and to the bot, commands. */
import type { Activity } from 'botbuilder';
import type { DeskTurns } from '../../bot/desk-turns.ts';
import type { Texts } from '../../language/texts.ts';
import type { Store } from '../../store/port.ts';
import { helpCard } from './cards/list-cards.ts';
import type { Card } from './cards/parts.ts';
import { messageCard } from './cards/post-card.ts';
import { refusal } from './cards/say.ts';
import { readCommand, readNote, ticketIn, withoutMentions } from './commands.ts';
import type { Commands } from './run-command.ts';
import type { Seal } from './seal.ts';
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

/** @returns undefined when there is nothing to say to it */
export function createWritten(options: WrittenOptions): (visit: Visit) => Promise<Card | undefined> {
  const { store, turns, views, commands, seal, texts } = options;

  /** What is said to a colleague, or by one, is the team's own talk. */
  async function inThread(visit: Visit, ticket: string, words: string, toBot: boolean): Promise<Card | undefined> {
    const { activity, person, say, id } = visit;
    const note = readNote(words, texts);
    const toOthers = mentions(activity).some((mentioned) => mentioned !== activity.recipient.id);
    const owner = (await turns.read(ticket))?.owner?.id;
    if (note === undefined && !toBot && (toOthers || owner !== person.id)) return undefined;
    const command =
      note === undefined ? ({ verb: 'answer', text: words } as const) : { verb: 'note' as const, text: note };
    const acted = await turns.act(ticket, command, person, id);
    return acted?.refused && messageCard(refusal(say, acted.refused), say);
  }

  return async (visit) => {
    const { activity, person, say } = visit;
    const words = withoutMentions(activity.text ?? '');
    const toBot = mentions(activity).includes(activity.recipient.id);
    const isPersonal = activity.conversation.conversationType === 'personal';
    const ticket = isPersonal ? undefined : await ticketOf(store, activity.conversation.id);
    const known = readCommand(words, person.language, texts);
    // In a thread an answer may begin like a command, so only the bare command is one.
    if (known && (!ticket || (toBot && !known.rest))) return commands.run(visit, known.name, known.rest);
    if (ticket) return inThread(visit, ticket, words, toBot);
    const asked = ticketIn(words);
    const found = asked && (await turns.read(asked));
    if (found) return views.personal(found, visit);
    return toBot || isPersonal ? helpCard(say, seal) : undefined;
  };
}

function mentions({ entities = [] }: Activity): string[] {
  return entities.flatMap((entity) => {
    const { type, mentioned } = entity as { type: string; mentioned?: { id?: string } };
    return type === 'mention' && mentioned?.id ? [mentioned.id] : [];
  });
}
