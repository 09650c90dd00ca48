/** The page and who gets it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Insight } from '../../../src/ops/insight/insight.ts';
import { insightRoutes } from '../../../src/ops/insight/route.ts';
import { type House, openHouse } from '../../helpers/converse.ts';
import { type Serving, serve } from '../../helpers/serve.ts';
import { testConfig } from '../../helpers/test-config.ts';
import { friday, texts } from '../../helpers/world.ts';
import { customers, day, entered } from './customers.ts';

const token = 'Zk3pQ8vR1xW6tY0uN5sB2mC7';
const abroad = { 'x-forwarded-for': '203.0.113.7' };
let house: House;
let serving: Serving;
let scans = 0;
let now = friday + 10 * day;
beforeAll(async () => {
  house = await openHouse();
  const { walk } = customers(house.store);
  for (const language of texts.languages) {
    for (let i = 0; i < 6; i++) await walk(`${language}-${i}`, language, entered('register'));
  }
  const store = {
    scan(kind: string) {
      scans += 1;
      return house.store.scan(kind);
    },
  };
  const config = testConfig({ RATE_REQUESTS: '0', TRUST_PROXY: '1', OPERATOR_TOKEN: token, SUPPORT_LANGUAGE: 'lv' });
  serving = await serve([insightRoutes({ store, texts, config, now: () => now })], { config });
});
afterAll(async () => {
  await serving.close();
  await house.close();
});

const get = (query = '', headers: Record<string, string> = {}) => fetch(`${serving.url}/insight${query}`, { headers });
const shortOf = (language: string) => texts.label(language, 'flows:register.start.short');

describe('GET /insight', () => {
  test('is not there for strangers, and for those with a wrong token', async () => {
    expect((await get('', abroad)).status).toBe(404);
    expect((await get('', { ...abroad, authorization: `Bearer ${token.slice(1)}x` })).status).toBe(404);
    expect(scans).toBe(0);
    expect((await get('', { ...abroad, authorization: `Bearer ${token}` })).status).toBe(200);
    expect((await get()).status).toBe(200);
  });

  test('names the steps in the support’s language, or in the one that is asked for', async () => {
    const page = await get();
    expect(page.headers.get('content-language')).toBe('lv');
    expect(await page.text()).toContain(shortOf('lv'));
    for (const language of texts.languages) {
      expect(await (await get(`?lang=${language}`)).text()).toContain(shortOf(language));
    }
    expect((await get('?lang=xx')).headers.get('content-language')).toBe('en');
  });

  test('loads nothing and runs nothing, and says so itself when it is opened as a file', async () => {
    const page = await get();
    const policy = page.headers.get('content-security-policy');
    expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[\w+/=]{44}'; .*frame-ancestors 'none'$/);
    expect(page.headers.get('cache-control')).toBe('no-store');
    const text = await page.text();
    expect(text).toContain('http-equiv="Content-Security-Policy"');
    expect(text).not.toMatch(/<script|<link|<img|<iframe| style="| src="|https?:\/\//);
  });

  test('of one language or week; what is neither is taken for everything', async () => {
    const of = async (query: string) => (await (await get(query, { accept: 'application/json' })).json()) as Insight;
    expect(await of('?language=et')).toMatchObject({ conversations: 6, flows: [{ flow: 'register', left: 6 }] });
    expect(await of('?week=2026-W47')).toMatchObject({ conversations: 6 * texts.languages.length });
    expect(await of('?week=2026-W46')).toMatchObject({ tooFew: true, flows: [] });
    expect(await of(`?language=${encodeURIComponent('"><b>')}`)).toMatchObject({ tooFew: false });
    const page = await (await get('?language=et&week=2026-W47&lang=en')).text();
    expect(page).toContain('href="?lang=en&amp;language=lv&amp;week=2026-W47"');
  });

  test('is counted once a minute', async () => {
    const before = scans;
    await Promise.all([get(), get('?lang=et'), get('?language=et')]);
    expect(scans).toBe(before);
    now += 61_000;
    await Promise.all([get(), get()]);
    expect(scans).toBe(before * 2);
  });
});
