/** `POST /data/show`, `/data/erase`, `/data/find`: what `npm run data` asks of a running bot. Operators only. */
import { z } from 'zod';
import { isOperator } from '../http/health.ts';
import { Refusal, sendJson } from '../http/refusal.ts';
import type { RouteModule } from '../http/route.ts';
import { type DataDesk, NothingStored } from './data-desk.ts';

const works = ['show', 'erase', 'find'] as const;
const bodyLimit = 4096;
const asked = z.object({ of: z.string().min(1).max(300) });

export function dataRoutes({
  desk,
  operatorToken,
}: {
  desk: DataDesk;
  operatorToken: string | undefined;
}): RouteModule {
  return {
    // Not GET: whom it is about would stand in every log on the way.
    routes: works.map((work) => ({
      method: 'POST',
      path: `/data/${work}`,
      async handle(request, response, call) {
        if (!isOperator(request, call, operatorToken)) throw new Refusal(404, 'NotFound', 'There is nothing here.');
        // A page in a browser on this machine can send such a request, though not read the answer.
        if (request.headers.origin !== undefined) throw new Refusal(403, 'OriginRefused', 'Not for web pages.');
        const read = asked.safeParse(await call.json(bodyLimit));
        if (!read.success) throw new Refusal(400, 'BadArgument', 'of: a conversation, a ticket, or words to be found');
        const answer = await desk[work](read.data.of).catch((error: unknown) => {
          throw error instanceof NothingStored ? new Refusal(404, 'NothingStored', error.message) : error;
        });
        sendJson(response, 200, answer);
      },
    })),
  };
}
