import { describe, expect, test } from 'vitest';
import { createDeskTurns } from '../../src/bot/desk-turns.ts';
import { testWorld, texts } from '../helpers/world.ts';
import { chromiumIsMissing } from './chromium.ts';
import { bubbles, chips, type, useWebsite, watchProblems } from './website.ts';

const missing = chromiumIsMissing();

const opened = useWebsite();

const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 10_000 });
const label = (key: string) => texts.label('et', key);

describe.skipIf(missing)('a talk with an agent in Web Chat', { timeout: 60_000 }, () => {
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
    for (const text of [label('bot:commands.human.label'), '10', 'Kus?', 'Foto OÜ', 'mina@example.com', '1', '1']) {
      const before = await bubbles(chat).count();
      await type(chat, text);
      await eventually(() => bubbles(chat).count()).toBeGreaterThan(before + 1);
    }
    await eventually(async () => (await tickets()).length).toBe(1);
    const [ticket = ''] = await tickets();

    const settings = { reachable: true, desk: true, supportLanguage: 'et' };
    const random = (bytes: number) => new Uint8Array(bytes);
    const desk = createDeskTurns({ store, texts, settings, random, now: Date.now, understand: testWorld().understand });
    const mari = { id: 'mari', name: 'Mari', language: 'et' };
    await desk.act(ticket, { verb: 'claim' }, mari, 'p1');
    await eventually(words).toContain(label('bot:handoff.asTyped'));
    await desk.act(ticket, { verb: 'answer', text: 'Tere, siin Mari' }, mari, 'p2');
    await eventually(words).toContain('Mari: Tere, siin Mari');
    const before = await bubbles(chat).count();
    await desk.act(ticket, { verb: 'close', cause: 'answered', verdict: 'right' }, mari, 'p3');
    await eventually(words).toContain(label('bot:rating.text'));
    expect(await bubbles(chat).count(), 'one message more').toBe(before + 1);
    await eventually(() => chips(chat).allTextContents()).toEqual(
      ['good', 'notGood', 'reopen'].map((name) => label(`bot:rating.options.${name}`)),
    );
    expect(await words()).not.toMatch(/handoff|accepted|completed/);
    expect(problems).toEqual([]);
    await page.close();
  });
});
