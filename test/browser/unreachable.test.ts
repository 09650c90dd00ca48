/** When the chat cannot be opened, does not answer or is not offered: a sentence in the customer's language and a way to a human. */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { texts } from '../helpers/world.ts';
import { findings } from './axe.ts';
import { chromiumIsMissing, launchChromium } from './chromium.ts';
import { bubbles, openWebsite, type, watchProblems } from './website.ts';

const missing = chromiumIsMissing();
const address = 'support@example.com';

let site: Awaited<ReturnType<typeof openWebsite>>;
let closed: Awaited<ReturnType<typeof openWebsite>>;
let browser: Browser | undefined;
/** One for all tests: Web Chat is loaded once. */
let context: BrowserContext;
beforeAll(async () => {
  if (missing) return;
  const env = { SUPPORT_EMAIL: `CPS support <${address}>` };
  [site, closed, browser] = await Promise.all([
    openWebsite(env),
    openWebsite({ ...env, DIRECT_LINE: 'off' }),
    launchChromium(),
  ]);
  context = await browser!.newContext();
  context.setDefaultTimeout(30_000);
  await context.clock.install();
  // Nobody finds an earlier conversation again.
  await context.addInitScript('localStorage.clear(); sessionStorage.clear();');
});
afterEach(() => Promise.all(context?.pages().map((page) => page.close()) ?? []));
afterAll(async () => {
  await browser?.close();
  await site?.close();
  await closed?.close();
});

/** @param prepare before anything is loaded */
async function visit(url: string, prepare: (page: Page) => Promise<unknown> = async () => undefined): Promise<Page> {
  const page = await context.newPage();
  await prepare(page);
  await page.goto(url);
  return page;
}
const web = (language: string, key: string) => texts.label(language, `web:${key}`);

/** What stands in a place: the sentence, whom to write to, and the button. */
async function expectSaid(place: ReturnType<Page['locator']>, language: string, key: string): Promise<void> {
  await place.getByText(web(language, key)).waitFor();
  const link = place.locator('a');
  expect(await link.getAttribute('href')).toBe(`mailto:${address}`);
  expect(await place.textContent()).toContain(web(language, 'frame.contact').replace('{{address}}', address));
  expect(await place.getByRole('button', { name: web(language, 'frame.retry') }).isVisible()).toBe(true);
}

/** Nothing of ours that axe objects to, and nothing to be scrolled sideways, on a narrow screen in both colours. */
async function expectSound(page: Page, frames = page.frames()): Promise<void> {
  await page.setViewportSize({ width: 320, height: 640 });
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    for (const frame of frames) {
      const found = await findings(frame);
      expect(found.filter(({ isWebChat }) => !isWebChat)).toEqual([]);
      expect(await frame.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    }
  }
}

