import { describe, expect, test } from 'vitest';
import { everyLanguage, talk } from '../helpers/talk.ts';

describe.each(everyLanguage)('the MIGRATE PRODUCTS button is missing, in %s', (language) => {
  const after = (...options: string[]) => {
    const customer = talk(language);
    customer.say('@migrateButtonMissing');
    for (const option of options) customer.say(`@${option}`);
    return customer;
  };

  test.each([
    ['B1', ['no'], 'register.mailArrived'],
    ['B2', ['yes', 'no'], 'migrateButtonMissing.openMyProducts'],
    ['B2 found', ['yes', 'no', 'yes'], 'migrateButtonMissing.pressButton'],
    ['B7', ['yes', 'yes', 'yes'], 'migrateButtonMissing.maybeMigrated'],
    ['B7 all there', ['yes', 'yes', 'yes', 'none'], 'greenTickMissing.which'],
    ['B3', ['yes', 'yes', 'no', 'no'], 'migrateButtonMissing.nothingToMigrate'],
    ['B4', ['yes', 'yes', 'no', 'yes', 'no'], 'migrateButtonMissing.notGiven'],
    ['B4 again', ['yes', 'yes', 'no', 'yes', 'no', 'registerAgain'], 'migrateButtonMissing.registerAgain'],
    ['B5', ['yes', 'yes', 'no', 'yes', 'unsure'], 'migrateButtonMissing.notGivenUnsure'],
  ])('%s', (_row, options, node) => {
    expect(after(...options).where()).toBe(node);
  });

  test('B6: certain that it was given: always to support, with the old address and the day of the application', () => {
    const customer = after('yes', 'yes', 'no', 'yes', 'yes');
    expect(customer.state.topic).toBe('migrateMissing');
    expect(customer.where()).toBe('contactSupport.oldEmail');
    const asked = [];
    for (let i = 0; i < 8 && customer.where() !== 'contactSupport.summary'; i++) {
      asked.push(customer.where().split('.')[1]);
      customer.say('@skip');
    }
    expect(asked).toEqual(['oldEmail', 'oldNumber', 'productCount', 'sentOn', 'company', 'email', 'reply']);
  });

  test.each([[[]], [['yes']], [['yes', 'yes']], [['yes', 'yes', 'no']], [['yes', 'yes', 'no', 'yes']]])(
    'B8: "something else" after %j goes to support',
    (options) => {
      const customer = after(...options, 'other');
      expect(customer.where()).toBe('contactSupport.oldEmail');
    },
  );
});
