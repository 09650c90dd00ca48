import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { MODEL_FILE, openUnderstanding } from '../../src/language/understand/files.ts';
import { INTENTS, type IntentName } from '../../src/language/understand/intents.ts';
import type { Understand } from '../../src/language/understand/understanding.ts';

const root = join(import.meta.dirname, '..', '..');

/** The plainest ways to ask: a bot that only guesses at these looks broken. */
const PLAIN: Record<string, Record<IntentName, string[]>> = {
  en: {
    'register-account': ['how do I register?', 'I need a business account', 'where is the registration form?'],
    documents: ['which documents should I send?', 'what papers are needed?', 'do you need my VAT certificate?'],
    'old-email': ['which old email should I enter?', 'what is the old CPS email?', 'is the old email required?'],
    'validation-wait': [
      'how long does the approval take?',
      'when will my account be ready?',
      'is my application approved yet?',
    ],
    password: ['I forgot my password', 'how do I reset my password?', 'I cannot log in'],
    'register-products': [
      'how do I add my products?',
      'where can I register my camera?',
      'how do I move my products to the new account?',
    ],
    'migrate-button-missing': [
      'the migrate button is missing',
      "I don't see the blue button",
      'why is there no migrate button?',
    ],
    'green-tick-missing': ['the green tick is missing', 'where are my points?', 'why did I get no points?'],
    'product-details-forgotten': [
      "I don't remember the purchase date",
      "what if I don't have the receipt?",
      'where do I find the serial number?',
    ],
    'join-cps': ['how can I join CPS?', 'how do I become a CPS member?', 'how many points do I need to join?'],
    tiers: ['what tiers are there?', 'which level do I get?', 'how many points for gold?'],
    'payment-method': ['how can I pay?', 'can I pay by card?', 'can I pay by bank transfer?'],
    'payment-due': ['when do I have to pay?', 'when is the card charged?', 'when will the invoice come?'],
    'member-number-changed': [
      'why did my membership number change?',
      'do I get a new member number?',
      'my CPS number is different',
    ],
    'talk-to-human': ['I want to talk to a human', 'can I speak to someone?', 'how do I contact support?'],
    'start-over': ['start over', 'start again please', 'main menu'],
    'change-language': ['change language', 'in Estonian please', 'can we speak Latvian?'],
    cancel: ['stop', 'forget it', 'never mind'],
    greeting: ['hello', 'hi there', 'good morning'],
    thanks: ['thanks', 'thank you very much', 'great, thanks'],
  },
  et: {
    'register-account': ['kuidas ma registreerun?', 'mul on ärikontot vaja', 'kus on registreerimisvorm?'],
    documents: [
      'milliseid dokumente ma saatma pean?',
      'mis pabereid on vaja?',
      'kas käibemaksukohustuslase tõend on vajalik?',
    ],
    'old-email': ['millise vana e-posti ma sisestan?', 'mis on vana CPS-i e-post?', 'kas vana e-post on kohustuslik?'],
    'validation-wait': ['kui kaua kinnitamine võtab?', 'millal mu konto valmis on?', 'kas mu taotlus on kinnitatud?'],
    password: ['unustasin parooli', 'kuidas parooli lähtestada?', 'ma ei saa sisse logida'],
    'register-products': [
      'kuidas oma tooteid lisada?',
      'kus saan kaamera registreerida?',
      'kuidas tooted uuele kontole viia?',
    ],
    'migrate-button-missing': ['migreerimise nupp puudub', 'ma ei näe sinist nuppu', 'miks migreerimise nuppu pole?'],
    'green-tick-missing': ['roheline linnuke puudub', 'kus mu punktid on?', 'miks ma punkte ei saanud?'],
    'product-details-forgotten': [
      'ma ei mäleta ostukuupäeva',
      'mis siis, kui tšekki pole?',
      'kust leian seerianumbri?',
    ],
    'join-cps': ['kuidas CPS-iga liituda?', 'kuidas CPS-i liikmeks saada?', 'mitu punkti on liitumiseks vaja?'],
    tiers: ['mis tasemed olemas on?', 'millise taseme ma saan?', 'mitu punkti on kullaks vaja?'],
    'payment-method': ['kuidas ma maksta saan?', 'kas saan kaardiga maksta?', 'kas ülekandega saab maksta?'],
    'payment-due': ['millal ma maksma pean?', 'millal kaardilt raha võetakse?', 'millal arve tuleb?'],
    'member-number-changed': ['miks mu liikmenumber muutus?', 'kas saan uue liikmenumbri?', 'mu CPS-i number on teine'],
    'talk-to-human': ['tahan inimesega rääkida', 'kas ma saan kellegagi rääkida?', 'kuidas toega ühendust saada?'],
    'start-over': ['alusta uuesti', 'algusesse', 'peamenüü'],
    'change-language': ['vaheta keelt', 'palun inglise keeles', 'kas räägite läti keelt?'],
    cancel: ['lõpeta', 'unusta ära', 'pole vaja'],
    greeting: ['tere', 'tervist', 'tere hommikust'],
    thanks: ['aitäh', 'suur tänu', 'tänan väga'],
  },
  lv: {
    'register-account': ['kā reģistrēties?', 'man vajag uzņēmuma kontu', 'kur ir reģistrācijas veidlapa?'],
    documents: ['kādi dokumenti jāsūta?', 'kādi papīri vajadzīgi?', 'vai vajag PVN apliecību?'],
    'old-email': ['kuru veco e-pastu ievadīt?', 'kas ir vecais CPS e-pasts?', 'vai vecais e-pasts ir obligāts?'],
    'validation-wait': [
      'cik ilgi notiek apstiprināšana?',
      'kad mans konts būs gatavs?',
      'vai mans pieteikums ir apstiprināts?',
    ],
    password: ['aizmirsu paroli', 'kā atiestatīt paroli?', 'nevaru ielogoties'],
    'register-products': [
      'kā pievienot savus produktus?',
      'kur reģistrēt kameru?',
      'kā pārcelt produktus uz jauno kontu?',
    ],
    'migrate-button-missing': ['trūkst migrēšanas pogas', 'es neredzu zilo pogu', 'kāpēc nav migrēšanas pogas?'],
    'green-tick-missing': ['nav zaļās atzīmes', 'kur ir mani punkti?', 'kāpēc man nav punktu?'],
    'product-details-forgotten': ['neatceros pirkuma datumu', 'ko darīt, ja nav čeka?', 'kur atrast sērijas numuru?'],
    'join-cps': ['kā pievienoties CPS?', 'kā kļūt par CPS biedru?', 'cik punktu vajag, lai pievienotos?'],
    tiers: ['kādi ir līmeņi?', 'kādu līmeni es dabūšu?', 'cik punktu vajag zeltam?'],
    'payment-method': ['kā es varu samaksāt?', 'vai var maksāt ar karti?', 'vai var maksāt ar pārskaitījumu?'],
    'payment-due': ['kad man jāmaksā?', 'kad noņem naudu no kartes?', 'kad atnāks rēķins?'],
    'member-number-changed': [
      'kāpēc mainījās mans biedra numurs?',
      'vai es saņemšu jaunu numuru?',
      'mans CPS numurs ir cits',
    ],
    'talk-to-human': ['gribu runāt ar cilvēku', 'vai varu ar kādu parunāt?', 'kā sazināties ar atbalstu?'],
    'start-over': ['sākt no sākuma', 'uz sākumu', 'galvenā izvēlne'],
    'change-language': ['mainīt valodu', 'angliski, lūdzu', 'vai runājat igauniski?'],
    cancel: ['beidz', 'aizmirsti', 'nevajag'],
    greeting: ['sveiki', 'labdien', 'čau'],
    thanks: ['paldies', 'liels paldies', 'paldies par palīdzību'],
  },
};

