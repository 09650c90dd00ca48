/** The desk's commands, typed or pressed: lists, the history of a request, an agent's language, help, setting up. */
import type { DeskTurns } from '../../bot/desk-turns.ts';
import type { Texts } from '../../language/texts.ts';
import type { Store } from '../../store/port.ts';
import type { Ticket } from '../../support/ticket.ts';
import { readTalk, withoutLeftOut } from '../../support/transcript.ts';
import { historyCard } from './cards/history-card.ts';
import { helpCard, listCard } from './cards/list-cards.ts';
import type { Card } from './cards/parts.ts';
import { messageCard } from './cards/post-card.ts';
import type { CommandName } from './commands.ts';
import { languageNamed } from './language-named.ts';
import type { Places } from './place.ts';
import type { Seal } from './seal.ts';
import { findTickets, ticketNamed } from './search.ts';
import { ticketOf } from './thread.ts';
import type { Views } from './views.ts';
import { notice, type Visit } from './visit.ts';

export interface CommandOptions {
  store: Store;
  turns: DeskTurns;
  places: Places;
  views: Views;
  seal: Seal;
  texts: Texts;
  setUp(visit: Visit): Promise<Card>;
}
export interface Commands {
  /** @param rest what follows the command */
  run(visit: Visit, name: CommandName, rest: string): Promise<Card>;
  /** @param from the oldest entry that was shown already */
  history(visit: Visit, ticket: Ticket, from?: number): Promise<Card>;
}

export function createCommands({ store, turns, places, views, seal, texts, setUp }: CommandOptions): Commands {
  async function history({ say }: Visit, ticket: Ticket, from?: number): Promise<Card> {
    const talk = await readTalk(store, ticket.conversation);
    return historyCard(ticket, withoutLeftOut(talk, ticket.request), say, seal, from);
  }

  async function chooseLanguage(visit: Visit, rest: string): Promise<Card> {
    const wanted = languageNamed(rest, texts);
    if (!wanted) return helpCard(visit.say, seal);
    await places.setLanguage(visit.person.id, wanted);
    const say = views.say(wanted);
    return messageCard(say('setup.language', { language: say.languageName(wanted) }), say);
  }

  return {
    history,
    async run(visit, name, rest) {
      const { person, say, activity } = visit;
      switch (name) {
        case 'mine': {
          const mine = await findTickets(store, (one) => one.status === 'claimed' && one.owner?.id === person.id);
          return listCard(say('lists.mine'), mine, say, seal);
        }
        case 'waiting':
          return listCard(say('lists.waiting'), await findTickets(store, (one) => one.status === 'waiting'), say, seal);
        case 'search': {
          const found = await findTickets(store, rest);
          return listCard(say('lists.search', { words: rest }), found, say, seal);
        }
        case 'history': {
          const here = await ticketOf(store, activity.conversation.id);
          const ticket = (await ticketNamed(turns, rest)) ?? (here && (await turns.read(here)));
          return ticket ? history(visit, ticket) : notice(visit, 'noTicket');
        }
        case 'language':
          return chooseLanguage(visit, rest);
        case 'help':
          return helpCard(say, seal);
        case 'setup':
          return setUp(visit);
      }
    },
  };
}
