/** What the support team does in Teams: presses on cards, answers in a thread, commands. */
import type { Activity, TurnContext } from 'botbuilder';
import type { DeskTurns } from '../../bot/desk-turns.ts';
import { storeId } from '../../bot/store-id.ts';
import type { Desk } from '../../bot/support-bot.ts';
import type { Texts } from '../../language/texts.ts';
import { errorFacts, type Log } from '../../ops/log.ts';
import type { Store } from '../../store/port.ts';
import { cardRow } from '../../support/desk-rows.ts';
import type { Person, Ticket } from '../../support/ticket.ts';
import { type Admitted, createAccess, type Denied, teamsData } from './access.ts';
import { helpCard, historyCard, listCard, messageCard } from './cards/list-cards.ts';
import { attachment, type Card } from './cards/parts.ts';
import { refusal, type Say } from './cards/say.ts';
import { type CommandName, commandNames, readCommand, readNote, ticketIn, withoutMentions } from './commands.ts';
import type { Places } from './place.ts';
import { commandOf, type Inputs, readInputs } from './press.ts';
import type { Roster } from './roster.ts';
import type { Press, Seal } from './seal.ts';
import { findTickets } from './search.ts';
import type { Views } from './views.ts';

export interface DeskBotOptions {
  store: Store;
  turns: DeskTurns;
  places: Places;
  roster: Roster;
  views: Views;
  seal: Seal;
  texts: Texts;
  log: Log;
  config: { appId: string; appTenantId: string; supportTeamId: string | undefined };
  supportLanguage: string;
  now(): number;
}

const wholeTalk = 1000;

