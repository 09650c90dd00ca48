/** docs/accessibility.md states what is checked here. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { texts } from '../helpers/world.ts';
import { type Finding, findings } from './axe.ts';
import { chromiumIsMissing } from './chromium.ts';
import { bubbles, chips, useWebsite } from './website.ts';

const missing = chromiumIsMissing();

const opened = useWebsite();

const desktop = { width: 1280, height: 800 };
/** WCAG 1.4.10 at 320 px; a window of 1280 x 800 at 200 % (1.4.4). */
const [narrow, zoomed] = [
  { width: 320, height: 640 },
  { width: 640, height: 400 },
];
type Look = [viewport: typeof desktop, colorScheme: 'light' | 'dark'];
const looks: Look[] = [
  [narrow, 'light'],
  [narrow, 'dark'],
  [zoomed, 'dark'],
  [zoomed, 'light'],
];
const [someLight, , someDark] = looks as [Look, Look, Look];
const web = (language: string, key: string) => texts.label(language, `web:${key}`);

/** @param script runs before any other of each page */
async function visit(address: string, script = ''): Promise<Page> {
  const context = await opened.browser.newContext({ viewport: desktop, reducedMotion: 'reduce' });
  await context.addInitScript(script);
  const page = await context.newPage();
  await page.goto(address);
  return page;
}

