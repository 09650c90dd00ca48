/** A customer behind a proxy that lets no WebSocket through: the chat goes on, only by fetching. */
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { azureDirectLineRoutes } from '../../src/channels/directline/azure.ts';
import { webRoutes } from '../../src/channels/web/routes.ts';
import { serve } from '../helpers/serve.ts';
import { serveDirectLine } from '../helpers/serve-direct-line.ts';
import { testConfig } from '../helpers/test-config.ts';
import { texts } from '../helpers/world.ts';
import { agentOf, askForHuman } from './agent-at-the-desk.ts';
import { chromiumIsMissing, launchChromium } from './chromium.ts';
import { openWay, type Passes } from './on-the-way.ts';
import { bubbles, openWebsite, said, type, watchProblems } from './website.ts';

const missing = chromiumIsMissing();
const lv = (key: string) => texts.label('lv', key);

let site: Awaited<ReturnType<typeof openWebsite>>;
let browser: Awaited<ReturnType<typeof launchChromium>>;
let way: Awaited<ReturnType<typeof openWay>>;
let context: BrowserContext;
let page: Page;
let problems: string[];

beforeAll(async () => {
  if (missing) return;
  // The limits that hold where nothing is set: whoever fetches must not run into them.
  const limits = { RATE_REQUESTS: '600', RATE_CONVERSATIONS: '60', RATE_MESSAGES: '60' };
  [site, browser] = await Promise.all([openWebsite(limits), launchChromium()]);
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
});
beforeEach(async () => {
  if (missing) return;
  way = await openWay(site.url);
  context = await browser!.newContext();
  page = await context.newPage();
  // Web Chat waits 3 to 15 seconds, by chance, before it connects again.
  await page.addInitScript(`{
    const { random } = Math;
    Math.random = function () { return this?.scheduler ? -0.24 : random.call(Math); };
  }`);
  problems = watchProblems(page);
});
afterEach(async () => {
  if (missing) return;
  await context.close();
  await way.close();
});

const talk = async () => (await bubbles(page).allTextContents()).map((text) => text.trim());
/** For how long the text of a whole talk may stay away: two tries of Web Chat to connect again. */
const eventually = () => expect.poll(talk, { timeout: 50_000 });
const trouble = async () =>
  `${await page.locator('#trouble').textContent()}${await page.locator('#notice').isVisible()}`;
const quiet = 'false';
const fetches = () => way.answered.filter(({ method, path }) => method === 'GET' && path.endsWith('/activities'));
const refused = (answered: typeof way.answered) => answered.filter(({ status }) => status >= 400);
/** Chromium itself says of each socket that it was refused. */
const otherProblems = () => problems.filter((problem) => !problem.startsWith('WebSocket connection'));

/** A talk with an agent, as far as her first words. */
async function talkWithAgent() {
  await page.goto(`${way.url}/chat?lang=lv`);
  await askForHuman(page, 'lv');
  const mari = await agentOf(site.house.store);
  await mari.claims();
  await said(page, lv('bot:handoff.asTyped'));
  await mari.answers('Sveiki, te Mari');
  await said(page, 'Mari: Sveiki, te Mari');
  return mari;
}

describe.skipIf(missing)('the chat where WebSockets do not get through', { timeout: 120_000 }, () => {
  test.each<Passes>(['no sockets', 'sockets hang', 'sockets are cut'])(
    '%s: questions, an agent’s words and a return are as ever',
    async (what) => {
      way.lets(what);
      const mari = await talkWithAgent();
      const before = await talk();
      expect(new Set(before.filter((text) => text !== '1')).size, 'nothing twice').toBe(before.length - 2);

      const sockets: string[] = [];
      page.on('websocket', (socket) => sockets.push(socket.url()));
      await page.reload();
      await eventually().toEqual(before);
      expect(sockets, 'it is known that they do not get through').toEqual([]);
      await mari.answers('Vai strādā?');
      await said(page, 'Mari: Vai strādā?');
      await type(page, 'Jā, paldies');
      await eventually().toEqual([...before, 'Mari: Vai strādā?', 'Jā, paldies']);
      expect(await trouble()).toBe(quiet);
      expect(refused(way.answered)).toEqual([]);
      expect(otherProblems()).toEqual([]);
    },
  );

  test('a socket that dies in the middle for good: nothing is lost or doubled', async () => {
    const mari = await talkWithAgent();
    expect(fetches()).toEqual([]);
    const before = await talk();
    way.lets('no sockets');
    await mari.answers('Vai strādā?');
    await eventually().toEqual([...before, 'Mari: Vai strādā?']);
    await type(page, 'Jā, paldies');
    await eventually().toEqual([...before, 'Mari: Vai strādā?', 'Jā, paldies']);
    expect(fetches().length).toBeGreaterThan(0);
    expect(await trouble()).toBe(quiet);
  });

  test('a server that is away for a while: what came meanwhile is there afterwards, once', async () => {
    way.lets('no sockets');
    const mari = await talkWithAgent();
    const before = await talk();
    way.lets('away');
    await mari.answers('Tikmēr');
    await page.waitForTimeout(2000);
    expect(await talk()).toEqual(before);
    way.lets('no sockets');
    await eventually().toEqual([...before, 'Mari: Tikmēr']);
    await type(page, 'Redzu');
    await eventually().toEqual([...before, 'Mari: Tikmēr', 'Redzu']);
  });
});

test.skipIf(missing)('with the channel in Azure the same: fetched there, and nowhere else', async () => {
  const secret = 'aQ3wE5rT7yU9iO1pA2sD4fG6hJ8kL0zX';
  const azure = await serveDirectLine({ env: { DIRECT_LINE_SECRET: secret } });
  const wayThere = await openWay(azure.url);
  wayThere.lets('no sockets');
  const config = testConfig({ DIRECT_LINE: 'azure', DIRECT_LINE_SECRET: secret, RATE_REQUESTS: '0' });
  const domain = `${wayThere.url}/v3/directline`;
  const ours = await serve([
    azureDirectLineRoutes({ config, log: () => {}, now: Date.now, domain }),
    webRoutes({ config, texts, azure: domain }),
  ]);
  await page.goto(`${ours.url}/chat?lang=lv`);
  await said(page, 'hello');
  await type(page, 'labdien');
  await eventually().toEqual(['hello', 'labdien', 'echo: labdien']);
  expect(refused(wayThere.answered)).toEqual([]);
  expect(otherProblems()).toEqual([]);
  await Promise.all([ours.close(), wayThere.close()]);
  await azure.end();
});
