/** `GET /metrics` (Prometheus), for operators only. */
import { isOperator } from '../http/health.ts';
import { Refusal } from '../http/refusal.ts';
import type { RouteModule } from '../http/route.ts';
import type { Metrics } from './metrics.ts';

export function metricsRoutes({
  open,
  operatorToken,
}: {
  open: () => Promise<Pick<Metrics, 'contentType' | 'text'>>;
  operatorToken: string | undefined;
}): RouteModule {
  return {
    routes: [
      {
        method: 'GET',
        path: '/metrics',
        async handle(request, response, call) {
          if (!isOperator(request, call, operatorToken)) throw new Refusal(404, 'NotFound', 'There is nothing here.');
          const metrics = await open();
          const text = await metrics.text();
          response.writeHead(200, {
            'content-type': metrics.contentType,
            'content-length': Buffer.byteLength(text),
            'cache-control': 'no-store',
          });
          response.end(text);
        },
      },
    ],
  };
}
