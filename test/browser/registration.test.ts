/** A whole registration in a real browser, with Microsoft's Web Chat, by buttons and by typing. */
import type { FrameLocator } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { formLink } from '../../src/conversation/node-reply.ts';
import { texts } from '../helpers/world.ts';
import { chromiumIsMissing } from './chromium.ts';
import { chips, piece, said, type, useWebsite, watchProblems } from './website.ts';

const missing = chromiumIsMissing();
const opened = useWebsite();

/** `@node.option` presses that button; anything else is typed. */
const steps: [step: string, next: string][] = [
  ['@menu.register', 'register.start'],
  ['@register.start.newAccount', 'register.authorised'],
  ['yes', 'register.vat'],
  ['@register.vat.no', 'register.documentsOther'],
  ['1', 'register.hadCps'],
  ['@register.hadCps.yes', 'register.enterOldEmail'],
  ['@register.enterOldEmail.next', 'register.apply'],
  ['@register.apply.sent', 'register.sentOn'],
  ['yesterday', 'register.country'],
  ['country', 'register.wait'],
  ['@register.wait.mailHere', 'register.setPassword'],
  ['@register.setPassword.worked', 'register.login'],
  ['@register.login.yes', 'register.myProducts'],
  ['@register.myProducts.both', 'register.migrate'],
  ['@register.migrate.done', 'register.ticks'],
  ['@register.ticks.yes', 'tiers.points'],
  ['1800', 'register.invitation'],
  ['@register.invitation.yes', 'register.chooseLevel'],
  ['@register.chooseLevel.next', 'payment.method'],
  ['@payment.method.card', 'payment.cardMore'],
  ['@payment.cardMore.enough', 'register.done'],
];
const typed: Record<string, Record<string, string>> = {
  et: { yes: 'jah', yesterday: 'eile', country: 'Eesti' },
  lv: { yes: 'jā', yesterday: 'vakar', country: 'Latvija' },
};

const label = (language: string, path: string) => {
  const [flow = '', node = '', option] = path.split('.');
  return option
    ? texts.label(language, `flows:${flow}.${node}.options.${option}`)
    : texts.label(language, `bot:menu.options.${node}`);
};

describe.skipIf(missing)('a registration in Web Chat', { timeout: 240_000 }, () => {
  test.each(['et', 'lv'])('in %s, to the end', async (language) => {
    const page = await opened.browser.newPage({ viewport: { width: 1100, height: 900 }, timezoneId: 'Europe/Riga' });
    const problems = watchProblems(page);
    await page.goto(`${opened.site.url}/?lang=${language}`);
    const chat: FrameLocator = page.frameLocator('iframe');
    for (const [step, next] of steps) {
      if (step.startsWith('@'))
        await chips(chat)
          .filter({ hasText: new RegExp(`^${escaped(label(language, step.slice(1)))}$`) })
          .click();
      else await type(chat, typed[language]![step] ?? step);
      await said(chat, piece(language, `flows:${next}.text`));
      if (next === 'register.apply') {
        expect(await chat.locator(`a[href="${formLink}"]`).count()).toBeGreaterThan(0);
      }
    }
    expect(await chat.locator('a[href^="mailto:"]').count(), 'no address is a link').toBe(0);
    expect(problems).toEqual([]);
    await page.close();
  });
});

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
