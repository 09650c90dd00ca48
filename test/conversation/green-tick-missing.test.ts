import { describe, expect, test } from 'vitest';
import { everyLanguage, talk } from '../helpers/talk.ts';

describe.each(everyLanguage)('the green tick is missing, in %s', (language) => {
  const after = (...options: string[]) => {
    const customer = talk(language);
    customer.say('@greenTickMissing');
    for (const option of options) customer.say(`@${option}`);
    return customer;
  };

  test.each([
    ['C1', ['notStarted'], 'greenTickMissing.notStarted'],
    ['C1 by hand', ['notStarted', 'byHand'], 'register.registerByHand'],
    ['C2', ['some', 'serialNumber'], 'greenTickMissing.serialNumber'],
    ['C2 cannot be read', ['some', 'serialNumber', 'cannotRead'], 'contactSupport.products'],
    ['C3', ['all', 'purchaseDate'], 'greenTickMissing.purchaseDate'],
    ['C4', ['some', 'purchaseCountry'], 'greenTickMissing.purchaseCountry'],
    ['C5 not in the list', ['some', 'dealer', 'notInList'], 'contactSupport.products'],
    ['C6', ['some', 'otherField'], 'greenTickMissing.otherField'],
    ['C7', ['some', 'nothingEmpty', 'no', 'no'], 'contactSupport.products'],
    ['C7 helped', ['some', 'nothingEmpty', 'no', 'yes'], 'greenTickMissing.tickThere'],
    ['C8', ['noPoints'], 'greenTickMissing.noPoints'],
    ['C9', ['sumWrong'], 'contactSupport.products'],
  ])('%s', (_row, options, node) => {
    expect(after(...options).where()).toBe(node);
  });

  test('a guess is allowed for date, country and dealer, and not for the serial number', () => {
    const guess = { et: 'oletus', lv: 'pietiek ar aptuvenu', en: 'best guess' }[language]!;
    for (const field of ['purchaseDate', 'purchaseCountry', 'dealer']) {
      expect(after('some', field).words()).toMatch(new RegExp(guess, 'i'));
    }
    expect(after('some', 'serialNumber').words()).not.toMatch(new RegExp(guess, 'i'));
  });

  test('fields are understood in the words that people type', () => {
    const typed = { et: 'seerianumbrit', lv: 'sērijas numuru', en: 'serial no' }[language]!;
    const customer = after('some');
    customer.say(typed);
    expect(customer.where()).toBe('greenTickMissing.serialNumber');
  });
});
