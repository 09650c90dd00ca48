/** A press on a card: what it does to its request, and the card that the presser sees afterwards. */
import type { DeskTurns } from '../../bot/desk-turns.ts';
import type { Store } from '../../store/port.ts';
import type { Person, Ticket } from '../../support/ticket.ts';
import type { Card } from './cards/parts.ts';
import { refusal } from './cards/say.ts';
import { type CommandName, commandNames } from './commands.ts';
import { handleOf } from './offered.ts';
import type { Places } from './place.ts';
import { commandOf, type Inputs } from './press.ts';
import { hasLeft, type Roster } from './roster.ts';
import type { Commands } from './run-command.ts';
import type { Press } from './seal.ts';
import { keepCard } from './thread.ts';
import type { Views } from './views.ts';
import { notice, type Visit } from './visit.ts';

export interface PressedOptions {
  store: Store;
  turns: DeskTurns;
  places: Places;
  roster: Roster;
  views: Views;
  commands: Commands;
  supportLanguage: string;
}

export function createPressed(options: PressedOptions): (visit: Visit, press: Press, inputs: Inputs) => Promise<Card> {
  const { store, turns, places, roster, views, commands, supportLanguage } = options;

  /** A card in the channel of which it was not known whether it had arrived tells by being looked at, or pressed, where it stands. */
  async function adopt({ card, request }: Ticket, { shared, revision }: Press, { activity }: Visit) {
    const { conversation, replyToId, serviceUrl } = activity;
    if (card || !shared || !replyToId || !conversation.id.includes(';messageid=')) return;
    const there = { serviceUrl, conversation: conversation.id, activity: replyToId };
    await keepCard(request.id, there, revision, { store, turns });
  }

  const colleague =
    ({ activity, team }: Visit) =>
    async (handle: string): Promise<Person | undefined> => {
      const members = await roster.members(activity.serviceUrl, team);
      const found = members.find((one) => handleOf(one) === handle);
      return (
        found && { id: found.id, name: found.name, language: (await places.language(found.id)) ?? supportLanguage }
      );
    };

  return async (visit, press, inputs) => {
    const { person, say, id } = visit;
    const { verb, ticket } = press;
    if (!ticket)
      return commandNames.includes(verb as CommandName)
        ? commands.run(visit, verb as CommandName, inputs.language ?? inputs.words)
        : notice(visit, 'forged');
    const before = await turns.read(ticket);
    if (!before) return notice(visit, 'noTicket');
    await adopt(before, press, visit);
    if (verb === 'open' || verb === 'refresh') return views.personal(before, visit);
    const [name, from] = verb.split(' ');
    if (name === 'history') return commands.history(visit, before, from ? Number(from) : undefined);
    const command = await commandOf(verb, inputs, colleague(visit), before);
    if ('why' in command) return views.personal(before, visit, refusal(say, command));
    const where = { serviceUrl: visit.activity.serviceUrl, team: visit.team };
    const ownerLeft = command.verb === 'takeOver' && (await hasLeft(before.owner?.id, where, roster));
    const acted = await turns.act(ticket, ownerLeft ? { ...command, ownerLeft } : command, person, id);
    if (!acted) return notice(visit, 'noTicket');
    return views.personal(acted.ticket, visit, acted.refused && refusal(say, acted.refused));
  };
}
