import type { Config } from '../config.ts';
import { createLimiter } from '../http/rate-limit.ts';
import { Refusal, sendJson, tooMany } from '../http/refusal.ts';
import type { RouteModule } from '../http/route.ts';
import type { Log } from '../ops/log.ts';
import type { Door } from './door.ts';
import { readInbound, unauthorized } from './guard.ts';
import { keysMissing } from './signing-keys.ts';

export interface MessagesOptions {
  config: Pick<Config, 'appId' | 'rateRequests' | 'rateMessages'>;
  /** Loads what stands behind the door, the SDK, which takes longer than all the rest of the start together. */
  open: () => Promise<Door>;
  log: Log;
  now: () => number;
}

/** Bytes; Teams' own limit for a message is 100 KB. */
const bodyLimit = 256 * 1024;

/** `POST /api/messages`, where the Bot Framework's channels deliver. Loads the SDK with the first activity, or with `warm`. */
export function messagesRoute({ config, open, log, now }: MessagesOptions): RouteModule & { warm(): Promise<void> } {
  const signed = config.appId !== '';
  // All customers of a channel come from a few addresses: what counts is the conversation, and who is turned away. A good
  // token gets in however often its address was turned away: whoever has a bot of their own can make Teams knock here.
  const messages = createLimiter({ limit: config.rateMessages, now });
  const refused = createLimiter({ limit: config.rateRequests, now });
  let door: Promise<Door> | undefined;
  const behind = () => {
    door ??= open().catch((error: unknown) => {
      door = undefined;
      throw error;
    });
    return door;
  };

  return {
    warm: async () => void (await behind()),
    routes: [
      {
        method: 'POST',
        path: '/api/messages',
        unlimited: true,
        async handle(request, response, call) {
          try {
            const authorization = request.headers.authorization ?? '';
            if (!signed && !call.local) throw unauthorized;
            const { knock, receive } = await behind();
            if (signed) await knock(authorization);
            const activity = readInbound(await call.json(bodyLimit), { signed, now: now() });
            const answer = await receive(activity, authorization, () => {
              const wait =
                activity.type === 'message' ? messages(`${activity.channelId} ${activity.conversation.id}`) : 0;
              if (wait > 0) throw tooMany(wait);
            });
            if (answer?.body === undefined) response.writeHead(answer?.status ?? 200, { 'content-length': 0 }).end();
            else sendJson(response, answer.status, answer.body);
          } catch (error) {
            // Nobody waits for the rest of a body that nobody wants.
            if (!request.complete && !response.headersSent) response.setHeader('connection', 'close');
            const wait = error instanceof Refusal && error.status !== 429 ? refused(call.address) : 0;
            if (wait > 0) throw tooMany(wait);
            if (error === unauthorized) log('warn', 'an activity was not authorized');
            if (error === keysMissing) log('warn', 'tokens cannot be verified: the sign-in service gives no keys');
            throw error;
          }
        },
      },
    ],
  };
}
