import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MASK, maskSecrets } from '../../../src/language/values/mask.ts';
import { testMasked, testUntouched } from '../../helpers/marked.ts';

describe('card numbers are hidden', () => {
  testMasked('card', [
    '{4111 1111 1111 1111}',
    '{4111\n1111\n1111\n1111}',
    '{4111\r\n1111\r\n1111\r\n1111}',
    'kaart: {4111  1111    1111      1111} 12/27',
    '{4111\t\t\t\t1111\t\t\t\t1111\t\t\t\t1111}',
    '{4111/1111/1111/1111}',
    '{4111_1111_1111_1111}',
    '{4111,1111,1111,1111}',
    '{4111·1111·1111·1111}',
    '{4111 | 1111 | 1111 | 1111}',
    '*{4111* *1111* *1111* *1111}*',
    '({4111)(1111)(1111)(1111})',
    '{4111\u200b1111\u200b1111\u200b1111}',
    '{4111\u00ad1111\u00ad1111\u00ad1111}',
    '{4111\u2060111111111111}',
    '{4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1}',
    '{4111 1111 1111 1 111}',
    '{٤١١١ ١١١١ ١١١١ ١١١١}',
    '{४१११ ११११ ११११ ११११}',
    '{４１１１１１１１１１１１１１１１}',
    '{𝟒𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏}',
    '{④①①①①①①①①①①①①①①①}',
    '😀 {4111 1111 1111 1111} 😀',
    '😀{𝟒𝟏𝟏𝟏 𝟏𝟏𝟏𝟏 𝟏𝟏𝟏𝟏 𝟏𝟏𝟏𝟏}😀',
    'kaart{4111111111111111}',
    'amex {3782/822463/10005}',
    'серийный 500 и карта {5555_5555_5555_4444}',
    'serial 012345678901, {5555 5555 5555 4444}',
  ]);
});

describe('check numbers are hidden', () => {
  testMasked('card', [
    'CVC on {123}',
    'CVC ir {123}',
    'cvc is {123}',
    'CVV kood {123}',
    'CVV kods: {123}',
    'CVV2 {123}',
    'cvc-{123}',
    'cvc({123})',
    'cvc{123}',
    'turvakood {123}',
    'kaardi turvakood on {123}',
    'drošības kods {123}',
    'drosibas kods ir {123}',
    'security code {123}',
    'My security code is {1234}.',
    'saugos kodas {123}',
    'код безопасности {123}',
    'turvakoodi on {123}',
    'säkerhetskoden är {123}',
    'Sicherheitscode: {123}',
    'code de sécurité : {123}',
    'kod bezpieczeństwa to {123}',
    'CVC １２３'.replace('１２３', '{１２３}'),
  ]);
});

