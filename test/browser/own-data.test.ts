/** The customer's own data in a real browser: the notice, the file that can be saved once, and the end of an erased conversation. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BotProcess, startBot } from '../helpers/bot-process.ts';
import { texts } from '../helpers/world.ts';
import { chromiumIsMissing, launchChromium } from './chromium.ts';
import { bubbles, said, type, watchProblems } from './website.ts';

const missing = chromiumIsMissing();
let folder: string;
let bot: BotProcess;
let browser: Browser | undefined;
beforeAll(async () => {
  if (missing) return;
  folder = await mkdtemp(join(tmpdir(), 'cps-own-data-'));
  const env = {
    DATA_DIR: folder,
    RETENTION_DAYS: '45',
    DATA_CONTROLLER: 'Foto Abi',
    PRIVACY_URL: 'https://example.com/privacy',
  };
  [bot, browser] = await Promise.all([startBot(env), launchChromium()]);
});
afterAll(async () => {
  await browser?.close();
  await bot?.stop();
  if (folder) await rm(folder, { recursive: true, force: true });
});

async function open(page: Page, language: string): Promise<FrameLocator> {
  await page.goto(`${bot.url}/?lang=${language}`);
  const chat = page.frameLocator('iframe');
  await said(chat, 'Foto Abi');
  return chat;
}

describe.skipIf(missing)('a customer’s own data in Web Chat', { timeout: 180_000 }, () => {
  test.concurrent.each(['et', 'lv', 'en'])(
    'in %s: told, saved as a file once, deleted; then a new chat',
    async (language) => {
      const label = (key: string) => texts.label(language, key);
      const frame = (texts.file(language, 'web') as { frame: Record<string, string> }).frame;
      const page = await browser!.newPage({ viewport: { width: 900, height: 800 } });
      const problems = watchProblems(page);
      let chat = await open(page, language);
      await said(chat, '45');
      expect(await chat.locator('a[href="https://example.com/privacy"]').count()).toBe(1);

      const answered = page.waitForResponse((response) => !!response.request().postData()?.includes('zyxomma'));
      await type(chat, 'zyxomma');
      const posted = (await answered).request();
      const { authorization = '' } = posted.headers();
      const status = async () => (await fetch(posted.url(), { headers: { authorization } })).status;
      expect(await status()).toBe(200);
      await type(chat, label('bot:data.commands.show.label'));
      const button = chat.locator('.ac-pushButton').filter({ hasText: frame.saveFile! });
      const downloading = page.waitForEvent('download');
      await button.click();
      const file = await (await downloading).path();
      const copy = JSON.parse(await readFile(file, 'utf8')) as { transcript: { text?: string }[] };
      expect(copy.transcript.map(({ text }) => text)).toContain('zyxomma');
      expect(problems).toEqual([]);
      await button.click();
      await chat.locator('#trouble').filter({ hasText: frame.notSaved! }).waitFor();

      await type(chat, label('bot:data.commands.erase.label'));
      await said(chat, label('bot:data.proof.word'));
      await type(chat, label('bot:data.proof.word'));
      const notice = chat.locator('#notice');
      await notice.filter({ hasText: /R-[0-9A-Z]{4}-[0-9A-Z]{2}/ }).waitFor();
      expect(await notice.innerText()).not.toContain('**');
      await expect.poll(status, { timeout: 40_000 }).toBe(404);
      await page.waitForTimeout(2000);
      expect(await notice.innerText(), 'it stays when the conversation is gone').toMatch(/R-/);
      await notice.getByRole('button', { name: frame.startNew! }).click();
      chat = page.frameLocator('iframe');
      await expect.poll(() => bubbles(chat).count(), { message: 'a new chat' }).toBe(1);
      await said(chat, 'Foto Abi');
      await page.reload();
      chat = page.frameLocator('iframe');
      await said(chat, 'Foto Abi');
      expect(await bubbles(chat).filter({ hasText: 'zyxomma' }).count()).toBe(0);
      await page.close();
    },
  );
});
