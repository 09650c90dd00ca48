import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { bearer, sendJson } from './refusal.ts';
import type { Call, RouteModule } from './route.ts';

/** Why the process cannot serve; empty when it can. Sentences for an operator, without secrets or personal data. */
export type Ready = () => readonly string[] | Promise<readonly string[]>;

const digest = (text: string) => createHash('sha256').update(text).digest();

/** In a time that says nothing about where the texts differ. */
export const sameSecret = (one: string, other: string): boolean => timingSafeEqual(digest(one), digest(other));

/** Whether somebody who runs the service asks: with the operator's token, or from this machine. */
export function isOperator(
  request: IncomingMessage,
  call: Pick<Call, 'local'>,
  operatorToken: string | undefined,
): boolean {
  return call.local || (operatorToken !== undefined && sameSecret(bearer(request) ?? '', operatorToken));
}

/** `/healthz`: the process lives. `/readyz`: it can serve; its reasons are for operators only. */
export function healthRoutes({
  ready,
  warnings = () => [],
  operatorToken,
}: {
  ready: Ready;
  /** What wants an operator's attention though the process can serve; sentences of the same kind. */
  warnings?: Ready | undefined;
  operatorToken: string | undefined;
}): RouteModule {
  return {
    routes: [
      {
        method: 'GET',
        path: '/healthz',
        unlimited: true,
        handle: async (_, response) => sendJson(response, 200, { status: 'ok' }),
      },
      {
        method: 'GET',
        path: '/readyz',
        unlimited: true,
        async handle(request, response, call) {
          const reasons = await ready();
          const details = isOperator(request, call, operatorToken) ? { reasons, warnings: await warnings() } : {};
          sendJson(response, reasons.length === 0 ? 200 : 503, {
            status: reasons.length === 0 ? 'ready' : 'not ready',
            ...details,
          });
        },
      },
    ],
  };
}
