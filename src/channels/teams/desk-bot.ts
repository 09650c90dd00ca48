/** The support team's side in Teams: lets in who may act, and answers a press or a message with a card. */
import type { Activity, TurnContext } from 'botbuilder';
import type { DeskTurns } from '../../bot/desk-turns.ts';
import type { Desk } from '../../bot/support-bot.ts';
import type { Texts } from '../../language/texts.ts';
import { errorFacts, type Log } from '../../ops/log.ts';
import type { Store } from '../../store/port.ts';
import { createAccess, type Denied } from './access.ts';
import { attachment, type Card } from './cards/parts.ts';
import { messageCard } from './cards/post-card.ts';
import { refusal } from './cards/say.ts';
import { isPersonal, isToBot, teamsData } from './incoming.ts';
import type { Places } from './place.ts';
import { readInputs } from './press.ts';
import { createPressed } from './pressed.ts';
import type { Roster } from './roster.ts';
import { createCommands } from './run-command.ts';
import type { Seal } from './seal.ts';
import { createSetUp } from './set-up.ts';
import { keepShown, requestsOn } from './shown.ts';
import { ticketOf } from './thread.ts';
import type { Views } from './views.ts';
import { notice, type Visit } from './visit.ts';
import { createWritten } from './written.ts';

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

/** What people do with words. */
const writing: ReadonlySet<string> = new Set(['message', 'messageUpdate', 'messageDelete']);

export function createDeskBot(options: DeskBotOptions): Desk {
  const { store, turns, places, views, seal, log, config, supportLanguage } = options;
  const access = createAccess(options);
  const commands = createCommands({ ...options, setUp: createSetUp(options) });
  const pressed = createPressed({ ...options, commands });
  const written = createWritten({ ...options, commands });
  const inTheTeamsLanguage = (why: string): Card => {
    const say = views.say(supportLanguage);
    return messageCard(refusal(say, { why }), say);
  };

  async function installed(activity: Activity): Promise<void> {
    const { team } = teamsData(activity);
    const isAdded =
      (activity.type === 'installationUpdate' && activity.action !== 'remove') ||
      activity.membersAdded?.some(({ id }) => id === activity.recipient?.id);
    if (isAdded && team?.id && team.id === config.supportTeamId) await places.installed(activity.from.id);
  }

  async function admitted(activity: Activity): Promise<Visit | Denied> {
    const entered = await access(activity);
    if ('denied' in entered) return entered;
    await places.moved(activity.serviceUrl);
    return { ...entered, activity, say: views.say(entered.person.language), id: activity.id ?? '' };
  }

  const isToDesk = (activity: Activity, data: unknown) =>
    data !== undefined || isPersonal(activity) || isToBot(activity);

  /** Who talks to others is not disturbed; but words that an owner meant for the customer do not vanish unsaid. */
  async function isOwed(activity: Activity, data: unknown): Promise<boolean> {
    if (isToDesk(activity, data)) return true;
    const ticket = await ticketOf(store, activity.conversation.id);
    return ticket !== undefined && (await turns.read(ticket))?.owner?.id === activity.from.id;
  }

  /**
   * @param data of a card's button; undefined: something was written
   * @returns the card to show, or what stands in its way in words; undefined when there is nothing to say to it
   */
  async function answer(activity: Activity, data: unknown): Promise<Card | undefined> {
    // The bot hears every word in the channels of its team: what is said outside the threads of requests is not looked at.
    if (!isToDesk(activity, data) && !(await ticketOf(store, activity.conversation.id))) return undefined;
    const visit = await admitted(activity);
    if ('denied' in visit) {
      if (!(await isOwed(activity, data))) return undefined;
      const isVisitor = visit.denied === 'notMember' && isPersonal(activity) && data === undefined;
      return inTheTeamsLanguage(isVisitor ? 'notHere' : visit.denied);
    }
    if (data === undefined) return activity.type === 'message' ? written.said(visit) : written.changed(visit);
    const { desk, ...rest } = (data ?? {}) as { desk?: unknown };
    const [press, inputs] = [seal.open(desk), readInputs(rest)];
    if (!press || !inputs) {
      log('warn', 'a forged card was refused at the desk');
      return notice(visit, 'forged');
    }
    return pressed(visit, press, inputs);
  }

  /** What is shown of requests can be emptied one day. @param known a request for which the message is noted */
  async function note({ serviceUrl, conversation }: Activity, message: string | undefined, card?: Card, known = '') {
    if (!message || !card) return;
    const post = { serviceUrl, conversation: conversation.id, activity: message };
    const tickets = requestsOn(card).filter((ticket) => ticket !== known);
    await keepShown(post, tickets, store).catch((error: unknown) =>
      log('warn', 'what the desk has shown could not be noted', errorFacts(error)),
    );
  }

  return {
    takes: ({ channelId }) => channelId === 'msteams',
    async run(context: TurnContext) {
      const { activity } = context;
      const isPress = activity.type === 'invoke' && activity.name === 'adaptiveCard/action';
      if (activity.type === 'installationUpdate' || activity.type === 'conversationUpdate') return installed(activity);
      if (!isPress && !writing.has(activity.type)) return;
      const data: unknown = isPress
        ? ((activity.value as { action?: { data?: unknown } } | undefined)?.action?.data ?? {})
        : (activity.value ?? undefined);
      const shown = await answer(activity, data).catch(async (error: unknown) => {
        log('error', 'the desk failed', errorFacts(error));
        // Where it cannot be known whose request it is, the desk's own channel is told.
        const isDesk = () => teamsData(activity).channel?.id === places.known()?.channel;
        return (await isOwed(activity, data).catch(isDesk)) ? inTheTeamsLanguage('failed') : undefined;
      });
      if (isPress) {
        const value = { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: shown };
        await context.sendActivity({ type: 'invokeResponse', value: { status: 200, body: value } });
        // It stands in the message with the button, which is noted for the button's own request already.
        const { desk } = (data ?? {}) as { desk?: { ticket?: string } };
        await note(activity, activity.replyToId, shown, desk?.ticket);
      } else if (shown) {
        const said = context.sendActivity({ type: 'message', attachments: [attachment(shown)] });
        // What was asked for is done. An answer that may have arrived is not sent again: whoever misses it asks again.
        const sent = await said.catch((error: unknown) =>
          log('warn', 'an answer at the desk could not be sent', errorFacts(error)),
        );
        await note(activity, sent?.id, shown);
      }
    },
  };
}
