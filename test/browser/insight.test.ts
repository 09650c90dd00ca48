/** The support team's page in a real browser. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { insightRoutes } from '../../src/ops/insight/route.ts';
import { type House, openHouse } from '../helpers/converse.ts';
import { type Serving, serve } from '../helpers/serve.ts';
import { testConfig } from '../helpers/test-config.ts';
import { friday, texts } from '../helpers/world.ts';
import { customers, day, entered } from '../ops/insight/customers.ts';
import { type Finding, findings } from './axe.ts';
import { chromiumIsMissing, launchChromium } from './chromium.ts';
import { watchProblems } from './website.ts';

const missing = chromiumIsMissing();
let house: House;
let serving: Serving;
let browser: Browser | undefined;
beforeAll(async () => {
  if (missing) return;
  house = await openHouse();
  const { walk, request, agent, say } = customers(house.store);
  for (const language of texts.languages) {
    for (let i = 0; i < 6; i++) {
      const id = `${language}-${i}`;
      await say(id, language, 'qwertz');
      await walk(id, language, 'bot:commands.menu.label', entered('register'), 'register.start.applied');
      const ticket = await request(id, language, 'noPasswordMail');
      await agent(ticket, friday + (i + 1) * 600_000, { verb: 'claim' });
      await agent(ticket, friday + day, { verb: 'answer', text: 'Hello' });
      const verdict = i % 2 ? 'wrong' : 'right';
      await agent(ticket, friday + i * day, { verb: 'close', cause: 'mailInSpam', verdict });
    }
  }
  const config = testConfig({ RATE_REQUESTS: '0' });
  const now = () => friday + 10 * day;
  serving = await serve([insightRoutes({ store: house.store, texts, config, now })], { config });
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  await serving?.close();
  await house?.close();
});

/**
 * What axe leaves to a person: it does not see what lies behind a text in a picture, which has the colours of the texts around
 * on the same ground; and it does not follow a heading over a group of rows (scope="rowgroup").
 */
const isLookedAt = ({ rule, where, isDoubt }: Finding) =>
  isDoubt &&
  ((rule === 'color-contrast' && /^text\[|svg.*text/.test(where)) ||
    (rule === 'th-has-data-cells' && where.includes('.matrix')));

describe.skipIf(missing)('the insight page', { timeout: 180_000 }, () => {
  test.each(texts.languages)('in %s: axe finds nothing, light and dark, at 320 px', async (language) => {
    const page = await browser!.newPage();
    const problems = watchProblems(page);
    await page.goto(`${serving.url}/insight?lang=${language}`);
    expect(await page.locator('section').count()).toBe(5);
    // Steps with bars, phrases, both matrices and the two pictures are all there.
    for (const part of ['svg.bar', 'table.matrix', 'svg.picture']) {
      expect(await page.locator(part).count(), part).toBeGreaterThan(1);
    }
    expect(await page.getByText('qwertz').count()).toBe(texts.languages.length);
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const width of language === 'en' ? [320, 1000] : [320]) {
        await page.setViewportSize({ width, height: 640 });
        await page.emulateMedia({ colorScheme });
        const found = (await findings(page.mainFrame())).filter((one) => !isLookedAt(one));
        expect(found, `${colorScheme}, ${width} px`).toEqual([]);
        expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
      }
    }
    expect(problems).toEqual([]);
    await page.close();
  });
});
