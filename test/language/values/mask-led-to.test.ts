import { describe, expect, test } from 'vitest';
import { MASK } from '../../../src/language/values/mask.ts';
import { ledTo, maskLedTo } from '../../../src/language/values/mask-led-to.ts';

describe('a text that leads to a secret', () => {
  test.each([
    'My password is',
    'my password is...',
    'my new password will be',
    'Minu parool on',
    'Mu uus parool saab olema',
    'parool on selline:',
    'Mana parole ir',
    'parole:',
    'parool:',
    'password -',
    'paro\u00adol:',
    'mu PIN on',
    'Mana PIN ir',
    'PIN:',
    'Mano slaptažodis yra',
    'Мой пароль это',
    'Salasanani on',
    'Mitt lösenord är',
    'Mein Passwort lautet',
    'mon mot de passe est',
    'Moje hasło to',
  ])('to a password: %s', (text) => {
    expect(ledTo(text)).toBe('password');
  });

  test.each(['CVC:', 'turvakood on', 'drošības kods ir', 'security code is'])('to a check number: %s', (text) => {
    expect(ledTo(text)).toBe('card');
  });

  test.each([
    'I forgot my password',
    'I do not know what my password is',
    'Ma ei tea, mis mu parool on',
    'Nezinu, kāda mana parole ir',
    'Kas parool on?',
    'parool ei tööta',
    'Unustasin PIN koodi',
    'parole',
    'See on',
    'Tere:',
    `parool on ${MASK}`,
    'parool: Kass123',
    '',
  ])('not: %s', (text) => {
    expect(ledTo(text)).toBeUndefined();
  });
});

describe('what comes after it', () => {
  test.each([
    ['Xyzzy7Secret', MASK],
    ['kassipoeg', MASK],
    ['"blue horse"', `"${MASK}"`],
    ['4711', MASK],
    ['𝟒𝟕𝟏𝟏 😀', `${MASK} 😀`],
    ['Hunter2! aitäh', `${MASK}! aitäh`],
    ['see on siis Kass1234, ei tööta', `see on siis ${MASK}, ei tööta`],
  ])('%s', (text, masked) => {
    expect(maskLedTo(text, 'password')).toEqual({ text: masked, found: ['password'] });
  });

  test('a check number', () => {
    expect(maskLedTo('123', 'card')).toEqual({ text: MASK, found: ['card'] });
  });

  test.each([
    '2',
    '500',
    'ei',
    'unustasin',
    'kadunud?',
    'ei tea',
    'blue horse battery',
    'Kuidas ma selle lähtestan?',
    'mari@firma.ee',
    '👍',
    '',
    MASK,
  ])('stays: %s', (text) => {
    expect(maskLedTo(text, 'password')).toEqual({ text, found: [] });
  });
});
