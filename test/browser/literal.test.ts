/** What a customer writes stands in the chat as it was written, now and when they come back: no markup, no link. */
import { describe, expect, test } from 'vitest';
import { texts } from '../helpers/world.ts';
import { chromiumIsMissing } from './chromium.ts';
import { bubbles, piece, said, type, useWebsite, watchProblems } from './website.ts';

const missing = chromiumIsMissing();
const opened = useWebsite();

const evil =
  '**bold** [link](https://evil.example) <img src=x onerror=alert(1)> <b>b</b> # https://evil.example donotreply@canon-europe.com';

describe.skipIf(missing)('in Web Chat', { timeout: 120_000 }, () => {
  test('somebody’s own words are literal, in the message and where the bot says them again', async () => {
    const page = await opened.browser.newPage();
    const problems = watchProblems(page);
    await page.goto(`${opened.site.url}/chat?lang=en`);
    await bubbles(page).first().waitFor();
    const asked = (node: string) => said(page, piece('en', `flows:contactSupport.${node}.text`));
    // Up to the summary of the request, which repeats the words.
    for (const [text, next] of [
      [texts.label('en', 'bot:commands.human.label'), 'topic'],
      ['10', 'question'],
      [evil, 'company'],
      [evil.slice(0, 60), 'email'],
      ['me@example.com', 'reply'],
      ['1', 'summary'],
    ] as const) {
      await type(page, text);
      await asked(next);
    }
    const look = async () => {
      const own = bubbles(page).filter({ hasText: '**bold** [link](https://evil.example)' });
      // As it was written, twice, and in the summary.
      await expect.poll(() => own.count()).toBe(3);
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
    await asked('summary');
    await look();
    expect(problems).toEqual([]);
    await page.close();
  });
});
