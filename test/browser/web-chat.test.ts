import type { BrowserContextOptions, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { texts } from '../helpers/world.ts';
import { chromiumIsMissing } from './chromium.ts';
import { bubbles, chips, input, type, useWebsite, watchProblems } from './website.ts';

const missing = chromiumIsMissing();

const opened = useWebsite();

async function visit(address: string, options: BrowserContextOptions = {}) {
  const context = await opened.browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  const problems = watchProblems(page);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.goto(address);
  return { page, problems, asked };
}
const bot = (language: string, key: string) => texts.label(language, `bot:${key}`);
const web = (language: string, key: string) => texts.label(language, `web:${key}`);
const menu = (language: string) =>
  Object.keys((texts.file(language, 'bot').menu as { options: object }).options).map((option) =>
    bot(language, `menu.options.${option}`),
  );
/** The machine that tests may be busy. */
const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 30_000 });
const said = async (page: Page) => (await bubbles(page).allTextContents()).map((text) => text.trim());

/** Nothing may have to be scrolled sideways (WCAG 1.4.10). */
async function expectNarrow(page: Page): Promise<void> {
  for (const frame of page.frames()) {
    const tooWide = await frame.evaluate('document.documentElement.scrollWidth - innerWidth');
    expect(tooWide, frame.url()).toBeLessThanOrEqual(0);
  }
}

describe.skipIf(missing)('the support page', { timeout: 120_000 }, () => {
  test('greets first in its language, fits small screens, and changes the chat’s language with its own', async () => {
    const { page, problems } = await visit(`${opened.site.url}/?lang=lv`);
    const chat = page.frameLocator('iframe');
    await bubbles(chat)
      .filter({ hasText: bot('lv', 'menu.text') })
      .waitFor();
    expect(await bubbles(chat).count()).toBe(1);
    // Only the question's own answers: the commands stand in the bar.
    await eventually(() => chips(chat).allTextContents()).toEqual(menu('lv'));
    expect(await input(chat).getAttribute('placeholder')).toBe(web('lv', 'webchat.TEXT_INPUT_PLACEHOLDER'));

    for (const viewport of [
      { width: 320, height: 640 },
      { width: 640, height: 360 },
    ]) {
      await page.setViewportSize(viewport);
      await expectNarrow(page);
    }

    await page.getByRole('link', { name: bot('en', 'language.name') }).click();
    await bubbles(chat)
      .filter({ hasText: bot('en', 'language.switched') })
      .waitFor();
    await eventually(() => chat.locator('html').getAttribute('lang')).toBe('en');
    expect(problems).toEqual([]);
    await page.context().close();
  });
});

describe.skipIf(missing)('the chat frame', { timeout: 120_000 }, () => {
  test('its bar types the commands, and follows the bot into another language', async () => {
    const { page, problems } = await visit(`${opened.site.url}/chat?lang=et`);
    await chips(page).first().click();
    await bubbles(page).nth(2).waitFor();
    for (const command of ['again', 'back', 'startOver', 'human'] as const) {
      const label = bot('et', `commands.${command}.label`);
      const asked = async () => (await said(page)).filter((text) => text === label).length;
      await page.locator(`button[data-command=${command}]`).click();
      await eventually(asked).toBe(1);
      await eventually(async () => (await said(page)).at(-1) !== label).toBe(true);
    }
    await page.locator('button[data-command=startOver]').click();
    await page.locator('#language').selectOption('en');
    await page.getByRole('button', { name: web('en', 'frame.startOver') }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    expect(await page.title()).toBe(web('en', 'frame.pageTitle'));
    await eventually(() => input(page).getAttribute('aria-label')).toBe(web('en', 'webchat.TEXT_INPUT_ALT'));
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test('finds its conversation again, leaves it to one window, and gets over a server that is away', async () => {
    const { page } = await visit(`${opened.site.url}/chat?lang=en`);
    await bubbles(page).first().waitFor();
    await type(page, '1');
    await bubbles(page).nth(2).waitFor();
    const before = await said(page);
    await page.reload();
    await eventually(() => said(page)).toEqual(before);

    const second = await page.context().newPage();
    await second.goto(`${opened.site.url}/chat?lang=en`);
    await bubbles(second).first().waitFor();
    expect(await bubbles(second).count()).toBe(1);
    await second.close();

    await page.route('**/tokens/generate', (route) => route.abort());
    await page.reload();
    await page.getByText(web('en', 'frame.failed')).waitFor();
    await page.unroute('**/tokens/generate');
    await page.getByRole('button', { name: web('en', 'frame.retry') }).click();
    await eventually(() => said(page)).toEqual(before);
    await page.context().close();
  });
});

describe.skipIf(missing)('the widget on a website of another origin', { timeout: 120_000 }, () => {
  const open = web('lv', 'widget.open');

  test('loads nothing before it is opened, works by keyboard, counts what came meanwhile, and goes on elsewhere', async () => {
    const { page, problems, asked } = await visit(opened.site.shopUrl);
    const button = page.locator('button.button');
    const chat = page.frameLocator('iframe');
    await button.filter({ hasText: open }).waitFor();
    expect(asked).toEqual(['/shop', '/widget.js']);

    await button.focus();
    await page.keyboard.press('Enter');
    await bubbles(chat)
      .filter({ hasText: bot('lv', 'menu.text') })
      .waitFor();
    const focused = () => input(chat).evaluate((element) => element === element.ownerDocument.activeElement);
    await eventually(focused).toBe(true);

    const closed = Promise.withResolvers<void>();
    await page.route('**/activities', async (route) => {
      await closed.promise;
      await route.continue();
    });
    await page.keyboard.type('1');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    await eventually(() => button.getAttribute('aria-expanded')).toBe('false');
    closed.resolve();
    expect(await button.evaluate((element) => element.matches(':focus'))).toBe(true);
    await page.locator('.badge').getByText('1').waitFor();
    await page.keyboard.press('Enter');
    await eventually(focused).toBe(true);
    expect(await page.locator('.badge').isVisible()).toBe(false);

    await page.getByRole('link').click();
    await eventually(() => bubbles(chat).count()).toBe(3);
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test('covers a phone’s screen, and what it covers cannot be reached', async () => {
    const phone = { viewport: { width: 320, height: 600 }, isMobile: true, hasTouch: true };
    const { page } = await visit(opened.site.shopUrl, phone);
    await page.getByRole('button', { name: open }).tap();
    const chat = page.frameLocator('iframe');
    await bubbles(chat).first().waitFor();
    expect(await page.locator('.panel').boundingBox()).toMatchObject({ x: 0, y: 0, ...phone.viewport });
    await expectNarrow(page);
    expect(await page.locator('a[inert]').count()).toBe(1);
    await chat.locator('#close').tap();
    await eventually(() => page.locator('a[inert]').count()).toBe(0);
    await page.context().close();
  });
});
