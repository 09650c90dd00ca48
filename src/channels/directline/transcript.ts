import type { Activity } from 'botbuilder';
import type { Line, Store } from '../../store/port.ts';

/** What polling and sockets send (Direct Line 3.0, ActivitySet). The watermark is the number of the last line. */
export interface ActivitySet {
  activities: Record<string, unknown>[];
  watermark: string;
}

const perSet = 100;
/** Instances with clocks apart, and messages that overtook each other, disorder neighbours only. */
const lookBack = 10;

/** `conversation|0000012`: sorts like the transcript, and names its line. */
export const activityId = (conversation: string, seq: number): string =>
  `${conversation}|${String(seq).padStart(7, '0')}`;

/** The line that an id of `activityId` names; undefined for any other text. */
export function lineOf(conversation: string, id: unknown): number | undefined {
  if (typeof id !== 'string' || !id.startsWith(`${conversation}|`)) return undefined;
  const digits = id.slice(conversation.length + 1);
  return /^\d{7,15}$/.test(digits) && Number(digits) > 0 ? Number(digits) : undefined;
}

/**
 * Lines after `after` as activities, at most 100; ask again from the new watermark until none comes.
 * @param gone called when there was something before `after`, and nothing is left of the transcript
 */
export async function readSet(
  store: Pick<Store, 'lines'>,
  conversation: string,
  after: number,
  gone: () => void = () => undefined,
): Promise<ActivitySet> {
  const from = Math.max(0, after - lookBack);
  const lines = await store.lines(conversation, from, perSet + after - from);
  if (after > 0 && lines.length === 0 && (await store.lines(conversation, 0, 1)).length === 0) gone();
  let latest = 0;
  const activities: Record<string, unknown>[] = [];
  for (const line of lines) {
    const value = line.value as Partial<Activity> & Record<string, unknown>;
    // Web Chat sorts by time: a message must never be older than one before it.
    latest = Math.max(latest, Date.parse(String(value.timestamp)) || 0);
    if (line.seq > after) activities.push(toActivity(conversation, line, value, latest));
  }
  return { activities, watermark: String(Math.max(after, lines.at(-1)?.seq ?? 0)) };
}

function toActivity(
  conversation: string,
  line: Line,
  value: Record<string, unknown>,
  time: number,
): Record<string, unknown> {
  const { replyToId, serviceUrl: _, recipient: __, ...shown } = value;
  // Web Chat holds a message back for seconds when it answers one that it cannot find.
  const answered = lineOf(conversation, replyToId);
  return {
    from: { id: 'bot', role: 'bot' },
    ...shown,
    ...(answered !== undefined && answered < line.seq ? { replyToId } : {}),
    id: activityId(conversation, line.seq),
    channelId: 'directline',
    conversation: { id: conversation },
    timestamp: new Date(time).toISOString(),
  };
}

/** A watermark that a client sends; what is not one means from the start. */
export const readWatermark = (text: string | null): number => (/^\d{1,15}$/.test(text ?? '') ? Number(text) : 0);