describe.skipIf(missing)('the chat frame', { timeout: 120_000 }, () => {
  test.each(texts.languages)('without a token says so and whom to write to, in %s', async (language) => {
    let answer: { status: number; body: string } | undefined;
    const page = await visit(`${site.url}/chat?lang=${language}`, (page) =>
      page.route('**/tokens/generate', (route) => (answer ? route.fulfill(answer) : route.abort())),
    );
    const again = page.getByRole('button', { name: web(language, 'frame.retry') });
    await expectSaid(page.locator('#notice'), language, 'frame.failed');
    if (language === 'lv') await expectSound(page);
    answer = { status: 500, body: '{"error":{"message":"hunter2"}}' };
    await again.click();
    await expectSaid(page.locator('#notice'), language, 'frame.broken');
    expect(await page.locator('body').textContent()).not.toContain('hunter2');
    await page.unroute('**/tokens/generate');
    await again.click();
    await bubbles(page).first().waitFor();
    expect(await page.locator('#notice').isVisible()).toBe(false);
  });

  test('to which the server speaks nonsense, or which it does not let in, does not blame the customer’s connection', async () => {
    for (const answer of [{ body: '<h1>welcome</h1>' }, { status: 403, body: '{}' }]) {
      const page = await visit(`${site.url}/chat?lang=lv`, (page) =>
        page.route('**/tokens/generate', (route) => route.fulfill(answer)),
      );
      await expectSaid(page.locator('#notice'), 'lv', 'frame.broken');
      await page.close();
    }
  });

  test('to which messages come neither over a socket nor when it fetches them says so after a while', async () => {
    const page = await visit(`${site.url}/chat?lang=et`, async (page) => {
      await page.routeWebSocket('**/stream?*', (socket) => socket.close({ code: 1011 }));
      await page.route('**/activities?*', (route) => route.abort());
    });
    await page.locator('button[data-command=human]:not([disabled])').waitFor();
    await page.clock.fastForward(10_500);
    await expectSaid(page.locator('#trouble'), 'et', 'frame.troubled');
  });

  test('from which nothing arrives any more says so, keeps the talk in view, and is silent once it is well again', async () => {
    const page = await visit(`${site.url}/chat?lang=en`);
    await bubbles(page).first().waitFor();
    await page.clock.fastForward(30_000);
    expect(await page.locator('#trouble').textContent(), 'a quiet chat is not a broken one').toBe('');
    await page.route('**/activities', (route) => route.abort());
    await type(page, '1');
    await bubbles(page).nth(1).waitFor();
    await page.clock.fastForward(10_500);
    await expectSaid(page.locator('#trouble'), 'en', 'frame.troubled');
    expect(await bubbles(page).first().isVisible()).toBe(true);
    const overlaps = await page.evaluate(
      `document.getElementById('trouble').getBoundingClientRect().bottom > document.getElementById('chat').getBoundingClientRect().top`,
    );
    expect(overlaps).toBe(false);
    await expectSound(page);
    await page.unroute('**/activities');
    await type(page, '1');
    await bubbles(page).nth(3).waitFor();
    await expect.poll(() => page.locator('#trouble').textContent()).toBe('');
  });
});

describe.skipIf(missing)('the widget', { timeout: 120_000 }, () => {
  test.each(texts.languages)('whose chat does not load says so and whom to write to, in %s', async (language) => {
    const page = await visit(`${site.shopUrl}?lang=${language}`, (page) =>
      page.route('**/chat?*', (route) => route.abort()),
    );
    await page.getByRole('button', { name: web(language, 'widget.open') }).click();
    expect(await page.locator('.waiting a').isVisible()).toBe(false);
    await page.clock.fastForward(15_500);
    await page.getByText(web(language, 'widget.failed')).waitFor();
    expect(await page.locator('.waiting a').getAttribute('href')).toBe(`mailto:${address}`);
    expect(await page.locator('.waiting a').isVisible()).toBe(true);
    if (language === 'lv') await expectSound(page, [page.mainFrame()]);
    await page.unroute('**/chat?*');
    await page.getByRole('button', { name: web(language, 'widget.retry') }).click();
    await bubbles(page.frameLocator('iframe')).first().waitFor();
  });
});

describe.skipIf(missing)('without a chat (DIRECT_LINE=off)', { timeout: 120_000 }, () => {
  test('the page shows none, and whom to write to', async () => {
    const page = await visit(`${closed.url}/?lang=lv`);
    const problems = watchProblems(page);
    await page.reload();
    await page.getByText(web('lv', 'frame.closed')).waitFor();
    expect(await page.locator('iframe').count()).toBe(0);
    expect(await page.getByRole('link', { name: address }).isVisible()).toBe(true);
    expect(problems).toEqual([]);
    await expectSound(page);
  });

  test('the widget opens on the same words, and closes', async () => {
    const page = await visit(`${closed.shopUrl}?lang=et`);
    const button = page.locator('button.button');
    await button.click();
    const frame = page.frameLocator('iframe');
    await frame.getByText(web('et', 'frame.closed')).waitFor();
    expect(await frame.getByRole('link', { name: address }).getAttribute('href')).toBe(`mailto:${address}`);
    expect(await page.locator('iframe').isVisible()).toBe(true);
    await expectSound(page);
    await page.keyboard.press('Escape');
    await expect.poll(() => button.getAttribute('aria-expanded')).toBe('false');
    await button.click();
    await frame.locator('#close').click();
    await expect.poll(() => button.getAttribute('aria-expanded')).toBe('false');
  });
});
