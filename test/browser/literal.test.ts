/** What a customer writes stands in the chat as it was written, now and when they come back: no markup, no link. */
import { describe, expect, test } from 'vitest';
import { texts } from '../helpers/world.ts';
import { chromiumIsMissing } from './chromium.ts';
import { bubbles, type, useWebsite, watchProblems } from './website.ts';

const missing = chromiumIsMissing();
const opened = useWebsite();

const evil =
  '**bold** [link](https://evil.example) <img src=x onerror=alert(1)> <b>b</b> # https://evil.example donotreply@canon-europe.com';

describe.skipIf(missing)('in Web Chat', { timeout: 60_000 }, () => {
  test('somebody’s own words are literal, in the message and where the bot says them again', async () => {
    const page = await opened.browser.newPage();
    const problems = watchProblems(page);
    await page.goto(`${opened.site.url}/chat?lang=en`);
    await bubbles(page).first().waitFor();
    const say = async (text: string) => {
      const before = await bubbles(page).count();
      await type(page, text);
      await expect.poll(() => bubbles(page).count(), { timeout: 10_000 }).toBeGreaterThan(before + 1);
    };
    // Up to the summary of the request, which repeats the words.
    for (const text of [
      texts.label('en', 'bot:commands.human.label'),
      '10',
      evil,
      evil.slice(0, 60),
      'me@example.com',
      '1',
    ])
      await say(text);
    const look = async () => {
      const own = bubbles(page).filter({ hasText: '**bold** [link](https://evil.example)' });
      expect(await own.count()).toBeGreaterThanOrEqual(3);
      expect((await own.first().textContent())?.trim()).toBe(evil);
      for (const part of [
        'a[href*="evil.example"]',
        'a[href^="mailto:"]',
        'img[src="x"]',
        'b',
        'strong:has-text("bold")',
        'h1:has-text("evil")',
      ])
        expect(await page.locator(`#chat .webchat__bubble ${part}`).count(), part).toBe(0);
    };
    await look();
    await page.reload();
    await expect.poll(() => bubbles(page).count(), { timeout: 10_000 }).toBeGreaterThan(10);
    await look();
    expect(problems).toEqual([]);
    await page.close();
  });
});
