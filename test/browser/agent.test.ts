import { describe, expect, test } from 'vitest';
import { createDeskTurns } from '../../src/bot/desk-turns.ts';
import { testWorld, texts } from '../helpers/world.ts';
import { chromiumIsMissing } from './chromium.ts';
import { bubbles, chips, piece, said, type, useWebsite, watchProblems } from './website.ts';

const missing = chromiumIsMissing();

const opened = useWebsite();

const label = (key: string) => texts.label('et', key);

describe.skipIf(missing)('a talk with an agent in Web Chat', { timeout: 120_000 }, () => {
  test('hand-off events are borne: nothing of them is shown, and the words keep their buttons', async () => {
    const page = await opened.browser.newPage();
    const problems = watchProblems(page);
    await page.goto(`${opened.site.url}/?lang=et`);
    const chat = page.frameLocator('iframe');
    await bubbles(chat).first().waitFor();
    const { store } = opened.site.house;
    const tickets = async () => {
      const all: string[] = [];
      for await (const { key } of store.scan('ticket')) all.push(key.replace('ticket/', ''));
      return all;
    };
    const words = async () => (await bubbles(chat).allTextContents()).join('\n');
    for (const [text, next] of [
      [label('bot:commands.human.label'), 'topic'],
      ['10', 'question'],
      ['Kus?', 'company'],
      ['Foto OÜ', 'email'],
      ['mina@example.com', 'reply'],
      ['1', 'summary'],
    ] as const) {
      await type(chat, text);
      await said(chat, piece('et', `flows:contactSupport.${next}.text`));
    }
    await type(chat, '1');
    await expect.poll(async () => (await tickets()).length).toBe(1);
    const [ticket = ''] = await tickets();

    const settings = { reachable: true, desk: true, supportLanguage: 'et' };
    const random = (bytes: number) => new Uint8Array(bytes);
    const desk = createDeskTurns({ store, texts, settings, random, now: Date.now, understand: testWorld().understand });
    const { conversation } = (await desk.read(ticket))!;
    /** Every message of the talk has its bubble, and nothing else has one. */
    const expectMessages = async () => {
      const lines = (await store.lines(conversation, 0, 1000)).map(({ value }) => value as { type: string });
      const messages = lines.filter((line) => line.type === 'message').length;
      await expect.poll(() => bubbles(chat).count()).toBe(messages);
      expect(lines.length, 'events are there too').toBeGreaterThan(messages);
    };
    const mari = { id: 'mari', name: 'Mari', language: 'et' };
    await desk.act(ticket, { verb: 'claim' }, mari, 'p1');
    await expect.poll(words).toContain(label('bot:handoff.asTyped'));
    await expectMessages();
    await desk.act(ticket, { verb: 'answer', text: 'Tere, siin Mari' }, mari, 'p2');
    await expect.poll(words).toContain('Mari: Tere, siin Mari');
    await desk.act(ticket, { verb: 'close', cause: 'answered', verdict: 'right' }, mari, 'p3');
    await expect.poll(words).toContain(label('bot:rating.text'));
    await expectMessages();
    await expect
      .poll(() => chips(chat).allTextContents())
      .toEqual(['good', 'notGood', 'reopen'].map((name) => label(`bot:rating.options.${name}`)));
    expect(await words()).not.toMatch(/handoff|accepted|completed/);
    expect(problems).toEqual([]);
    await page.close();
  });
});
