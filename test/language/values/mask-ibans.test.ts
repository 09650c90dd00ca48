import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MASK, maskSecrets } from '../../../src/language/values/mask.ts';
import { testMasked, testUntouched } from '../../helpers/marked.ts';

describe('account numbers are hidden', () => {
  testMasked('iban', [
    '{EE382200221020145685}',
    '{EE38  2200  2210  2014  5685}',
    '{EE38\n2200\n2210\n2014\n5685}',
    '{EE38\u200b2200\u200b2210\u200b2014\u200b5685}',
    '{EE 38 2200 2210 2014 5685}',
    '{E E 3 8 2 2 0 0 2 2 1 0 2 0 1 4 5 6 8 5}',
    '{ＥＥ３８２２００２２１０２０１４５６８５}',
    '{EE٣٨٢٢٠٠٢٢١٠٢٠١٤٥٦٨٥}',
    '{ЕЕ382200221020145685}',
    '{LV80 BANK 0000  4351 9500 1}',
    'mans konts ir {LV80/BANK/0000/4351/9500/1}, paldies',
    'konto{EE382200221020145685}',
    '😀{ＥＥ38 2200 2210 2014 5685}😀',
    'IBAN - {GB29 NWBK 6016 1331 9268 19}.',
  ]);
});

describe('other words and numbers stay', () => {
  testUntouched([
    'KMKR EE123456789, tel 5123 4567, registrikood 12345678',
    'PVN LV40003012345, tālrunis 20001234, 500 punkti',
    'EE38 aastat tagasi ostsin 2200 eest, 2210 2014 5685',
    'SE 12 kuud ja 24 päeva, 1234567890',
    'EE382200221020145686',
  ]);
});

test('every Estonian account number is hidden, whatever stands between its signs', () => {
  const gap = fc.string({ unit: fc.constantFrom(...' \n\t-_/.·\u200b\u00a0'), maxLength: 5 });
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 16, maxLength: 16 }),
      fc.array(gap, { minLength: 20, maxLength: 20 }),
      (body, gaps) => {
        // E is 14 and the check digits 00 stand at the end (ISO 7064, mod 97-10).
        const check = String(98n - (BigInt(`${body}141400`) % 97n)).padStart(2, '0');
        const written = [...`EE${check}${body}`].map((sign, at) => (at ? gaps[at] : '') + sign).join('');
        expect(maskSecrets(`konto: ${written}, aitäh`)).toEqual({ text: `konto: ${MASK}, aitäh`, found: ['iban'] });
      },
    ),
  );
});
