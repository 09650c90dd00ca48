/** What the customer has had in sight is told until it is heard: else it goes to them by mail although they have read it. */
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { agentOf, askForHuman } from './agent-at-the-desk.ts';
import { chromiumIsMissing } from './chromium.ts';
import { openWay } from './on-the-way.ts';
import { said, type, useWebsite } from './website.ts';

const missing = chromiumIsMissing();
const opened = useWebsite();

let way: Awaited<ReturnType<typeof openWay>>;
let page: Page;
beforeEach(async () => {
  if (missing) return;
  way = await openWay(opened.site.url);
  page = await opened.browser.newPage();
});
afterEach(async () => {
  if (missing) return;
  await page.close();
  await way.close();
});

const told = () => way.answered.filter(({ body }) => body.includes('"support/seen"'));
const show = (state: 'visible' | 'hidden') =>
  page.evaluate(`{
    Object.defineProperty(document, 'visibilityState', { configurable: true, value: '${state}' });
    document.dispatchEvent(new Event('visibilitychange'));
  }`);

async function talkWithAgent() {
  await page.goto(`${way.url}/chat?lang=lv`);
  await askForHuman(page, 'lv');
  const mari = await agentOf(opened.site.house.store);
  await mari.claims();
  await type(page, 'Labdien');
  await expect.poll(mari.reads).toEqual(['Labdien']);
  return mari;
}

describe.skipIf(missing)('an agent’s message in Web Chat', { timeout: 120_000 }, () => {
  test('that comes into sight while the server is away is told as seen once it is back, without another message', async () => {
    const mari = await talkWithAgent();
    await show('hidden');
    await mari.answers('Sveiki');
    await said(page, 'Mari: Sveiki');
    expect(await mari.deliveries()).toEqual(['delivered']);
    const before = told().length;
    way.lets('away');
    await show('visible');
    await page.waitForTimeout(1500);
    way.lets('everything');
    await expect.poll(mari.deliveries).toEqual(['seen']);
    await page.waitForTimeout(5000);
    expect(
      told()
        .slice(before)
        .map(({ status }) => status),
      'heard once, and not told again',
    ).toEqual([200]);
  });

  test('is told once, however often the customer looks; of several that come together the last', async () => {
    const mari = await talkWithAgent();
    await show('hidden');
    const before = told().length;
    for (const words of ['Viens', 'Divi', 'Trīs']) await mari.answers(words);
    await said(page, 'Mari: Trīs');
    for (const state of ['visible', 'hidden', 'visible'] as const) await show(state);
    await expect.poll(mari.deliveries).toEqual(['seen', 'seen', 'seen']);
    for (const state of ['hidden', 'visible'] as const) await show(state);
    await page.waitForTimeout(500);
    expect(told().length - before).toBe(1);
  });

  test('that sends the customer into a flow is told as well', async () => {
    const mari = await talkWithAgent();
    await mari.guides();
    await expect.poll(mari.deliveries).toEqual(['seen']);
  });
});
