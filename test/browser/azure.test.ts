/** With DIRECT_LINE=azure the chat frame talks to another server; a Direct Line of ours on another port stands in for Azure. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { azureDirectLineRoutes } from '../../src/channels/directline/azure.ts';
import { webRoutes } from '../../src/channels/web/routes.ts';
import { type Serving, serve } from '../helpers/serve.ts';
import { serveDirectLine } from '../helpers/serve-direct-line.ts';
import { testConfig } from '../helpers/test-config.ts';
import { texts } from '../helpers/world.ts';
import { chromiumIsMissing, launchChromium } from './chromium.ts';
import { bubbles, type, watchProblems } from './website.ts';

const missing = chromiumIsMissing();
const secret = 'aQ3wE5rT7yU9iO1pA2sD4fG6hJ8kL0zX';
const config = testConfig({ DIRECT_LINE: 'azure', DIRECT_LINE_SECRET: secret, RATE_REQUESTS: '0' });

let azure: Awaited<ReturnType<typeof serveDirectLine>>;
let ours: Serving;
let browser: Browser | undefined;
const domain = () => `${azure.url}/v3/directline`;
beforeAll(async () => {
  if (missing) return;
  [azure, browser] = await Promise.all([serveDirectLine({ env: { DIRECT_LINE_SECRET: secret } }), launchChromium()]);
  ours = await serve([
    azureDirectLineRoutes({ config, log: () => {}, now: Date.now, domain: domain() }),
    webRoutes({ config, texts, azure: domain() }),
  ]);
});
afterAll(async () => {
  await browser?.close();
  await ours?.close();
  await azure?.end();
});

async function openFrame(open = browser!.newPage()) {
  const page = await open;
  const problems = watchProblems(page);
  const asked: string[] = [];
  page.on('response', (response) => asked.push(response.url()));
  page.on('websocket', (socket) => asked.push(socket.url()));
  return { page, problems, asked };
}

describe.skipIf(missing)('the chat frame with the channel in Azure', { timeout: 120_000 }, () => {
  test('gets its token here, and everything else there: the talk, over the socket', async () => {
    const { page, problems, asked } = await openFrame();
    await page.goto(`${ours.url}/chat?lang=lv`);
    await bubbles(page).filter({ hasText: 'hello' }).waitFor();
    await type(page, 'labdien');
    await bubbles(page).filter({ hasText: 'echo: labdien' }).waitFor();
    const talk = asked.filter((url) => url.includes('/v3/directline/'));
    const here = talk.filter((url) => url.startsWith(ours.url));
    expect(here).toEqual([`${ours.url}/v3/directline/tokens/generate`]);
    expect(talk.some((url) => url.startsWith(azure.url.replace('http', 'ws')))).toBe(true);
    expect(azure.turns.received.at(-1)).toMatchObject({ text: 'labdien', from: { id: expect.stringMatching(/^dl_/) } });
    expect(problems).toEqual([]);
    expect(await page.content()).not.toContain(secret);
    await page.close();
  });

  test('is let out to no other address, whatever a token says', async () => {
    const other = await serveDirectLine();
    const { page, problems, asked } = await openFrame();
    await page.route('**/tokens/generate', async (route) => {
      const answer = (await (await route.fetch()).json()) as object;
      await route.fulfill({ json: { ...answer, domain: `${other.url}/v3/directline` } });
    });
    await page.goto(`${ours.url}/chat?lang=en`);
    await expect.poll(() => problems.join()).toContain('connect-src');
    expect(asked.filter((url) => url.startsWith(other.url))).toEqual([]);
    await page.close();
    await other.end();
  });

  test('remembers the language that the talk has gone on in, though nothing can be resumed', async () => {
    const context = await browser!.newContext();
    const { page, problems } = await openFrame(context.newPage());
    await page.goto(`${ours.url}/chat?lang=et`);
    await bubbles(page).first().waitFor();
    const kept = async () => JSON.parse(String(await page.evaluate(`localStorage.getItem('support-chat')`)));
    await expect.poll(kept).toEqual({ resume: '', language: 'et', pageLanguage: 'et' });
    await page.reload();
    await bubbles(page).first().waitFor();
    expect(problems).toEqual([]);
    await context.close();
  });
});
