import type { Activity } from 'botbuilder';
import { z } from 'zod';
import { Refusal } from '../http/refusal.ts';

const text = (most: number) => z.string().max(most).nullish();
const account = z.looseObject({ id: z.string().min(1).max(500), name: text(500) });

/** What must hold before the SDK sees an activity: it reads these without looking. The rest is taken as it comes. */
const shape = z.looseObject({
  type: z.string().min(1).max(64),
  id: text(500),
  channelId: z.string().min(1).max(64),
  serviceUrl: z.url({ protocol: /^https?$/ }).max(500),
  conversation: z.looseObject({ id: z.string().min(1).max(500) }),
  from: account,
  recipient: account.nullish(),
  text: text(32_000),
  name: text(200),
  locale: text(64),
  localTimezone: text(64),
  deliveryMode: text(64),
  replyToId: text(500),
  membersAdded: z.array(account).max(1000).nullish(),
  membersRemoved: z.array(account).max(1000).nullish(),
  attachments: z.array(z.looseObject({})).max(100).nullish(),
  entities: z
    .array(z.looseObject({ type: z.string() }))
    .max(100)
    .nullish(),
});

/** An activity as channels send it: the fields that every one has. */
export type Inbound = Activity & { deliveryMode?: string };

/**
 * @param signed whether a token is to be shown: then a missing channel or service address is a matter of access (401)
 * @throws Refusal 400 or 401
 */
export function readInbound(body: unknown, { signed, now }: { signed: boolean; now: number }): Inbound {
  const read = shape.safeParse(body);
  if (!read.success) {
    const [issue] = read.error.issues;
    const field = issue?.path.join('.') ?? '';
    if (signed && (field === 'serviceUrl' || field === 'channelId')) throw unauthorized;
    throw new Refusal(400, 'BadActivity', `activity.${field}: ${issue?.message ?? 'not an activity'}`);
  }
  const activity = body as Inbound;
  activity.timestamp = new Date(now);
  return activity;
}

/** Says nothing about why: whoever asks without a right learns only that. */
export const unauthorized = new Refusal(401, 'Unauthorized', 'Not authorized.', { 'www-authenticate': 'Bearer' });
