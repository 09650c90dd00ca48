import type { IncomingMessage } from 'node:http';
import type { Turns } from '../../bot/turns.ts';
import type { Limiter } from '../../http/rate-limit.ts';
import { Refusal, tooMany } from '../../http/refusal.ts';
import type { Call } from '../../http/route.ts';
import { type Access, type Caller, checkConversation, checkHome } from './access.ts';
import { type Opening, readOpening } from './incoming.ts';
import { checkOrigin, type OriginConfig } from './origins.ts';
import { type Grant, type Tokens, tokenLife } from './tokens.ts';
import { readWatermark } from './transcript.ts';

interface Options {
  turns: Turns;
  tokens: Tokens;
  access: Access;
  config: OriginConfig;
  /** New conversations per address. */
  opened: Limiter;
  random: (bytes: number) => Uint8Array;
}

/** Who speaks in which conversation; the user is the token's, or the one who opened it. */
export interface Speaker {
  conversation: string;
  user: string;
}

const bodyLimit = 16 * 1024;
export const unknownConversation = new Refusal(
  404,
  'ConversationNotFound',
  'There is no such conversation, or it has been removed.',
);

/** Tokens, and the opening and finding again of conversations. */
export function createConversations({ turns, tokens, access, config, opened, random }: Options) {
  const randomId = () => Buffer.from(random(16)).toString('base64url');

  async function tokenFor(grant: Grant) {
    const [token, resume] = await Promise.all([tokens.make('conversation', grant), tokens.make('resume', grant)]);
    return { conversationId: grant.conversation, token, expires_in: tokenLife, resume };
  }

  async function withStream(request: IncomingMessage, grant: Grant, watermark: number) {
    const [answer, stream] = await Promise.all([tokenFor(grant), tokens.make('stream', grant)]);
    const base = config.publicUrl ?? `http://${request.headers.host ?? 'localhost'}`;
    const address = `${base.replace(/^http/i, 'ws')}/v3/directline/conversations/${grant.conversation}/stream`;
    return { ...answer, streamUrl: `${address}?watermark=${watermark || '-'}&t=${stream}` };
  }

  const newGrant = (user: string | undefined, origin?: string): Grant => ({
    conversation: randomId(),
    user: user ?? `dl_${randomId()}`,
    origin,
  });

  /** Only a server of ours may say who its user is. */
  const grantOf = (caller: Caller, asked: Opening): Grant =>
    caller.by === 'token' ? caller.grant : newGrant(asked.user?.id ?? undefined);

  return {
    /** A token for a new conversation, or with `resume` for an earlier one, for a page that may use the chat or a server of ours. */
    async generate(request: IncomingMessage, body: unknown) {
      const caller = await access.callerIfAny(request);
      const asked = readOpening(body);
      if (caller?.by === 'secret') return tokenFor(newGrant(asked.user?.id ?? undefined));
      const origin = checkOrigin(request, config);
      if (config.production && origin === undefined)
        throw new Refusal(403, 'OriginRefused', 'Ask from an allowed website, or with the secret.');
      if (asked.resume === undefined) return tokenFor(newGrant(undefined, origin));
      const grant = await tokens.read('resume', asked.resume);
      checkHome(grant, origin);
      const stored = await turns.known(grant.conversation);
      if (!stored || stored === 'erased') throw unknownConversation;
      return tokenFor(grant);
    },

    async refresh(request: IncomingMessage) {
      const caller = await access.caller(request);
      if (caller.by === 'secret') throw new Refusal(403, 'TokenRefused', 'A secret is not refreshed; send a token.');
      if ((await turns.known(caller.grant.conversation)) === 'erased') throw unknownConversation;
      return tokenFor(caller.grant);
    },

    /** 201 for a new conversation, 200 for one that the token has opened before. */
    async open(request: IncomingMessage, call: Call) {
      const caller = await access.caller(request);
      const asked = readOpening(await call.json(bodyLimit));
      const grant = grantOf(caller, asked);
      const stored = await turns.known(grant.conversation);
      if (stored === 'erased') throw unknownConversation;
      const isNew = !stored;
      if (isNew) {
        const wait = opened(call.address);
        if (wait > 0) throw tooMany(wait);
        const { conversation: id, user } = grant;
        await turns.open({ id, channel: 'directline', user, ...(asked.locale ? { locale: asked.locale } : {}) });
      }
      return { status: isNew ? 201 : 200, body: await withStream(request, grant, 0) };
    },

    async reconnect(request: IncomingMessage, call: Call) {
      const caller = await access.caller(request);
      const { conversation, user } = await speaker(caller, call);
      const grant = caller.by === 'token' ? caller.grant : { conversation, user };
      return withStream(request, grant, readWatermark(call.query.get('watermark')));
    },

    async enter(request: IncomingMessage, call: Call): Promise<Speaker> {
      return speaker(await access.caller(request), call);
    },
  };

  /** @throws Refusal 403 or 404 */
  async function speaker(caller: Caller, call: Call): Promise<Speaker> {
    const conversation = call.params.id ?? '';
    checkConversation(caller, conversation);
    const found = /^[A-Za-z0-9_-]{1,64}$/.test(conversation) ? await turns.known(conversation) : undefined;
    if (!found || found === 'erased') throw unknownConversation;
    return { conversation, user: caller.by === 'token' ? caller.grant.user : found.user };
  }
}
