/** From an activity to what the core knows: somebody joined, wrote, or tried to send a file. */
import type { Activity } from 'botbuilder';
import type { Event } from '../conversation/state.ts';
import { maskSecrets } from '../language/values/mask.ts';
import { createBounded } from './bounded.ts';
import { handoffStatusName, readStatus } from './handoff-events.ts';

export interface Incoming {
  /** Absent when the bot has nothing to say to it. */
  event?: Event;
  /** What goes into the transcript: secrets are masked before anything is stored. */
  line?: Partial<Activity>;
}

export function toEvent(activity: Partial<Activity>): Incoming {
  const timeZone = validTimeZone(activity.localTimezone);
  if (activity.type === 'message') {
    const masked = maskSecrets(textOf(activity));
    const event: Event = {
      type: 'message',
      text: masked.text,
      secrets: masked.found,
      ...(timeZone ? { timeZone } : {}),
    };
    return { event, line: lineOf(activity, masked.text) };
  }
  if (activity.type === 'event' && activity.name === 'support/uploadRefused') return { event: { type: 'upload' } };
  if (activity.type === 'event' && activity.name === 'support/seen') {
    const line = /\|(\d{1,15})$/.exec(String((activity.value as { id?: unknown } | undefined)?.id))?.[1];
    return line ? { event: { type: 'seen', upTo: Number(line) } } : {};
  }
  if (activity.type === 'event' && activity.name === handoffStatusName) {
    const status = readStatus(activity.value);
    return status ? { event: { type: 'hub', status } } : {};
  }
  const language = primaryTag((activity.value as { language?: unknown } | undefined)?.language ?? activity.locale);
  if (activity.type === 'event' && activity.name === 'support/language') {
    return language ? { event: { type: 'language', language } } : {};
  }
  const joined =
    (activity.type === 'event' && activity.name === 'webchat/join') ||
    (activity.type === 'conversationUpdate' && addsSomebodyElse(activity)) ||
    activity.type === 'installationUpdate';
  if (!joined) return {};
  return { event: { type: 'join', ...(language ? { language } : {}), ...(timeZone ? { timeZone } : {}) } };
}

/**
 * What the transcript keeps of a customer's message. Secrets are looked for in its words alone, nobody but the bot may be taken
 * for the bot or an agent, and the words are no Markdown: whatever else a client has put into the activity stays out.
 */
function lineOf({ from, timestamp, locale, replyToId, channelData }: Partial<Activity>, text: string) {
  const { clientActivityID, postBack } = (channelData ?? {}) as { clientActivityID?: unknown; postBack?: unknown };
  const mark = {
    ...(typeof clientActivityID === 'string' ? { clientActivityID } : {}),
    ...(postBack === true ? { postBack } : {}),
  };
  return {
    type: 'message',
    text,
    textFormat: 'plain',
    from: { id: from?.id ?? '', name: from?.name ?? '', role: 'user' },
    ...(timestamp ? { timestamp } : {}),
    ...(locale ? { locale } : {}),
    ...(replyToId ? { replyToId } : {}),
    ...(Object.keys(mark).length > 0 ? { channelData: mark } : {}),
  };
}

/** A button of a card sends its answer as the value, without text. */
function textOf(activity: Partial<Activity>): string {
  if (typeof activity.text === 'string') return activity.text;
  const value: unknown = activity.value;
  if (typeof value === 'string') return value;
  const text = (value as { text?: unknown } | undefined)?.text;
  return typeof text === 'string' ? text : '';
}

const addsSomebodyElse = ({ membersAdded = [], recipient }: Partial<Activity>) =>
  membersAdded.some((member) => member.id !== recipient?.id);

/** `et-EE` -> `et`. */
export function primaryTag(tag: unknown): string | undefined {
  return typeof tag === 'string' ? /^[a-z]{2,3}(?=$|[-_])/i.exec(tag)?.[0].toLowerCase() : undefined;
}

/** Names that were tried, the sound ones under their own name: asking Intl takes longer than the rest of a turn. */
const timeZones = createBounded<string>(500);

function validTimeZone(name: unknown): string | undefined {
  if (typeof name !== 'string' || name === '' || name.length > 64) return undefined;
  let zone = timeZones.get(name);
  if (zone === undefined) {
    zone = canonicalTimeZone(name) ?? '';
    timeZones.set(name, zone);
  }
  return zone || undefined;
}

function canonicalTimeZone(name: string): string | undefined {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}
