/**
 * The Bot Framework's hand-off events, as its SDK writes them (`EventFactory`): `handoff.initiate` asks the agent hub behind a
 * channel to take a conversation over, `handoff.status` says how that goes (docs/adr/0005-agent-hub.md).
 */
import type { Activity, ConversationReference } from 'botbuilder';
import type { HandoffStatus, Request } from '../conversation/state.ts';
import type { Line } from '../store/port.ts';

export const handoffInitiateName = 'handoff.initiate';
export const handoffStatusName = 'handoff.status';
const statuses: readonly HandoffStatus[] = ['accepted', 'completed', 'failed'];

/** Channels limit what an activity may hold; of a longer talk the end goes along. */
const mostCharacters = 100_000;

/** What a stored line keeps of an activity, and a hub may show. */
interface Said {
  type?: string;
  text?: string;
  textFormat?: string;
  locale?: string;
  timestamp?: string;
  from?: { id?: string; name?: string; role?: string };
}

/** @param value of an event `handoff.status`; undefined for one that says nothing we know */
export function readStatus(value: unknown): HandoffStatus | undefined {
  const state = (value as { state?: unknown } | undefined)?.state;
  return statuses.find((one) => one === state);
}

export const statusEvent = (state: HandoffStatus): Partial<Activity> => ({
  type: 'event',
  name: handoffStatusName,
  value: { state },
});

/**
 * Its value is the request as names and values, so that a hub can route by it: language, country, topic, the step reached, what
 * the customer told, and the ledger.
 * @param lines the talk, without what the customer has left out
 */
export function initiation(
  { id: ticket, ...context }: Request,
  lines: readonly Line[],
  reference: Partial<ConversationReference>,
): Partial<Activity> {
  const { conversation, channelId, serviceUrl } = reference;
  return {
    type: 'event',
    name: handoffInitiateName,
    value: { ticket, ...context },
    relatesTo: reference as ConversationReference,
    ...(conversation ? { conversation } : {}),
    ...(channelId ? { channelId } : {}),
    ...(serviceUrl ? { serviceUrl } : {}),
    attachments: [{ contentType: 'application/json', name: 'Transcript', content: { activities: talkOf(lines) } }],
  };
}

function talkOf(lines: readonly Line[]): object[] {
  let left = mostCharacters;
  const said: object[] = [];
  for (const { value } of lines.toReversed()) {
    const { type, text, textFormat, locale, timestamp, from } = value as Said;
    if (type !== 'message' || !text) continue;
    const { id = '', name = '', role = 'user' } = from ?? {};
    const activity = { type, text, textFormat, locale, timestamp, from: { id, name, role } };
    left -= JSON.stringify(activity).length;
    if (left < 0) break;
    said.unshift(activity);
  }
  return said;
}
