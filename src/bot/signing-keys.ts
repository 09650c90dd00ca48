/** The keys with which the Bot Framework's channels sign their tokens, as their service publishes them (OpenID Discovery). */
import { importJWK } from 'jose';
import { z } from 'zod';
import { Refusal } from '../http/refusal.ts';

export interface SigningKey {
  key: Awaited<ReturnType<typeof importJWK>>;
  /** Channels that may be spoken for with it; none: any (as the SDK has it). */
  endorsements: readonly string[];
}

/** The service cannot be reached, or gave nothing that can be used: the token may be a good one. */
export const keysMissing = new Refusal(503, 'TryAgain', 'Tokens cannot be verified at the moment.', {
  'retry-after': '10',
});

// Milliseconds. A day is what Microsoft asks for; the others keep strangers from making us ask.
const known = 24 * 3600_000;
const unknown = 10 * 60_000;
const afterFailure = 5000;

const discovery = z.looseObject({ jwks_uri: z.url() });
const keySet = z.looseObject({ keys: z.array(z.looseObject({})) });
const rsaKey = z.looseObject({
  kty: z.literal('RSA'),
  kid: z.string(),
  n: z.string(),
  e: z.string(),
  endorsements: z.array(z.string()).default([]),
});

async function readKey(given: unknown): Promise<[string, SigningKey][]> {
  const read = rsaKey.safeParse(given);
  if (!read.success) return [];
  const { kty, kid, n, e, endorsements } = read.data;
  return [[kid, { key: await importJWK({ kty, n, e }, 'RS256'), endorsements }]];
}

/**
 * Reads them when they are first wanted, once a day, and when a token names one that is not there (every ten minutes at
 * most). While that fails it is tried every five seconds, by one for all who wait.
 * @param metadataUrl of the discovery document
 * @param patience milliseconds for the whole reading
 * @returns looks a key up; undefined: there is none of that name; throws `keysMissing`
 */
export function createSigningKeys({
  metadataUrl,
  now,
  patience,
}: {
  metadataUrl: string;
  now: () => number;
  patience: number;
}): (kid: string) => Promise<SigningKey | undefined> {
  let keys: ReadonlyMap<string, SigningKey> = new Map();
  let readAt = Number.NEGATIVE_INFINITY;
  let failedAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | undefined;

  async function read(): Promise<void> {
    if (now() - failedAt < afterFailure) throw keysMissing;
    const signal = AbortSignal.timeout(patience);
    const get = async (url: string): Promise<unknown> => {
      const response = await fetch(url, { signal });
      if (!response.ok) throw new Error(`the sign-in service answered ${response.status}`);
      return response.json();
    };
    try {
      const { jwks_uri } = discovery.parse(await get(metadataUrl));
      const { keys: given } = keySet.parse(await get(jwks_uri));
      keys = new Map((await Promise.all(given.map(readKey))).flat());
      readAt = now();
    } catch {
      failedAt = now();
      throw keysMissing;
    }
  }

  return async (kid) => {
    const key = keys.get(kid);
    if (now() - readAt < (key ? known : unknown)) return key;
    reading ??= read().finally(() => {
      reading = undefined;
    });
    await reading;
    return keys.get(kid);
  };
}
