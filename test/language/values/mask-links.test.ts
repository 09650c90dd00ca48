import { describe } from 'vitest';
import { testMasked, testUntouched } from '../../helpers/marked.ts';

describe('links that let anyone in are hidden', () => {
  testMasked('resetLink', [
    '{canon.ee/reset?token=Zx81abcQ99}',
    'siin: {cps.canon-europe.com/reset?token=abc123def456}.',
    '{id.canon/canonid/reset?ticket=Abc123456}',
    '{https://cps.canon-europe.com/s/login/SetPassword?c=abcDEF12345}',
    '{https://cps.example.com/secur/forgotpassword.jsp?r=123456&display=page}',
    '{https://example.com/activate/abc12345}',
    '{https://example.com/reset/12345678-1234-1234-1234-123456789012}',
    '{https://example.com/set_password/abcdefghijklmnop}',
    '{https://example.com/verify/email/abcdEFGH}',
    '{https://example.com/app/#/reset-password/8f14e45fce}',
    '{hxxps://example.com/reset?token=abc123def}',
    'https: //{example.com/reset?token=abc123def}',
    '[link]({https://example.com/reset?token=abc123def})',
    '{https://täht.ee/reset?token=abc123def}',
    '😀 {canon.ee/reset?token=Zx81abcQ99} 😀',
    '{ｃａｎｏｎ．ｅｅ/reset?token=Zx81abcQ99}',
    'cа\u200b {www.example.com/reset?to\u200bken=abc123def}',
  ]);
});

describe('other links stay', () => {
  testUntouched([
    'canon.ee/reset-password',
    'www.canon.ee/cps?lang=et_EE',
    'https://www.canon.ee/reset-password?lang=et_EE&source=itcg',
    'https://www.canon.ee/reset/instructions',
    'https://www.canon.ee/account/reset-password/help-and-support',
    'https://myid.canon/canonid/#/reset-password',
    'https://businessid.canon-europe.com/b2bcustomers/s/login/SelfRegister?language=en_GB&source=itcg',
    'https://example.com/page?c=abcDEF12345',
    'mari@firma.ee/Tallinn',
    'e.g. this/that, s.o/s.o',
    'EOS R5/R6 ja RF 24-70/2.8',
    '20.11.2026/21.11.2026',
  ]);
});
