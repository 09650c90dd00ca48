import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { checkLocale, checkLocales } from '../../scripts/lib/locale-check.ts';
import { type Locale, localeFolders, readLocale, type Tree } from '../../scripts/lib/locale-files.ts';
import { showProblem } from '../../scripts/lib/problem.ts';
import { localesFolder } from '../../src/language/texts.ts';

const english = readLocale('en').locale;

describe('the languages of locales/', () => {
  test.each(checkLocales())('$language is in order', ({ problems }) => {
    expect(problems.map(showProblem)).toEqual([]);
  });

  test('are those with a flows.json; phrases alone make no language', () => {
    expect(localeFolders()).toEqual(expect.arrayContaining(['en', 'et', 'lv']));
  });
});

/** A language's files with one text changed: `flows.register.vat.text`. */
function broken(language: string, path: string, value: string | string[] | undefined): Locale {
  const locale = structuredClone(readLocale(language).locale);
  const [namespace = '', ...names] = path.split('.');
  const last = names.pop() ?? '';
  let tree = locale.files[namespace] as Tree;
  for (const name of names) tree = tree[name] as Tree;
  if (value === undefined) delete tree[last];
  else tree[last] = value;
  return locale;
}

describe('a mistake in a text is found, with its file and key', () => {
  test.each([
    ['et', 'flows.register.vat.short', undefined, /the key is missing/],
    ['et', 'flows.register.vat.shrot', 'Käibemaks', /no such key in English/],
    ['lv', 'flows.register.vat.short', ' ', /it is empty/],
    ['et', 'bot.accept.yes', 'jah', /it is no list/],
    ['lv', 'flows.register.vat.text', ['Vai'], /it is a list/],
    ['et', 'flows.register.dateUnderstood.text', 'Sain aru: {{weekday}}.', /\{\{sentOn\}\} is missing/],
    ['lv', 'flows.register.vat.text', 'Vai {{company}} ir PVN maksātājs?', /\{\{company\}\} stands there/],
    [
      'et',
      'flows.register.registerByHand.text',
      'Registreerige tooted vahekaardil.',
      /\$t\(portal:myProducts\) is missing/,
    ],
    [
      'et',
      'flows.register.migrate.text',
      'Vajutage $t(portal:migrateButton).',
      /\$t\(portal:migrateButton\) stands there/,
    ],
    ['lv', 'bot.counts.have_zero', undefined, /plural form is missing.*lv needs zero, one, other/],
    ['et', 'bot.counts.have_few', 'Teil on {{number}} punkti.', /et has no such plural form/],
    ['lv', 'bot.counts.have_one', 'Jums ir viens punkts.', /\{\{number\}\} is missing/],
    ['et', 'portal.viewProduct', '„Kuva toodet“', /is not Canon's label/],
    ['et', 'portal.viewProduct', '„Kuva toode”', /is not Canon's label/],
    ['lv', 'portal.migrateProductsBoth', 'MIGRĒT PRODUKTUS', /does not hold both labels/],
    [
      'et',
      'flows.register.registerByHand.text',
      'Vahekaardil $t(portal:myProducts): “Minu tooted”.',
      /quotation mark “/,
    ],
    ['et', 'flows.register.vat.text', 'Kas "ettevõte" on käibemaksukohuslane?', /quotation mark "/],
    ['lv', 'flows.register.vat.text', 'Vai „uzņēmums“ ir PVN maksātājs?', /quotation mark „/],
    ['en', 'flows.register.vat.text', 'Is the ‘company’ registered for VAT?', /quotation mark ‘/],
    [
      'et',
      'flows.answers.validationTime.text',
      'Palun proovige oma parooli lähtestada enne seda.',
      /lost-negation.*guide's Estonian/,
    ],
    [
      'et',
      'flows.answers.validationTime.text',
      'Palun **proovige** enne seda oma parooli lähtestada.',
      /lost-negation/,
    ],
    ['lv', 'flows.answers.password.text', 'Lūdzu, mēģiniet atiestatīt paroli.', /lost-negation/],
    ['en', 'flows.tiers.anyOfThree.text', '{{have}} You can choose any level. {{more}}', /any-level/],
    ['et', 'flows.tiers.anyOfThree.text', '{{have}} Saate valida ükskõik millise taseme. {{more}}', /any-level/],
    ['lv', 'flows.tiers.anyOfThree.text', '{{have}} Varat izvēlēties jebkuru līmeni. {{more}}', /any-level/],
    ['en', 'flows.register.searchMail.text', 'Enter it in step 4.', /a bare “4”/],
    ['en', 'flows.register.searchMail.text', 'Enter it there (step 4).', /a bare “4”/],
    ['et', 'flows.register.searchMail.text', 'Lisage see vormi ettevõtte andmete lehel, 4. samm.', /a bare “4”/],
    ['lv', 'flows.register.searchMail.text', 'Ierakstiet to; tā ir 4. darbība.', /a bare “4”/],
    ['en', 'flows.register.vat.text', 'Write to mailto:name@example.com.', /mail-link/],
    ['lv', 'flows.register.vat.text', 'Rakstiet uz cps@canon-europe.com.', /the address cps@canon-europe.com/],
    [
      'et',
      'flows.register.mailArrived.text',
      'Kas e-kiri aadressilt donotreply@canon-europe.com on saabunud?',
      /without backticks/,
    ],
    ['en', 'flows.register.vat.text', 'Call +372 630 0000.', /looks like a telephone number/],
    ['en', 'flows.register.vat.text', 'See https://www.canon.ee/pro.', /the link https:\/\/www\.canon\.ee/],
    ['lv', 'flows.payment.card.text', 'Ja maksājat ar KARTI, tad vēlāk.', /capitals/],
    ['et', 'flows.payment.card.text', 'KAARDImakse korral hiljem.', /capitals/],
    ['et', 'flows.register.wait.text', 'Oodake 2 ööpäeva. {{due}} {{calendar}}', /whole-days/],
    [
      'et',
      'flows.register.migrate.text',
      'Vajutage $t(portal:migrateProductsBoth) ehk MIGREERI TOOTED.',
      /migrateProducts is typed out/,
    ],
    ['en', 'flows.register.vat.text', 'Is it? '.repeat(100), /700 signs/],
    ['en', 'flows.register.vat.options.no', 'Yes', /“Yes” is also the button/],
    ['et', 'flows.register.vat.options.unknown', 'Tagasi', /is also the command bot:commands\.back\.label/],
    [
      'lv',
      'flows.register.vat.options.unknown',
      'Es to nezinu un man to vajadzētu vispirms pajautāt grāmatvedim',
      /a button of 6\d signs/,
    ],
    ['et', 'bot.accept.no', ['ei', 'jah'], /“jah” also means/],
    ['lv', 'bot.accept.card', ['karte', 'banka'], /“banka” also means bot:accept\.\w+ at payment\.\w+/],
  ])('%s %s: %s', (language, path, value, expected) => {
    const [namespace, ...names] = path.split('.');
    const problems = checkLocale(broken(language, path, value), english);
    const lines = problems.filter(({ file }) => file === `locales/${language}/${namespace}.json`).map(showProblem);
    expect(lines.join('\n')).toMatch(expected);
    const about = problems.filter((problem) => expected.test(showProblem(problem)));
    expect(about.some(({ key, wrong }) => `${key} ${wrong}`.includes(names.join('.')))).toBe(true);
    expect(about.every(({ mend }) => mend.length > 0)).toBe(true);
  });
});

describe('a folder that somebody adds', () => {
  const folder = mkdtempSync(join(tmpdir(), 'locales-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  cpSync(join(localesFolder, 'en'), join(folder, 'en'), { recursive: true });
  cpSync(join(localesFolder, 'en'), join(folder, 'lt'), { recursive: true });
  writeFileSync(join(folder, 'lt', 'web.json'), '{ "page": ');
  rmSync(join(folder, 'lt', 'mail.json'));
  const lines =
    checkLocales(folder)
      .find(({ language }) => language === 'lt')
      ?.problems.map(showProblem) ?? [];

  test.each([
    ['a file that is missing', /^locales\/lt\/mail\.json .*missing/],
    ['a file that is no JSON', /^locales\/lt\/web\.json .*no valid JSON/],
    ['plural forms of its own', /counts\.have_few: the plural form is missing.*one, few, many, other/],
    ['its quotation marks', /quotation mark “.*„…“/],
  ])('is told about %s', (_, expected) => {
    expect(lines.filter((line) => expected.test(line)).length).toBeGreaterThan(0);
  });
});