let bot: Understand;
beforeAll(() => {
  bot = openUnderstanding({ localesDir: join(root, 'locales'), modelPath: join(root, MODEL_FILE) });
}, 60_000);

describe.each(Object.keys(PLAIN))('in %s', (language) => {
  it.each(INTENTS)('the plainest questions about %s are answered at once', (intent) => {
    const questions = PLAIN[language]![intent];
    expect(questions.length).toBeGreaterThanOrEqual(3);
    for (const text of questions)
      expect(bot.understand(text, language), text).toMatchObject({ decision: 'answer', intent });
  });
});

describe('what a reviewer tripped over', () => {
  it.each([
    ['en', 'what documents do I need', { decision: 'answer', intent: 'documents' }],
    ['lv', 'kādi dokumenti vajadzīgi', { decision: 'answer', intent: 'documents' }],
    ['et', 'mis dokumente mul vaja on', { decision: 'answer', intent: 'documents' }],
    ['en', 'send me the link', { intent: 'register-account', detail: 'link' }],
    ['et', 'KKK', { detail: 'faq' }],
    ['en', 'I have 2000 points', { decision: 'answer', intent: 'tiers' }],
    ['lv', 'divi tūkstoši punktu', { decision: 'answer', intent: 'tiers' }],
    ['et', 'see on täielik jama, te petate inimesi', { route: 'human' }],
    ['lv', 'es sūdzēšos PTAC', { route: 'complaint' }],
    ['et', 'kustutage palun kõik minu andmed', { route: 'privacy' }],
    ['lv', 'dzēsiet manus datus', { route: 'privacy' }],
    ['en', 'delete my data please', { route: 'privacy' }],
    ['en', 'what documents do I need and how long does it take?', { intent: 'documents', also: 'validation-wait' }],
    ['lv', 'kādi dokumenti vajadzīgi un cik ilgi jāgaida?', { intent: 'documents', also: 'validation-wait' }],
    ['en', 'I have 1800 points and when is my card charged?', { intent: 'tiers', also: 'payment-due' }],
    ['en', 'I registered my camera and the points are missing', { intent: 'green-tick-missing' }],
  ])('%s: %s', (language, text, expected) => {
    expect(bot.understand(text, language)).toMatchObject(expected);
  });

  it.each([
    ['et', 'hiljem'],
    ['et', 'tulen hiljem'],
    ['et', 'jäta midagi välja'],
    ['en', 'done'],
    ['lv', 'vēlāk'],
    ['lv', 'izlaist'],
  ])('%s: "%s" does not end the talk', (language, text) => {
    expect(bot.understand(text, language).intent).not.toBe('cancel');
  });

  it.each([
    ['en', 'latvia'],
    ['et', 'Läti'],
    ['et', 'eesti'],
    ['lv', 'Latvijā'],
    ['lv', 'Igaunija'],
    [undefined, 'Estonia'],
  ])('%s: the country "%s" is no wish for its language', (language, text) => {
    expect(bot.understand(text, language)).toMatchObject({ decision: 'none', intent: 'none' });
  });

  it.each(['et', 'lv', 'en', undefined])('null is not the German "from zero" (%s)', (language) => {
    expect(bot.understand('null', language).intent).toBe('none');
  });

  it('looks out of scope only when nothing is offered', () => {
    for (const text of ['my invoice for the printer', 'green light', 'how do I open a shop', 'card lost', 'pizza']) {
      const { decision, outOfScope } = bot.understand(text, 'en');
      if (decision !== 'none') expect(outOfScope).toBeUndefined();
    }
    expect(bot.understand('Where can I order a pizza tonight?', 'en')).toMatchObject({ outOfScope: true });
  });
});
