import { describe, expect, test } from 'vitest';
import { everyLanguage, talk } from '../helpers/talk.ts';

const surcharge: Record<string, RegExp> = { et: /lisatasu/i, lv: /papildu maks/i, en: /surcharge/i };

describe.each(everyLanguage)('payment, in %s', (language) => {
  const after = (...options: string[]) => {
    const customer = talk(language);
    customer.say('@payment');
    for (const option of options) customer.say(`@${option}`);
    return customer;
  };

  test('the surcharge stands in the answer about the transfer, never in the one about the card (F42)', () => {
    expect(after('transfer').words()).toMatch(surcharge[language]!);
    expect(after('card').words()).not.toMatch(surcharge[language]!);
    expect(after('card', 'thirtyDays').words()).not.toMatch(surcharge[language]!);
  });

  test('the 30 days stand at the card only (F44, F45)', () => {
    expect(after('card').words()).toContain('30');
    expect(after('transfer').words()).not.toContain('30');
  });

  test.each([
    [['otherMethod'], 'payment.method'],
    [['card', 'thirtyDays'], 'payment.cardMore'],
    [['card', 'invoiceMissing', 'today'], 'payment.waitForInvoice'],
    [['transfer', 'invoiceMissing', 'earlier'], 'contactSupport.question'],
    [['card', 'problem'], 'contactSupport.question'],
    [['transfer', 'overdue'], 'contactSupport.question'],
    [['compare', 'later'], 'payment.finished'],
  ])('%j -> %s', (options, node) => {
    expect(after(...options).where()).toBe(node);
  });
});
