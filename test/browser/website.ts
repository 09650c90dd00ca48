import { randomBytes } from 'node:crypto';
import type { Browser, Frame, FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { directLineRoutes } from '../../src/channels/directline/routes.ts';
import { webRoutes } from '../../src/channels/web/routes.ts';
import type { Env } from '../../src/config.ts';
import { openHouse } from '../helpers/converse.ts';
import { oneRoute, serve } from '../helpers/serve.ts';
import { testConfig } from '../helpers/test-config.ts';
import { texts } from '../helpers/world.ts';
import { chromiumIsMissing, launchChromium } from './chromium.ts';

/** The website side with the real Direct Line and the real turns behind it, and a shop of another origin that embeds the widget. */
export async function openWebsite(env: Env = {}) {
  const house = await openHouse({ now: Date.now });
  const config = testConfig({ RATE_REQUESTS: '0', RATE_CONVERSATIONS: '0', RATE_MESSAGES: '0', ...env });
  const directLine = directLineRoutes({
    config,
    turns: house.turns,
    store: house.store,
    now: Date.now,
    random: randomBytes,
    log: () => {},
  });
  const channels = config.directLine === 'embedded' ? [directLine] : [];
  const support = await serve([...channels, webRoutes({ config, texts })], { config });
  const shop = await serve([
    oneRoute(
      async (_, response, { query }) => {
        response.writeHead(200, {
          'content-type': 'text/html; charset=utf-8',
          // As strict as a website can be: the widget needs no inline style and no inline script.
          'content-security-policy': `default-src 'none'; script-src ${support.url}; frame-src ${support.url}`,
        });
        const language = query.get('lang') ?? 'lv';
        response.end(`<!doctype html><html lang="${language === 'en' || language === 'et' ? language : 'lv'}"><head><title>Veikals</title><meta name="viewport" content="width=device-width"></head><body><h1>Veikals</h1>
<a href="/shop?next">tālāk</a><script src="${support.url}/widget.js" defer></script></body></html>`);
      },
      'GET',
      '/shop',
    ),
  ]);
  return {
    url: support.url,
    /** Another site, not only another port: what browsers keep apart is kept apart. */
    shopUrl: `http://localhost:${shop.port}/shop`,
    house,
    async close() {
      await Promise.all([support.close(), shop.close()]);
      await house.close();
    },
  };
}

/** The website and a browser for the tests of a file; nothing is opened where there is no browser. */
export function useWebsite() {
  let site: Awaited<ReturnType<typeof openWebsite>> | undefined;
  let browser: Browser | undefined;
  beforeAll(async () => {
    if (chromiumIsMissing()) return;
    [site, browser] = await Promise.all([openWebsite(), launchChromium()]);
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });
  return {
    get site() {
      return site!;
    },
    get browser() {
      return browser!;
    },
  };
}

/** What went wrong in a page or its frames: errors, refusals of the policy, failed requests. */
export function watchProblems(page: Page): string[] {
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  return problems;
}

type Place = Page | FrameLocator | Frame;
/** The longest piece of a text without values and marks: enough to know it by. */
export const piece = (language: string, key: string) =>
  texts
    .label(language, key)
    .split(/\{\{.*?\}\}|\$t\(.*?\)|\]\(.*?\)|[[*\\\n]/)
    .sort((a, b) => b.length - a.length)[0]!
    .trim();
export const bubbles = (place: Place) => place.locator('.webchat__bubble');
export const input = (place: Place) => place.locator('[data-id="webchat-sendbox-input"]');
export const chips = (place: Place) => place.getByRole('toolbar').getByRole('button');
/** Until these words stand in the chat. */
export const said = (place: Place, words: string) => bubbles(place).filter({ hasText: words }).last().waitFor();

export async function type(place: Place, text: string): Promise<void> {
  await input(place).fill(text);
  await input(place).press('Enter');
}
