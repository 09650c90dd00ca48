/** `GET /unknown`: the messages that were not understood, masked when they were stored; for operators only. */
import { isOperator } from '../http/health.ts';
import { Refusal, sendJson } from '../http/refusal.ts';
import type { RouteModule } from '../http/route.ts';
import type { Store } from '../store/port.ts';

export interface UnknownMessage {
  text: string;
  language: string;
  /** Milliseconds since 1970. */
  at: number;
}

export function unknownRoutes({
  store,
  operatorToken,
}: {
  store: Pick<Store, 'scan'>;
  operatorToken: string | undefined;
}): RouteModule {
  return {
    routes: [
      {
        method: 'GET',
        path: '/unknown',
        async handle(request, response, call) {
          if (!isOperator(request, call, operatorToken)) throw new Refusal(404, 'NotFound', 'There is nothing here.');
          sendJson(response, 200, await unknownMessages(store));
        },
      },
    ],
  };
}

export async function unknownMessages(store: Pick<Store, 'scan'>): Promise<UnknownMessage[]> {
  const messages: UnknownMessage[] = [];
  for await (const { value } of store.scan('unknown')) messages.push(value as unknown as UnknownMessage);
  return messages.sort((a, b) => a.at - b.at);
}
