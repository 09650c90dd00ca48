import type { Activity } from 'botbuilder';
import { z } from 'zod';
import { isUnsafe } from '../../http/json.ts';
import { Refusal } from '../../http/refusal.ts';

/** Characters of one message; nobody types more, and everything that reads a message takes time for each. */
const maxText = 32_000;
const tag = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,4}$/;

const incoming = z.object({
  type: z.string().max(50),
  text: z.string().optional(),
  name: z.string().max(100).optional(),
  value: z
    .unknown()
    .refine((value) => !isUnsafe(value, 8), 'is nested deeper than 8 levels')
    .optional(),
  locale: z.string().optional(),
  localTimezone: z.string().max(64).optional(),
  replyToId: z.string().max(300).optional(),
  attachments: z.array(z.unknown()).nullish(),
  channelData: z
    .looseObject({ clientActivityID: z.string().min(1).max(200).optional(), postBack: z.boolean().optional() })
    .nullish(),
});

export interface Incoming {
  /** `ignored`: sound, but nothing that the bot needs to know (typing, reactions). */
  kind: 'message' | 'event' | 'ignored';
  /** Only what a client may say; who, where and when is the server's to add. */
  activity: Partial<Activity>;
  /** The client's own name for it, which comes back with the message and marks a resend. */
  clientActivityID: string | undefined;
  /** It came with files, which are never accepted. */
  files: boolean;
}

/** @throws Refusal 400, 403 or 413 */
export function readActivity(body: unknown): Incoming {
  const read = incoming.safeParse(body);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw new Refusal(
      400,
      'BadActivity',
      `activity.${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not an activity'}`,
    );
  }
  const { type, text, name, value, locale, localTimezone, replyToId, attachments, channelData } = read.data;
  if ((text?.length ?? 0) > maxText)
    throw new Refusal(413, 'TextTooLong', `A message may have ${maxText} characters at most.`);
  const kind =
    type === 'message' || type === 'event'
      ? type
      : type === 'typing' || type === 'messageReaction'
        ? 'ignored'
        : undefined;
  if (!kind) throw new Refusal(403, 'TypeRefused', 'Clients may send activities of the types message and event.');
  if (kind === 'event' && !name) throw new Refusal(400, 'BadActivity', 'activity.name: an event needs a name');
  const clientActivityID = channelData?.clientActivityID;
  const ours = {
    ...(clientActivityID ? { clientActivityID } : {}),
    ...(channelData?.postBack ? { postBack: true } : {}),
  };
  return {
    kind,
    clientActivityID,
    files: (attachments?.length ?? 0) > 0,
    activity: {
      type,
      ...(text === undefined ? {} : { text }),
      ...(name === undefined ? {} : { name }),
      ...(value === undefined ? {} : { value }),
      ...(locale !== undefined && tag.test(locale) ? { locale } : {}),
      ...(localTimezone === undefined ? {} : { localTimezone }),
      ...(replyToId === undefined ? {} : { replyToId }),
      ...(Object.keys(ours).length > 0 ? { channelData: ours } : {}),
    },
  };
}

/** Who may be named in the answer to `tokens/generate` and `conversations`: ids that cannot clash with other channels'. */
export const opening = z.object({
  user: z
    .looseObject({
      id: z
        .string()
        .regex(/^dl_[A-Za-z0-9_.-]{1,100}$/, 'must start with dl_')
        .optional(),
    })
    .nullish(),
  locale: z
    .string()
    .nullish()
    .transform((value) => (value && tag.test(value) ? value : undefined)),
  /** The `resume` of an earlier answer: a new token for the same conversation, also after the old one has expired. */
  resume: z.string().max(2000).optional(),
});
export type Opening = z.output<typeof opening>;

/** @throws Refusal 400 */
export function readOpening(body: unknown): Opening {
  const read = opening.safeParse(body ?? {});
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new Refusal(400, 'BadArgument', `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not as expected'}`);
}
