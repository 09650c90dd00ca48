import type { IncomingMessage } from 'node:http';
import type { Turns } from '../../bot/turns.ts';
import type { Config } from '../../config.ts';
import { createLimiter } from '../../http/rate-limit.ts';
import { Refusal, sendJson, tooMany } from '../../http/refusal.ts';
import type { Call, Route, RouteModule } from '../../http/route.ts';
import type { Log } from '../../ops/log.ts';
import type { Store } from '../../store/port.ts';
import { createAccess } from './access.ts';
import { createConversations } from './conversations.ts';
import { corsHeaders, preflight } from './origins.ts';
import { createPosting } from './posting.ts';
import { createSockets, type Sockets } from './sockets.ts';
import { createStream } from './stream.ts';
import { createTokens } from './tokens.ts';
import { readSet, readWatermark } from './transcript.ts';

export type DirectLineConfig = Pick<
  Config,
  | 'production'
  | 'publicUrl'
  | 'allowedOrigins'
  | 'directLineSecret'
  | 'tokenSecret'
  | 'retentionDays'
  | 'rateConversations'
  | 'rateMessages'
>;

export interface DirectLineOptions {
  config: DirectLineConfig;
  turns: Turns;
  store: Pick<Store, 'lines' | 'watch'>;
  log: Log;
  /** Milliseconds since 1970. */
  now: () => number;
  /** Cryptographic randomness. */
  random: (bytes: number) => Uint8Array;
  /** All that is stored of a conversation, once, when its customer has just asked for it in the talk. */
  takeExport?: (conversation: string) => Promise<unknown>;
  beat?: number;
}

const day = 24 * 3600;
/** Bytes of a JSON body; Direct Line allows 256 K characters. */
const bodyLimit = 256 * 1024;
/** Direct Line's own limit for a file; it is read and forgotten. */
const uploadLimit = 4 * 1024 * 1024;

interface Reply {
  status?: number;
  body: unknown;
}

/** Direct Line 3.0 as Web Chat and other clients speak it, in this process. Conversations live in the store, so a restart loses none. */
export function directLineRoutes(
  options: DirectLineOptions,
): RouteModule & Pick<Sockets, 'ended'> & { openSockets(): number } {
  const { config, turns, store, log, now, random, takeExport = async () => undefined } = options;
  const resumeLife = Math.min(config.retentionDays, 30) * day;
  const tokens = createTokens({ secret: config.tokenSecret, now, resumeLife });
  const access = createAccess({ tokens, secret: config.directLineSecret, config });
  const sockets = createSockets({ store, log, ...(options.beat ? { beat: options.beat } : {}) });
  const opened = createLimiter({ limit: config.rateConversations, now });
  const conversations = createConversations({ turns, tokens, access, config, opened, random });
  const posting = createPosting({ turns, store, now });
  const messages = createLimiter({ limit: config.rateMessages, now });

  const route = (
    method: 'GET' | 'POST',
    path: string,
    answer: (request: IncomingMessage, call: Call) => Promise<Reply>,
  ): Route => ({
    method,
    path: `/v3/directline${path}`,
    async handle(request, response, call) {
      const { status = 200, body } = await answer(request, call);
      sendJson(response, status, body);
    },
  });

  /** One more message of this conversation. */
  function count(conversation: string): void {
    const wait = messages(conversation);
    if (wait > 0) throw tooMany(wait);
  }

  return {
    headers: (request) => corsHeaders(request, config),
    upgrade: createStream({ tokens, sockets, config, log }),
    close: () => sockets.close(),
    openSockets: () => sockets.count(),
    ended: sockets.ended,
    routes: [
      preflight(config),
      route('POST', '/tokens/generate', async (request, call) => ({
        body: await conversations.generate(request, await call.json(bodyLimit)),
      })),
      route('POST', '/tokens/refresh', async (request, call) => {
        await call.discard(bodyLimit);
        return { body: await conversations.refresh(request) };
      }),
      route('POST', '/conversations', (request, call) => conversations.open(request, call)),
      route('GET', '/conversations/:id', async (request, call) => ({
        body: await conversations.reconnect(request, call),
      })),
      route('GET', '/conversations/:id/activities', async (request, call) => {
        const { conversation } = await conversations.enter(request, call);
        return { body: await readSet(store, conversation, readWatermark(call.query.get('watermark'))) };
      }),
      route('POST', '/conversations/:id/activities', async (request, call) => {
        const who = await conversations.enter(request, call);
        count(who.conversation);
        return { body: { id: await posting.activity(who, await call.json(bodyLimit)) } };
      }),
      route('GET', '/conversations/:id/export', async (request, call) => {
        const { conversation } = await conversations.enter(request, call);
        count(conversation);
        const body = await takeExport(conversation);
        if (body === undefined) throw new Refusal(404, 'NothingToFetch', 'Ask for your data in the chat first.');
        return { body };
      }),
      route('POST', '/conversations/:id/upload', async (request, call) => {
        const who = await conversations.enter(request, call);
        count(who.conversation);
        await call.discard(uploadLimit);
        await posting.refuseFiles(who);
        throw new Refusal(415, 'UploadsRefused', 'Documents are not accepted in the chat, and none was stored.');
      }),
    ],
  };
}
