/** `GET /insight?lang=et&language=lv&week=2026-W47`: the figures for the support team, as a page or (`accept: application/json`) as they are; operators only. */
import type { Config } from '../../config.ts';
import { isOperator } from '../../http/health.ts';
import { Refusal, sendJson } from '../../http/refusal.ts';
import type { RouteModule } from '../../http/route.ts';
import type { Texts } from '../../language/texts.ts';
import type { Store } from '../../store/port.ts';
import { nowAndThen } from '../now-and-then.ts';

export interface InsightOptions {
  store: Pick<Store, 'scan'>;
  texts: Texts;
  config: Pick<Config, 'operatorToken' | 'supportLanguage' | 'supportTimezone'>;
  now: () => number;
}

export function insightRoutes({ store, texts, config, now }: InsightOptions): RouteModule {
  const { operatorToken, supportLanguage, supportTimezone: timeZone } = config;
  const counted = nowAndThen(async () => {
    const { countStore } = await import('./insight.ts');
    return countStore(store, now(), timeZone);
  }, now);

  return {
    routes: [
      {
        method: 'GET',
        path: '/insight',
        async handle(request, response, call) {
          if (!isOperator(request, call, operatorToken)) throw new Refusal(404, 'NotFound', 'There is nothing here.');
          const [{ insightOf, readSlice }, { insightPage, policy }] = await Promise.all([
            import('./insight.ts'),
            import('./page.ts'),
          ]);
          const { query } = call;
          const slice = readSlice(query.get('language'), query.get('week'));
          const insight = insightOf(await counted(), slice);
          if (request.headers.accept === 'application/json') return sendJson(response, 200, insight);
          const wanted = query.get('lang') ?? supportLanguage;
          const language = texts.languages.includes(wanted) ? wanted : 'en';
          const page = insightPage(insight, slice, { language, texts, timeZone }, { links: true });
          response.writeHead(200, {
            'content-type': 'text/html; charset=utf-8',
            'content-length': Buffer.byteLength(page),
            'content-language': language,
            'content-security-policy': `${policy}; frame-ancestors 'none'`,
            'referrer-policy': 'no-referrer',
            'cache-control': 'no-store',
          });
          response.end(page);
        },
      },
    ],
  };
}
