import type { IncomingMessage } from 'node:http';
import { sameSecret } from '../../http/health.ts';
import { bearer, Refusal } from '../../http/refusal.ts';
import { checkOrigin, type OriginConfig } from './origins.ts';
import type { Grant, Tokens } from './tokens.ts';

/** Who speaks: the holder of a conversation's token, or a server of ours with the secret, which may use every conversation. */
export type Caller = { by: 'token'; grant: Grant } | { by: 'secret' };

export interface Access {
  /** @throws Refusal 401 without a token, 403 with one that does not hold here */
  caller(request: IncomingMessage): Promise<Caller>;
  /** Undefined for requests without Authorization. */
  callerIfAny(request: IncomingMessage): Promise<Caller | undefined>;
}

export function createAccess({
  tokens,
  secret,
  config,
}: {
  tokens: Tokens;
  secret: string | undefined;
  config: OriginConfig;
}): Access {
  async function callerIfAny(request: IncomingMessage): Promise<Caller | undefined> {
    const origin = checkOrigin(request, config);
    const token = bearer(request);
    if (token === undefined) return undefined;
    if (secret !== undefined && sameSecret(token, secret)) return { by: 'secret' };
    const grant = await tokens.read('conversation', token);
    checkHome(grant, origin);
    return { by: 'token', grant };
  }
  return {
    callerIfAny,
    async caller(request) {
      const caller = await callerIfAny(request);
      if (!caller) throw new Refusal(401, 'TokenMissing', 'Send a token: Authorization: Bearer …');
      return caller;
    },
  };
}

/** @throws Refusal 403 when a website shows a token that was made for another one */
export function checkHome(grant: Grant, origin: string | undefined): void {
  if (grant.origin !== undefined && origin !== undefined && grant.origin !== origin) {
    throw new Refusal(403, 'TokenRefused', 'The token was made for another website.');
  }
}

/** @throws Refusal 403 when a token of one conversation is used on another */
export function checkConversation(caller: Caller, conversation: string): void {
  if (caller.by === 'token' && caller.grant.conversation !== conversation) {
    throw new Refusal(403, 'TokenRefused', 'The token belongs to another conversation.');
  }
}