export function createDeskBot(options: DeskBotOptions): Desk {
  const { store, turns, places, roster, views, seal, texts, log, config, supportLanguage, now } = options;
  const access = createAccess({ roster, places, log, config, supportLanguage });

  interface Visit extends Admitted {
    activity: Activity;
    say: Say;
    /** Of this press or message: Teams delivers again under the same id. */
    id: string;
  }
  const where = ({ activity, team }: Visit) => ({ serviceUrl: activity.serviceUrl, team });
  const notice = (visit: Visit, why: string, by?: string): Card =>
    messageCard(refusal(visit.say, { why, ...(by ? { by } : {}) }), visit.say);

  const personal = (visit: Visit, ticket: Ticket, words?: string) =>
    views.personal(ticket, visit.person.id, visit.person.language, where(visit), words);

  async function pressed(visit: Visit, press: Press, inputs: Inputs): Promise<Card> {
    const { person, say, activity, team, id } = visit;
    const { verb, ticket } = press;
    if (!ticket)
      return commandNames.includes(verb as CommandName)
        ? command(visit, verb as CommandName, inputs.language ?? inputs.words)
        : notice(visit, 'forged');
    const before = await turns.read(ticket);
    if (!before) return notice(visit, 'noTicket');
    await adopt(before, activity);
    if (verb === 'open' || verb === 'refresh') return personal(visit, before);
    if (verb === 'history') return history(visit, before);
    const find = async (user: string): Promise<Person | undefined> => {
      const member = await roster.member(activity.serviceUrl, team, user);
      return member && { id: member.id, name: member.name, language: (await places.language(user)) ?? supportLanguage };
    };
    const command_ = await commandOf(verb, inputs, find);
    if (!command_) return personal(visit, before, refusal(say, { why: 'unknown' }));
    const acted = await turns.act(ticket, command_, person, id);
    if (!acted) return notice(visit, 'noTicket');
    return personal(visit, acted.ticket, acted.refused && refusal(say, acted.refused));
  }

  /** A card of which it was not known whether it had arrived tells by a press where it stands. */
  async function adopt({ card, request }: Ticket, { conversation, replyToId, serviceUrl }: Activity): Promise<void> {
    if (card || !replyToId || !conversation.id.includes(';messageid=')) return;
    const key = `thread/${storeId(conversation.id)}` as const;
    const [doc] = await store.read([key]);
    await turns.change(request.id, (ticket) =>
      ticket.card
        ? undefined
        : {
            ticket: { ...ticket, card: { serviceUrl, conversation: conversation.id, activity: replyToId } },
            docs: [{ key, version: doc?.version ?? 0, value: { ticket: request.id } }],
          },
    );
  }

  async function history({ say }: Visit, ticket: Ticket): Promise<Card> {
    return historyCard(ticket, await store.lines(ticket.conversation, 0, wholeTalk), say, seal);
  }

  async function command(visit: Visit, name: CommandName, rest: string): Promise<Card> {
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
        const id = ticketIn(rest) ?? (await ticketOf(activity));
        const ticket = id && (await turns.read(id));
        return ticket ? history(visit, ticket) : notice(visit, 'noTicket');
      }
      case 'language':
        return chooseLanguage(visit, rest);
      case 'help':
        return helpCard(say, seal);
      case 'setup':
        return setUp(visit);
    }
  }

  async function chooseLanguage(visit: Visit, rest: string): Promise<Card> {
    const wanted = languageNamed(rest, texts);
    if (!wanted) return helpCard(visit.say, seal);
    await places.setLanguage(visit.person.id, wanted);
    const say = views.say(wanted);
    return messageCard(say('setup.language', { language: say.languageName(wanted) }), say);
  }

  /** Requests come to the channel in which this was said; those that wait already come there now. */
  async function setUp(visit: Visit): Promise<Card> {
    const { activity, team, person, member, say } = visit;
    const { channel, team: here, tenant } = teamsData(activity);
    if (!channel?.id || here?.id !== team) return notice(visit, 'noTeam');
    const isOwner = member.role === 'owner' || (await places.installer()) === person.id || config.appId === '';
    if (!isOwner) return notice(visit, 'notOwner');
    const { serviceUrl, recipient } = activity;
    const before = await places.read();
    const same = before?.channel === channel.id && before.team === team;
    await places.write({
      ...{ serviceUrl, team, channel: channel.id, setBy: person.name, at: now() },
      bot: { id: recipient.id, name: recipient.name },
      ...(tenant?.id ? { tenant: tenant.id } : {}),
    });
    for (const { request } of await findTickets(
      store,
      (one) => one.status !== 'closed' && (!one.card || !same),
      1000,
    )) {
      await turns.change(request.id, ({ card, ...ticket }) =>
        card && same ? undefined : { ticket, rows: [cardRow(request.id, now(), now())] },
      );
    }
    return messageCard(say(same && !before?.stopped ? 'setup.again' : 'setup.done'), say);
  }

  /** The ticket in whose thread something was written. */
  async function ticketOf({ conversation }: Activity): Promise<string | undefined> {
    const [doc] = await store.read([`thread/${storeId(conversation.id)}`]);
    return (doc?.value as { ticket?: string } | undefined)?.ticket;
  }

  /** In a ticket's thread the owner's words are answers; what is said to a colleague, or by one, is the team's own talk. */
  async function written(visit: Visit): Promise<Card | undefined> {
    const { activity, person, say, id } = visit;
    const words = withoutMentions(activity.text ?? '');
    const toBot = mentions(activity).some((mentioned) => mentioned === activity.recipient.id);
    const isPersonal = activity.conversation.conversationType === 'personal';
    const ticket = isPersonal ? undefined : await ticketOf(activity);
    const known = readCommand(words, person.language, texts);
    if (known && (!ticket || toBot)) return command(visit, known.name, known.rest);
    if (!ticket) {
      const asked = ticketIn(words);
      const found = asked && (await turns.read(asked));
      if (found) return personal(visit, found);
      return toBot || isPersonal ? helpCard(say, seal) : undefined;
    }
    const note = readNote(words, texts);
    const toOthers = mentions(activity).some((mentioned) => mentioned !== activity.recipient.id);
    const owner = (await turns.read(ticket))?.owner?.id;
    if (note === undefined && !toBot && (toOthers || owner !== person.id)) return undefined;
    const acted = await turns.act(
      ticket,
      note === undefined ? { verb: 'answer', text: words } : { verb: 'note', text: note },
      person,
      id,
    );
    return acted?.refused && messageCard(refusal(say, acted.refused), say);
  }

  async function installed(activity: Activity): Promise<void> {
    const { team } = teamsData(activity);
    const isAdded =
      (activity.type === 'installationUpdate' && activity.action !== 'remove') ||
      activity.membersAdded?.some(({ id }) => id === activity.recipient.id);
    if (isAdded && team?.id && team.id === config.supportTeamId) await places.installed(activity.from.id);
  }

  async function admitted(activity: Activity): Promise<Visit | Denied> {
    const entered = await access(activity);
    if ('denied' in entered) return entered;
    await places.moved(activity.serviceUrl);
    return { ...entered, activity, say: views.say(entered.person.language), id: activity.id ?? '' };
  }

  /** @returns the card to show, or what stands in its way in words */
  async function answer(activity: Activity, data: unknown): Promise<Card | undefined> {
    const visit = await admitted(activity);
    const fallback = views.say(supportLanguage);
    if ('denied' in visit) {
      const isPersonal = activity.conversation.conversationType === 'personal';
      const why = visit.denied === 'notMember' && isPersonal && data === undefined ? 'notHere' : visit.denied;
      return messageCard(refusal(fallback, { why }), fallback);
    }
    if (data === undefined) return written(visit);
    const { desk, ...rest } = (data ?? {}) as { desk?: unknown };
    const [press, inputs] = [seal.open(desk), readInputs(rest)];
    if (!press || !inputs) {
      log('warn', 'a forged card was refused at the desk');
      return notice(visit, 'forged');
    }
    return pressed(visit, press, inputs);
  }

  return {
    takes: ({ channelId }) => channelId === 'msteams',
    async run(context: TurnContext) {
      const { activity } = context;
      const isPress = activity.type === 'invoke' && activity.name === 'adaptiveCard/action';
      if (activity.type === 'installationUpdate' || activity.type === 'conversationUpdate') return installed(activity);
      if (!isPress && activity.type !== 'message') return;
      const data: unknown = isPress
        ? ((activity.value as { action?: { data?: unknown } } | undefined)?.action?.data ?? {})
        : (activity.value ?? undefined);
      const shown = await answer(activity, data).catch((error: unknown) => {
        log('error', 'the desk failed', errorFacts(error));
        const say = views.say(supportLanguage);
        return messageCard(refusal(say, { why: 'failed' }), say);
      });
      if (isPress) {
        const value = { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: shown };
        await context.sendActivity({ type: 'invokeResponse', value: { status: 200, body: value } });
      } else if (shown) await context.sendActivity({ type: 'message', attachments: [attachment(shown)] });
    },
  };
}

function mentions({ entities = [] }: Activity): string[] {
  return entities.flatMap((entity) => {
    const { type, mentioned } = entity as { type: string; mentioned?: { id?: string } };
    return type === 'mention' && mentioned?.id ? [mentioned.id] : [];
  });
}

function languageNamed(words: string, texts: Texts): string | undefined {
  const said = words.trim().toLowerCase();
  return texts.languages.find(
    (tag) =>
      tag === said ||
      texts.accept(tag, 'bot:language.accept').includes(said) ||
      texts.label(tag, 'bot:language.name').toLowerCase() === said,
  );
}
