/** Marks what the bot has put on a card, so that a press with another ticket or verb is known as forged. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

const sealed = z.object({
  verb: z.string().max(400),
  ticket: z.string().max(40),
  /** What the card was made from. */
  revision: z.number(),
  shared: z.literal(true).optional(),
  seal: z.string().max(100),
});
export interface Press {
  verb: string;
  /** Empty for lists and help. */
  ticket: string;
  revision: number;
  /** On the request's own card in the channel, which everybody sees; absent on lists and on what one presser is shown. */
  shared?: true | undefined;
}
export interface Seal {
  put(press: Press): Press & { seal: string };
  /** @returns undefined when it is not what was put there */
  open(data: unknown): Press | undefined;
}

/** @param tokenSecret the server's secret, from which a key for cards alone is derived */
export function createSeal(tokenSecret: string): Seal {
  const key = createHmac('sha256', tokenSecret).update('teams-card').digest();
  const mark = ({ verb, ticket, revision, shared }: Press) =>
    createHmac('sha256', key)
      .update(JSON.stringify([verb, ticket, revision, shared === true]))
      .digest('base64url');
  return {
    put: (press) => ({ ...press, seal: mark(press) }),
    open(data) {
      const read = sealed.safeParse(data);
      if (!read.success) return undefined;
      const { seal, ...press } = read.data;
      const [given, right] = [Buffer.from(seal), Buffer.from(mark(press))];
      return given.length === right.length && timingSafeEqual(given, right) ? press : undefined;
    },
  };
}