/** Rules of Web Chat's own findings, as docs/accessibility.md lists them: rule and the class that its selectors hold. */
const listed = [
  ...readFileSync(join(import.meta.dirname, '../../docs/accessibility.md'), 'utf8').matchAll(
    /^\| `([a-z-]+)` \| `\.([\w-]+)/gm,
  ),
].map(([, rule = '', part = '']) => ({ rule, part }));
const isListed = ({ rule, where }: Finding) => listed.some((one) => one.rule === rule && where.includes(one.part));
const met = new Set<string>();

/** Every frame of the page, in the light and the dark, wide, narrow and at 200 %. */
async function expectSound(page: Page, state: string, seen: readonly Look[] = looks): Promise<void> {
  for (const [viewport, colorScheme] of seen) {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme });
    for (const frame of page.frames()) {
      const found = await findings(frame);
      for (const one of found) if (one.isWebChat) met.add(one.rule);
      const place = `${state}, ${colorScheme}, ${viewport.width} px, ${new URL(frame.url()).pathname}`;
      expect(
        found.filter((one) => !one.isWebChat || !isListed(one)),
        place,
      ).toEqual([]);
      expect(await frame.evaluate('document.documentElement.scrollWidth - innerWidth'), place).toBeLessThanOrEqual(0);
    }
  }
  await page.setViewportSize(desktop);
}

describe.skipIf(missing)('axe finds nothing in our parts', { timeout: 240_000 }, () => {
  test.each(texts.languages)('in %s: page, chat, widget closed and open', async (language) => {
    const page = await visit(`${opened.site.url}/?lang=${language}`);
    const chat = page.frameLocator('iframe');
    await bubbles(chat).first().waitFor();
    await chips(chat).first().click();
    await bubbles(chat).nth(2).waitFor();
    await expectSound(page, 'page with the chat');
    await page.context().close();

    const shop = await visit(`${opened.site.shopUrl}?lang=${language}`);
    const button = shop.getByRole('button', { name: web(language, 'widget.open') });
    await button.waitFor();
    await expectSound(shop, 'widget, closed', [someLight]);
    await button.click();
    await bubbles(shop.frameLocator('iframe')).first().waitFor();
    await expectSound(shop, 'widget, open', [someLight, someDark]);
    await shop.context().close();
  });

  test('nor when the chat cannot be opened; and it does find what is wrong', async () => {
    const page = await visit(`${opened.site.url}/chat?lang=en`);
    await page.route('**/tokens/generate', (route) => route.abort());
    await page.reload();
    await page.getByText(web('en', 'frame.failed')).waitFor();
    await expectSound(page, 'failed', [someLight, someDark]);
    await page.evaluate(`document.querySelector('header').insertAdjacentHTML('beforeend', '<button></button>')`);
    expect(await findings(page.mainFrame())).toContainEqual(
      expect.objectContaining({ rule: 'button-name', isWebChat: false, isDoubt: false }),
    );
    await page.context().close();
  });

  test('what the docs list of Web Chat is really met', () => {
    expect([...met].sort()).toEqual([...new Set(listed.map(({ rule }) => rule))].sort());
  });
});

describe.skipIf(missing)('by keyboard alone', { timeout: 240_000 }, () => {
  const where = `(() => {
    const e = document.activeElement;
    if (e === document.body || e === null) return undefined;
    const { x, y, width, height } = e.getBoundingClientRect();
    const part = e.className.split(' ').find((name) => /^webchat__/.test(name));
    return { name: e.dataset.command || e.id || part || e.tagName, box: [x, y, width, height] };
  })()`;
  interface Stop {
    name: string;
    box: [x: number, y: number, width: number, height: number];
  }
  /** The place of a control and 16 px around it, as far as they are in the window. */
  async function shoot(page: Page, [x, y, width, height]: Stop['box']): Promise<Buffer> {
    // What the focus changes is drawn by the second frame at the latest.
    await page.evaluate('new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))');
    const [left, top] = [Math.max(0, x - 16), Math.max(0, y - 16)];
    const [right, bottom] = [Math.min(desktop.width, x + width + 16), Math.min(desktop.height, y + height + 16)];
    const clip = { x: left, y: top, width: right - left, height: bottom - top };
    return page.screenshot({ clip, animations: 'disabled' });
  }

  /** Goes on until the focus leaves the page; each stop must look different once the focus has gone on. */
  async function tabThrough(page: Page): Promise<string[]> {
    const stops: string[] = [];
    let last: { stop: Stop; picture: Buffer } | undefined;
    for (let i = 0; i < 30; i++) {
      await page.keyboard.press('Tab');
      const stop = (await page.evaluate(where)) as Stop | undefined;
      if (last) {
        const after = await shoot(page, last.stop.box);
        expect(after.equals(last.picture), `the focus on ${last.stop.name} cannot be seen`).toBe(false);
      }
      if (!stop) return stops;
      last = { stop, picture: await shoot(page, stop.box) };
      stops.push(stop.name);
    }
    throw new Error(`the focus never leaves the page: ${stops.join(', ')}`);
  }

  test('every control of the chat is reached, in the order of reading, and the focus is seen', async () => {
    const page = await visit(`${opened.site.url}/chat?lang=et`);
    await bubbles(page).first().waitFor();
    await chips(page).first().click();
    await bubbles(page).nth(2).waitFor();
    await page.reload();
    await bubbles(page).nth(2).waitFor();
    await chips(page).first().waitFor();
    await page.locator('button[data-command=human]:not([disabled])').waitFor();
    const stops = await tabThrough(page);
    expect(stops.slice(0, 5)).toEqual(['language', 'back', 'again', 'startOver', 'human']);
    expect(
      stops.slice(5).every((stop) => stop.startsWith('webchat')),
      stops.join(', '),
    ).toBe(true);
    expect(stops.length).toBeGreaterThan(8);
    await page.context().close();
  });

  test('on the page: past the navigation into the chat', async () => {
    const page = await visit(`${opened.site.url}/?lang=en`);
    await bubbles(page.frameLocator('iframe')).first().waitFor();
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.className')).toBe('skip');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.evaluate('location.hash')).not.toBe('');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.tagName')).toBe('IFRAME');
    await page.context().close();
  });
});

describe.skipIf(missing)('for ears and for those whom movement disturbs', { timeout: 120_000 }, () => {
  test('each new message is announced once, earlier ones not again', async () => {
    const page = await visit(
      `${opened.site.url}/chat?lang=lv`,
      `window.heard = [];
      new MutationObserver((changes) => {
        for (const { addedNodes } of changes) for (const node of addedNodes) {
          const element = node.nodeType === 1 ? node : node.parentElement;
          if (element?.closest('[role=log], [role=status], [role=alert], [aria-live]:not([aria-live=off])')) heard.push(node.textContent);
        }
      }).observe(document, { subtree: true, childList: true, characterData: true })`,
    );
    const times = async () => {
      const shown = (await bubbles(page).allTextContents()).map((text) => text.replace(/\s+/g, '').slice(0, 60));
      const heard = ((await page.evaluate('heard')) as string[]).map((text) => text.replace(/\s+/g, ''));
      return shown.map((text) => heard.filter((one) => one.includes(text)).length);
    };
    /** What was said is taken out again after a while. */
    const said = async () => (await page.locator('[role=log]').allTextContents()).join('');
    await expect.poll(times).toEqual([1]);
    await expect.poll(said).toBe('');
    await page.evaluate('heard = []');
    await chips(page).first().click();
    await bubbles(page).nth(2).waitFor();
    await expect.poll(times).toEqual([0, 1, 1]);
    await expect.poll(said).toBe('');
    expect(await times(), 'and not again').toEqual([0, 1, 1]);
    await page.context().close();
  });

  test('nothing moves for those who ask for that, in our parts and in Web Chat', async () => {
    const moving = `(() => {
      const all = [...document.querySelectorAll('*')].flatMap((e) => [e, ...(e.shadowRoot?.querySelectorAll('*') ?? [])]);
      return all.filter((e) => {
        const { transitionDuration, animationName, animationDuration } = getComputedStyle(e);
        return /[1-9]/.test(transitionDuration) || (animationName !== 'none' && /[1-9]/.test(animationDuration));
      }).map((e) => e.className);
    })()`;
    const page = await visit(`${opened.site.shopUrl}?lang=et`);
    const button = page.getByRole('button', { name: web('et', 'widget.open') });
    await button.click();
    await bubbles(page.frameLocator('iframe')).first().waitFor();
    for (const frame of page.frames()) expect(await frame.evaluate(moving), frame.url()).toEqual([]);
    await page.emulateMedia({ reducedMotion: 'no-preference' });
    expect(await page.evaluate(moving)).toContain('button');
    await page.context().close();
  });
});