describe('other numbers stay', () => {
  testUntouched([
    'seerianumber 412345678901, 20.11.2024',
    'serial 412345678901 2024-11-20',
    'sērijas numurs 512345678901\n412345678901',
    '51234567, 51234568, 51234569',
    '+372 5123 4567, 5234 5678',
    '+371 20001234, +371 20001235',
    'registrikood 12345678, KMKR EE123456789',
    'reģistrācijas numurs 40003012345, PVN LV40003012345',
    '2024-11-20 2025-01-15 2025-02-17',
    '20.11.2024 21.11.2024 22.11.2024',
    'liikmenumber 4111111',
    'mul on 500, 1800, 2500 ja 3000 punkti',
    '4111 1111 1111 1112',
    'security code does not arrive',
    'Kus on kaardi turvakood?',
    'veakood 403 turvakood puudub',
    'CVC 12',
    'EOS R5 123 ja 5D 456',
  ]);

  test('a serial number of 12 digits with a day, however written', () => {
    const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 12, maxLength: 12 });
    const day = fc.tuple(fc.integer({ min: 10, max: 28 }), fc.integer({ min: 10, max: 12 }));
    const written = fc.constantFrom(' ', ', ', '\n', '; ', ' / ', ' - ');
    fc.assert(
      fc.property(digits, day, written, fc.boolean(), (serial, [date, month], sign, iso) => {
        const text = `${serial}${sign}${iso ? `2024-${month}-${date}` : `${date}.${month}.2024`}`;
        expect(maskSecrets(text).found).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

describe('any card number', () => {
  const luhn = (digits: string): string => {
    const sum = [...digits].reverse().reduce((total, sign, at) => {
      const digit = Number(sign) * (at % 2 === 0 ? 2 : 1);
      return total + (digit > 9 ? digit - 9 : digit);
    }, 0);
    return digits + ((10 - (sum % 10)) % 10);
  };
  const digit = fc.constantFrom(...'0123456789');
  const card = fc
    .oneof(
      fc.tuple(fc.constantFrom('4', '51', '55', '2221', '2720', '6011', '3528', '62', '6759'), fc.constant(16)),
      fc.tuple(fc.constantFrom('34', '37'), fc.constant(15)),
      fc.tuple(fc.constantFrom('36', '300', '38'), fc.constant(14)),
    )
    .chain(([head, length]) =>
      fc
        .string({ unit: digit, minLength: length, maxLength: length })
        .map((rest) => luhn((head + rest).slice(0, length - 1))),
    );
  /** The first of the ten digits of a script. */
  const zeros = ['0', '٠', '०', '０', '𝟎', '𝟘', '߀', '᠐', '๐'];
  const inScript = (digits: string, zero: string) =>
    [...digits].map((sign) => String.fromCodePoint((zero.codePointAt(0) ?? 0) + Number(sign))).join('');
  // Invisible signs alone join the groups on both sides of them.
  const gap = fc
    .tuple(
      fc.string({ unit: fc.constantFrom(...' \n\t-_/·|*()\u00a0'), minLength: 1, maxLength: 6 }),
      fc.constantFrom('', '\u200b', '\u00ad', '\u2060'),
    )
    .map(([signs, invisible]) => signs + invisible);
  const word = fc.constantFrom('kaart', 'mana karte', 'my card', '😀', 'Õ', 'и', '𝔸', 'see on:', '.', '');
  const around = fc.array(word, { maxLength: 4 }).map((all) => all.join(' '));

  test('is hidden, whatever the script, the groups, the signs between them and the words around it', () => {
    const parts = fc.tuple(
      fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 16, maxLength: 16 }),
      fc.array(gap, { minLength: 16, maxLength: 16 }),
    );
    fc.assert(
      fc.property(
        card,
        fc.constantFrom(...zeros),
        parts,
        around,
        around,
        (number, zero, [sizes, gaps], before, after) => {
          const groups: string[] = [];
          for (let at = 0, next = 0; at < number.length; at += sizes[next++] ?? 1)
            groups.push(number.slice(at, at + (sizes[next] ?? 1)));
          const written = groups.map((group, at) => (at ? gaps[at] : '') + inScript(group, zero)).join('');
          // "12/11/2024" within a number is a day.
          fc.pre(
            !/\d[/-]\d{1,2}[/-]\d|\d{4}[/-]\d/.test(
              groups.map((group, at) => (at ? gaps[at]?.replace(/[\u200b\u00ad\u2060]/g, '') : '') + group).join(''),
            ),
          );
          const result = maskSecrets(`${before} ${written} ${after}`);
          expect(result).toEqual({ text: `${before} ${MASK} ${after}`, found: ['card'] });
          expect(maskSecrets(result.text)).toEqual({ text: result.text, found: [] });
        },
      ),
      { numRuns: 500 },
    );
  });

  test('leaves no seven digits in a row behind among other numbers', () => {
    const others = fc.array(fc.string({ unit: digit, minLength: 1, maxLength: 6 }), { maxLength: 4 });
    fc.assert(
      fc.property(
        card,
        fc.constantFrom('', ' ', '-', '/', '\n', ' _ '),
        others,
        others,
        (number, sign, before, after) => {
          const groups = number.match(/.{1,4}/g) ?? [];
          const { text } = maskSecrets([...before, groups.join(sign), ...after].join(' '));
          expect(text).toContain(MASK);
          const visible = text.split(MASK).map((part) => part.replace(/\D/g, ''));
          const known = [...before, ...after].join('');
          for (const part of visible)
            for (let at = 0; at + 7 <= number.length; at++) {
              const seven = number.slice(at, at + 7);
              if (!known.includes(seven)) expect(part).not.toContain(seven);
            }
        },
      ),
      { numRuns: 300 },
    );
  });
});
