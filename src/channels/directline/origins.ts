import type { IncomingMessage } from 'node:http';
import { isLoopbackHost } from '../../config/values.ts';
import type { Config } from '../../config.ts';
import { Refusal } from '../../http/refusal.ts';
import type { Route } from '../../http/route.ts';

export type OriginConfig = Pick<Config, 'production' | 'publicUrl' | 'allowedOrigins'>;

/** Whether a page of this origin may use the chat: our own, listed ones, and outside production any page of this machine. */
export function mayUse(origin: string, host: string | undefined, config: OriginConfig): boolean {
  if (config.allowedOrigins.includes(origin)) return true;
  if (config.publicUrl !== undefined && new URL(config.publicUrl).origin === origin) return true;
  if (config.production || !URL.canParse(origin)) return false;
  const url = new URL(origin);
  return isLoopbackHost(url.hostname) || url.host === host;
}

/**
 * The Origin that a browser sent; undefined when none was (same-origin GET, or no browser).
 * @throws Refusal 403 when it may not use the chat
 */
export function checkOrigin(request: IncomingMessage, config: OriginConfig): string | undefined {
  const { origin, host } = request.headers;
  if (origin === undefined || mayUse(origin, host, config)) return origin;
  throw new Refusal(
    403,
    'OriginRefused',
    'This website may not use the chat: its origin is missing in ALLOWED_ORIGINS.',
  );
}

/** Answers, 429 included, are readable for the pages that may use the chat (the Fetch standard, CORS protocol). */
export function corsHeaders(request: IncomingMessage, config: OriginConfig): Record<string, string> {
  const { origin, host } = request.headers;
  if (origin === undefined || !mayUse(origin, host, config)) return { vary: 'origin' };
  const preflight: Record<string, string> = {
    'access-control-allow-methods': 'GET, POST',
    'access-control-allow-headers': 'authorization, content-type, x-ms-bot-agent, x-requested-with',
    'access-control-max-age': '600',
  };
  return {
    vary: 'origin',
    'access-control-allow-origin': origin,
    'access-control-expose-headers': 'retry-after',
    ...(request.method === 'OPTIONS' ? preflight : {}),
  };
}

/** The answer to a browser that asks whether a page may ask. */
export const preflight = (config: OriginConfig): Route => ({
  method: 'OPTIONS',
  path: '/v3/directline/*',
  async handle(request, response) {
    const allowed = corsHeaders(request, config)['access-control-allow-origin'] !== undefined;
    response.writeHead(allowed ? 204 : 403).end();
  },
});
