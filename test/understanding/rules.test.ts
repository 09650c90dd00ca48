import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readUnderstandingData } from '../../src/language/understand/files.ts';
import { createLexicons } from '../../src/language/understand/lexicons.ts';
import { dataWishOf, routeOf, wholeMessage } from '../../src/language/understand/rules.ts';
import { wordsOf } from '../../src/language/understand/words.ts';

const lexicons = createLexicons(readUnderstandingData(join(import.meta.dirname, '..', '..', 'locales')));

const ruled = (language: string, text: string): string => {
  const words = wordsOf(text);
  const found = wholeMessage(words, lexicons.match(language, words), text.includes('?'));
  return [found?.intent ?? '-', found?.wanted].filter(Boolean).join(' ');
};
const routed = (language: string, text: string): string | undefined => routeOf(lexicons.match(language, wordsOf(text)));

/** Language, message, intent (and the language wanted); `-`: no rule may take it. */
const WHOLE: [language: string, text: string, expected: string][] = [
  ['et', 'Tere', 'greeting'],
  ['et', 'Tere, mul oleks küsimus', 'greeting'],
  ['et', 'Aitäh!', 'thanks'],
  ['et', 'Katkesta', 'cancel'],
  ['et', 'Tagasi algusesse', 'start-over'],
  ['et', 'Algusest uuesti', 'start-over'],
  ['et', 'läti keeles palun', 'change-language lv'],
  ['et', '700 punkti', 'tiers'],
  ['et', 'Tere, kuidas ma ärikonto avan', '-'],
  ['et', 'Kas aitab?', '-'],
  ['lv', 'Labdien', 'greeting'],
  ['lv', 'Liels paldies', 'thanks'],
  ['lv', 'Atcelt', 'cancel'],
  ['lv', 'no sākuma', 'start-over'],
  ['lv', 'igauņu valodā', 'change-language et'],
  ['lv', 'man ir 1500 punkti', 'tiers'],
  ['en', 'Hello there', 'greeting'],
  ['en', 'thanks a lot', 'thanks'],
  ['en', 'thank you very much', 'thanks'],
  ['en', 'Stop', 'cancel'],
  ['en', 'restart', 'start-over'],
  ['en', 'in English please', 'change-language en'],
  ['en', 'English please', 'change-language en'],
  ['en', 'I do not speak English', '-'],
  ['en', '2000 points', 'tiers'],
  ['ru', 'Здравствуйте', 'greeting'],
  ['ru', 'по-русски', 'change-language ru'],
  ['lt', 'Ačiū', 'thanks'],
  ['fi', 'Moikka', 'greeting'],
  ['sv', 'Tack', 'thanks'],
  ['de', 'Guten Morgen', 'greeting'],
  ['fr', 'Merci', 'thanks'],
  ['pl', 'Dzień dobry', 'greeting'],
];

const ROUTES: [language: string, text: string, route: string | undefined][] = [
  ['en', 'Delete my account', 'privacy'],
  ['en', 'I want a GDPR export', 'privacy'],
  ['en', 'I will call my lawyer', 'legal'],
  ['en', 'I want my money back', 'refund'],
  ['en', 'I want to file a complaint', 'complaint'],
  ['en', 'this is bullshit', 'human'],
  ['en', 'How do I add my old e-mail?', undefined],
  ['et', 'Kustutage minu andmed', 'privacy'],
  ['et', 'Pöördun advokaadi poole', 'legal'],
  ['et', 'Soovin raha tagasi', 'refund'],
  ['et', 'Tahan kaebust esitada', 'complaint'],
  ['et', 'Minu andmetega sisse ei lase', undefined],
  ['et', 'Kust leian kasutusjuhendi?', undefined],
  ['lv', 'Izdzēsiet manu kontu', 'privacy'],
  ['lv', 'Vēršos tiesā', 'legal'],
  ['lv', 'Gribu naudu atpakaļ', 'refund'],
  ['lv', 'Vēlos iesniegt sūdzību', 'complaint'],
  ['lv', 'Vai man ir tiesības pievienoties?', undefined],
  ['sv', 'Numret stämmer inte', undefined],
  ['pl', 'Pozwól mi zacząć od nowa', undefined],
  ['fr', 'Je ne trouve le bouton nulle part', undefined],
];

/** Language, message, what is wanted of one's own data; undefined: something else is meant, or an account at Canon. */
const WISHES: [language: string, text: string, wish: string | undefined][] = [
  ['en', 'Please delete everything you know about me', 'erase'],
  ['en', 'can you remove all my data from this chat?', 'erase'],
  ['en', 'erase this conversation please', 'erase'],
  ['en', 'Could you show me what data you have', 'show'],
  ['en', 'I want a GDPR export', 'show'],
  ['en', 'what do you store about me and for how long?', 'kept'],
  ['en', 'who can see this chat?', 'kept'],
  ['en', 'Delete my account and all my data', undefined],
  ['en', 'Wipe this chat and start afresh', undefined],
  ['en', 'I cannot see my data after the login', undefined],
  ['et', 'palun kustutage kõik minu andmed ära', 'erase'],
  ['et', 'kas te saaksite selle vestluse kustutada', 'erase'],
  ['et', 'palun saatke mulle kõik minu andmed', 'show'],
  ['et', 'tahan näha oma andmeid', 'show'],
  ['et', 'kui kaua te minu andmeid hoiate', 'kept'],
  ['et', 'mida te minu kohta teate?', 'kept'],
  ['et', 'Minu andmetega sisse ei lase', undefined],
  ['et', 'saatsin oma andmed reedel ära', undefined],
  ['et', 'leht ei näita minu andmeid', undefined],
  ['lv', 'lūdzu izdzēsiet visus manus datus', 'erase'],
  ['lv', 'izdzēsiet šo sarunu, lūdzu', 'erase'],
  ['lv', 'lūdzu atsūtiet man visus manus datus', 'show'],
  ['lv', 'gribu redzēt savus datus', 'show'],
  ['lv', 'cik ilgi glabājat manus datus', 'kept'],
  ['lv', 'Es nosūtīju savus datus, kad saņemšu paroli?', undefined],
  ['lv', 'mani dati neparādās', undefined],
];

describe('rules', () => {
  it.each(WISHES)('%s: "%s" wants of their data: %s', (language, text, wish) => {
    const matches = lexicons.match(language, wordsOf(text));
    expect(dataWishOf(matches)).toBe(wish);
    if (wish) expect(routeOf(matches), 'routed by rule').toBe('privacy');
  });

  it.each(WHOLE)('%s: "%s" is %s', (language, text, expected) => {
    expect(ruled(language, text)).toBe(expected);
  });

  it.each(ROUTES)('%s: "%s" goes to %s', (language, text, route) => {
    expect(routed(language, text)).toBe(route);
  });

  it('every route and every rule has words in every language', () => {
    const tokens = ['privacy', 'delete', 'personaldata', 'account', 'legal', 'refund', 'complaint', 'insult'];
    tokens.push('detail.forgetme', 'detail.showme', 'detail.kept');
    const data = readUnderstandingData(join(import.meta.dirname, '..', '..', 'locales'));
    for (const [language, { synonyms }] of Object.entries(data)) {
      for (const token of [...tokens, 'thank', 'greet', 'stop', 'beginning', 'menu', 'filler', 'common', 'point']) {
        expect(synonyms[token]?.length, `locales/${language}/synonyms.json: "${token}"`).toBeGreaterThan(0);
      }
    }
  });
});
