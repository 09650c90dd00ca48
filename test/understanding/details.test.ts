import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { detailOf } from '../../src/language/understand/details.ts';
import { readUnderstandingData } from '../../src/language/understand/files.ts';
import { createLexicons } from '../../src/language/understand/lexicons.ts';
import { wordsOf } from '../../src/language/understand/words.ts';

const data = readUnderstandingData(join(import.meta.dirname, '..', '..', 'locales'));
const lexicons = createLexicons(data);
const detail = (language: string, text: string): string | undefined => {
  const words = wordsOf(text);
  return detailOf(words, lexicons.match(language, words));
};

const FOUND: [language: string, text: string, detail: string][] = [
  ['en', 'send me the link', 'link'],
  ['et', 'kus on vormi link', 'link'],
  ['lv', 'kur ir saite uz veidlapu', 'link'],
  ['en', 'link please', 'link'],
  ['en', 'faq', 'faq'],
  ['et', 'kus on korduma kippuvad küsimused', 'faq'],
  ['lv', 'BUJ', 'faq'],
  ['lv', 'kur ir biežāk uzdotie jautājumi', 'faq'],
  ['et', 'kas liikmesust saab kohe kasutada?', 'usableAtOnce'],
  ['lv', 'vai abonementu var lietot uzreiz?', 'usableAtOnce'],
  ['en', 'can I use it before paying?', 'usableAtOnce'],
  ['en', 'can I use the membership immediately', 'usableAtOnce'],
  ['en', 'does every product give points', 'everyProductPoints'],
  ['et', 'kas iga toode annab punkte', 'everyProductPoints'],
  ['lv', 'vai visi produkti dod punktus', 'everyProductPoints'],
  ['et', 'mis telefoninumber toel on', 'contact'],
  ['et', 'andke toe e-posti aadress', 'contact'],
  ['et', 'kas donotreply aadressile võin kirjutada?', 'contact'],
  ['en', 'what is the phone number of support', 'contact'],
  ['lv', 'atbalsta tālrunis', 'contact'],
  ['et', 'kui palju liikmesus maksab', 'price'],
  ['lv', 'cik maksā dalība', 'price'],
  ['lv', 'cik maksā abonements', 'price'],
  ['en', 'how much is the membership', 'price'],
  ['et', 'kui suur lisatasu on?', 'price'],
  ['en', 'are there any discounts for members', 'price'],
  ['et', 'millised on hüved', 'price'],
  ['lv', 'kādas ir priekšrocības', 'price'],
  ['en', 'in which countries does it work', 'price'],
  ['et', 'kaardilt võeti raha kohe maha', 'moneyProblem'],
  ['et', 'makse ebaõnnestus', 'moneyProblem'],
  ['lv', 'no kartes uzreiz noņēma naudu', 'moneyProblem'],
  ['lv', 'maksājums neizdevās', 'moneyProblem'],
  ['lv', 'termiņš ir pagājis', 'moneyProblem'],
  ['en', 'card declined', 'moneyProblem'],
  ['en', 'my card was declined', 'moneyProblem'],
  ['en', 'I was charged twice', 'moneyProblem'],
  ['en', 'payment failed', 'moneyProblem'],
  ['en', 'the due date has passed', 'moneyProblem'],
  ['et', 'minu taotlus lükati tagasi', 'refusal'],
  ['et', 'canon keeldus', 'refusal'],
  ['lv', 'mans pieteikums noraidīts', 'refusal'],
  ['lv', 'canon atteica', 'refusal'],
  ['en', 'my application was rejected', 'refusal'],
  ['en', 'my password is wrong', 'passwordFails'],
  ['et', 'parool ei tööta', 'passwordFails'],
  ['lv', 'mana parole ir beigusies', 'passwordFails'],
  ['en', "I'm locked out", 'passwordFails'],
  ['et', 'mu salasõna on kadunud', 'passwordFails'],
  ['en', 'password email not arrived', 'noPasswordMail'],
  ['et', 'parooli kiri pole tulnud', 'noPasswordMail'],
  ['et', 'e-kirja pole tulnud', 'noPasswordMail'],
  ['lv', 'nav atnācis e-pasts', 'noPasswordMail'],
  ['en', 'hello, I have applied on Monday from Estonia and no email has come', 'noPasswordMail'],
  ['et', 'olen taotluse juba esitanud ja ootan', 'applied'],
  ['lv', 'esmu jau pieteicies un gaidu', 'applied'],
  ['en', 'I have already applied and am waiting', 'applied'],
  ['lt', 'kur yra DUK?', 'faq'],
  ['ru', 'где ссылка?', 'link'],
  ['fi', 'usein kysytyt kysymykset', 'faq'],
];

/** The same words about something else, or the question whose answer is the general one. */
const NOT: [language: string, text: string][] = [
  ['en', 'the link in my bio'],
  ['en', 'my card has a nice picture'],
  ['en', 'When is my card charged?'],
  ['en', 'Is the card charged immediately?'],
  ['en', "I don't get how to add my email address"],
  ['en', 'How do I link the camera to my phone?'],
  ['en', 'where do I apply?'],
  ['en', 'how much time is there to pay'],
  ['en', 'how many points do I need for the membership'],
  ['en', 'I registered my products but have no points'],
  ['en', 'What is the phone number of the police?'],
  ['en', 'my invoice has not come by email'],
  ['en', 'how do I set a new password'],
  ['en', 'the password reset link does not work'],
  ['en', 'what documents do I need'],
  ['et', 'Millal kaardilt raha võetakse?'],
  ['et', 'Kas raha võetakse kaardilt kohe?'],
  ['et', 'eelistan inimest'],
  ['et', 'kuidas taotlus esitada'],
  ['et', 'arve kiri pole tulnud'],
  ['et', 'kui palju punkte on vaja liikmeks'],
  ['et', 'Mul pole enam ligipääsu eelmisele postkastile'],
  ['et', 'kuidas parooli vahetada'],
  ['et', 'parooli lähtestamise link ei tööta'],
  ['et', 'mis maksetähtaeg on'],
  ['et', 'mul on ilus kaart'],
  ['et', 'millal ma saan kontot kasutada'],
  ['lv', 'cik ilgi jāgaida'],
  ['lv', 'kad noņems naudu no kartes'],
  ['lv', 'kā iesniegt pieteikumu'],
  ['lv', 'cik punktu vajag dalībai'],
  ['lv', 'kāds ir apmaksas termiņš'],
  ['lv', 'rēķins nav atnācis pa e-pastu'],
  ['lv', 'mana karte ir skaista'],
  ['lv', 'kur pievienot vecā e-pasta adresi'],
  ['lv', 'kā atiestatīt paroli'],
];

describe('details', () => {
  it.each(FOUND)('%s: "%s" is about %s', (language, text, expected) => {
    expect(detail(language, text)).toBe(expected);
  });

  it.each(NOT)('%s: "%s" has none', (language, text) => {
    expect(detail(language, text)).toBeUndefined();
  });

  it('every token of a rule has words in the languages offered', () => {
    const named = Object.keys(data.en!.synonyms).filter((token) => token.startsWith('detail.'));
    for (const language of ['et', 'lv', 'en']) {
      for (const token of [...named.filter((one) => one !== 'detail.me'), 'aroundpoints', 'numeral', 'asks']) {
        expect(
          data[language]!.synonyms[token]?.length,
          `locales/${language}/synonyms.json: "${token}"`,
        ).toBeGreaterThan(0);
      }
    }
  });
});
