import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import type { Config } from '../../config.ts';
import { createLimiter } from '../../http/rate-limit.ts';
import { bearer, Refusal, sendJson, tooMany } from '../../http/refusal.ts';
import type { Route, RouteModule } from '../../http/route.ts';
import { errorFacts, type Log } from '../../ops/log.ts';
import { readOpening } from './incoming.ts';
import { checkOrigin, corsHeaders, type OriginConfig, preflight } from './origins.ts';

export interface AzureOptions {
  config: OriginConfig & Pick<Config, 'directLineSecret' | 'rateConversations'>;
  log: Log;
  /** Milliseconds since 1970. */
  now: () => number;
  /** Another Direct Line 3.0 than Azure's. */
  domain?: string;
  fetch?: typeof globalThis.fetch;
  random?: (bytes: number) => Uint8Array;
}

/** Where the page's Direct Line client has to go with the token. */
export const azureDomain = 'https://directline.botframework.com/v3/directline';

const bodyLimit = 16 * 1024;
const answered = z.object({ conversationId: z.string(), token: z.string(), expires_in: z.number() });

/** With the channel in Azure this server only trades the secret, which no page may see, for tokens of one conversation. */
export function azureDirectLineRoutes({
  config,
  log,
  now,
  domain = azureDomain,
  fetch = globalThis.fetch,
  random = randomBytes,
}: AzureOptions): RouteModule {
  /** Each token opens a conversation in Azure, on our account. */
  const opened = createLimiter({ limit: config.rateConversations, now });

  async function ask(path: string, authorization: string, body: unknown) {
    const response = await fetch(`${domain}/${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${authorization}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(10_000),
    }).catch((error: unknown) => {
      log('warn', 'Direct Line in Azure did not answer', errorFacts(error));
      throw unreachable;
    });
    if (response.status === 429)
      throw new Refusal(429, 'TooManyRequests', 'Azure is busy: wait.', {
        'retry-after': response.headers.get('retry-after') ?? '10',
      });
    if (response.status === 403 && path === 'tokens/refresh')
      throw new Refusal(403, 'TokenExpired', 'The token has expired: get a new one.');
    const read = answered.safeParse(await response.json().catch(() => undefined));
    if (!response.ok || !read.success) {
      log('error', 'Direct Line in Azure refused', { status: response.status });
      throw unreachable;
    }
    return { ...read.data, domain };
  }

  const route = (
    path: string,
    answer: (request: IncomingMessage, body: unknown, address: string) => Promise<unknown>,
  ): Route => ({
    method: 'POST',
    path: `/v3/directline/${path}`,
    async handle(request, response, call) {
      const origin = checkOrigin(request, config);
      if (config.production && origin === undefined)
        throw new Refusal(403, 'OriginRefused', 'Ask from an allowed website.');
      sendJson(response, 200, await answer(request, await call.json(bodyLimit), call.address));
    },
  });

  return {
    headers: (request) => corsHeaders(request, config),
    routes: [
      preflight(config),
      route('tokens/generate', async (request, body, address) => {
        readOpening(body);
        const wait = opened(address);
        if (wait > 0) throw tooMany(wait);
        const { origin } = request.headers;
        const user = { id: `dl_${Buffer.from(random(16)).toString('base64url')}` };
        return ask('tokens/generate', config.directLineSecret ?? '', {
          user,
          ...(origin ? { trustedOrigins: [origin] } : {}),
        });
      }),
      route('tokens/refresh', (request) => {
        const token = bearer(request);
        if (token === undefined) throw new Refusal(401, 'TokenMissing', 'Send a token: Authorization: Bearer …');
        return ask('tokens/refresh', token, {});
      }),
    ],
  };
}

const unreachable = new Refusal(
  502,
  'ChannelUnreachable',
  'The chat cannot be reached at the moment. Please try again.',
);
