import { describe } from 'vitest';
import { testMasked, testUntouched } from '../../helpers/marked.ts';

describe('passwords are hidden', () => {
  testMasked('password', [
    'parool->{Uks7Kaks}',
    'parool => {kassipoeg}',
    'parole→{Vasara24}',
    'mari@x.ee:{Kass1234}',
    'mari@x.ee / parool {Kass1234}',
    'mari@x.ee/{Kass1234}, aitäh',
    'parool "{kass maja}"',
    'Mu parool on „{kass maja}”',
    'Mu parool on „{kass maja}“, aitäh',
    'parole “{zila zirga}”',
    'password is "{blue horse}"',
    'password is "{correct horse battery}"',
    'try {Summer24} as password',
    'kasuta {Suvi2024} parooliks',
    'lieto {Vasara24} kā paroli',
    'I changed it to {Summer24} (password)',
    'parool: {Uks7 Kaks8}',
    'mu uus parool saab olema {Suvi2024}',
    '😀 parool on {Kass😀1234} 😀',
    'pa\u00adrool: {kassipoeg}',
    'ｐａｓｓｗｏｒｄ： {ｈｕｎｔｅｒ２}',
  ]);
});

describe('sentences about passwords stay', () => {
  testUntouched([
    'Kas parole ir jāmaina?',
    'parole ir novecojusi',
    'Parole ir beigusies',
    'mana parole ir bloķēta',
    'parole ir nozagta',
    'Parole ir par īsu',
    'Vai parole ir pareiza?',
    'Kas mu parool aegus?',
    'Kas parool on pikk?',
    'parool ei tööta',
    'mu parool on blokeeritud',
    'Parool on ununenud',
    'Vana parool on ikka sees',
    'Nupp „Unustasin parooli“ ei tööta',
    'parool "unustasin"',
    'I forgot my password',
    'the password is not accepted',
    'my password is expired',
    'Is my password hunter?',
    'password "Reset" button',
    'CPS2024 password does not come',
    'mari@firma.ee: seerianumber',
    'mari@firma.ee / Firma OÜ',
    'Мой пароль истек',
    'Mein Passwort ist abgelaufen',
    'Hasło jest nieważne',
    'Lösenordet är för kort',
    'Salasana on vanhentunut',
    'Slaptažodis yra neteisingas',
    'Mon mot de passe est expiré',
  ]);
});
