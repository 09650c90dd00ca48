/** Words and signs: Canon's labels as they are, the language's own quotation marks, and nothing that must not be said. */
import { forbidden, labels, typography } from './domain.ts';
import { type Locale, type LocaleText, leafAt, readable, textsOf } from './locale-files.ts';
import { portalLabel } from './portal-label.ts';
import type { Problem } from './problem.ts';

/** A message longer than this is not read in a chat. */
const maxText = 700;
const senderAddress = 'donotreply@canon-europe.com';
const formLink = 'https://businessid.canon-europe.com/b2bcustomers/s/login/SelfRegister?language=en_GB&source=itcg';

/** What is wrong with a text, and the mend; `raw` as in the file, `text` as a customer reads it. */
type Check = (text: string, raw: string, locale: Locale, at: LocaleText) => [wrong: string, mend: string][];

export function checkWording(locale: Locale): Problem[] {
  const problems = textsOf(locale).flatMap((at) => {
    const text = readable(at.text, locale);
    const found = checks.flatMap((check) => check(text, at.text, locale, at));
    return found.map(([wrong, mend]) => ({ file: at.file, key: at.key, wrong, mend }));
  });
  return [...checkPortal(locale), ...problems];
}

/** Where Canon's wording is known it stands verbatim, and `...Both` adds the English one, since the form opens in English (F5). */
function checkPortal(locale: Locale): Problem[] {
  const file = `locales/${locale.language}/portal.json`;
  return Object.keys(labels).flatMap((name): Problem[] => {
    const own = String(leafAt(locale, `portal:${name}`) ?? '');
    const both = String(leafAt(locale, `portal:${name}Both`) ?? '');
    const wanted = portalLabel(name, locale.language);
    const english = labels[name]?.en ?? '';
    return [
      ...(wanted !== undefined && own !== wanted
        ? [{ file, key: name, wrong: `“${own}” is not Canon's label`, mend: `write ${wanted}, sign by sign` }]
        : []),
      ...(both.startsWith(own) && both.includes(english)
        ? []
        : [
            {
              file,
              key: `${name}Both`,
              wrong: 'it does not hold both labels',
              mend: `write ${own} and “${english}” in brackets`,
            },
          ]),
    ];
  });
}

const quotes: Check = (text, _raw, { language }) => {
  const pair = typography.quotes[language];
  if (!pair) return [[`no quotation marks are known for "${language}"`, 'add them to docs/domain/typography.json']];
  const [open, close] = pair.map((mark) => mark.replaceAll('\u00a0', '[\u00a0\u202f]')) as [string, string];
  const [o, c] = [open.replace(/\[.*\]/, ''), close.replace(/\[.*\]/, '')];
  const rest = text.replace(new RegExp(`${open}[^${o}${c}]+${close}`, 'g'), '');
  const wrong = rest.match(/["“”„«»‘‚‹›]/u)?.[0];
  return wrong ? [[`the quotation mark ${wrong}`, `write ${pair[0]}…${pair[1]}`]] : [];
};

const phrases: Check = (text, _raw, { language }) =>
  forbidden
    .filter(({ languages }) => !languages || languages.includes(language))
    .flatMap(({ id, pattern, exact, mend }): [string, string][] => {
      const found = new RegExp(pattern, exact ? 'u' : 'iu').exec(text)?.[0];
      return found ? [[`“${found}” (${id})`, mend]] : [];
    });

/** Step 4 of the form must not be taken for step 4 of the bot: in brackets, with the form named (rule G4, F12). */
const stepFour: Check = (text, _raw, { language }) => {
  const form = typography.form[language];
  const bare = [...text.matchAll(/(?<![\p{L}\p{N}])4(?![\p{L}\p{N}])/gu)].filter(({ index }) => {
    const open = text.lastIndexOf('(', index);
    const inBrackets = open > text.lastIndexOf(')', index) && text.indexOf(')', index) > 0;
    const around = text.slice(Math.max(0, open - 40), text.indexOf(')', index)).toLowerCase();
    return !inBrackets || !form || !around.includes(form.toLowerCase());
  });
  if (bare.length === 0) return [];
  return form
    ? [['a bare “4”', `put it in brackets and name the form (${form}…): step 4 of what? (rule G4)`]]
    : [['a “4”, and the word for the form is not known', `add "${language}" to "form" in docs/domain/typography.json`]];
};

const addresses: Check = (text, raw) => {
  const mails: string[] = text.match(/[\w.+-]+@[\w-]+(\.[\w-]+)+/g) ?? [];
  const links = text.replaceAll(formLink, '').match(/(https?:\/\/|www\.)\S+/gi) ?? [];
  const phones = text.replaceAll(formLink, '').match(/\+?\d[\d\s\u00a0()/-]{5,}\d/g) ?? [];
  const strange = mails.filter((mail) => mail !== senderAddress && !mail.endsWith('@example.com'));
  return [
    ...strange.map((mail): [string, string] => [`the address ${mail}`, 'leave it out: no contact is known (rule G3)']),
    ...links.map((link): [string, string] => [
      `the link ${link}`,
      'leave it out: only the form has a link, by {{link}} (F5, rule G3)',
    ]),
    ...phones.map((phone): [string, string] => [
      `${phone} looks like a telephone number`,
      'leave it out: none is known (rule G3)',
    ]),
    ...(mails.includes(senderAddress) && raw.replaceAll(`\`${senderAddress}\``, '').includes(senderAddress)
      ? [
          [`${senderAddress} without backticks`, `write \`${senderAddress}\`, or a chat makes a link of it (F19)`] as [
            string,
            string,
          ],
        ]
      : []),
  ];
};

/** A label is put in by its key, so that it is the same everywhere and never inflected. */
const typedLabels: Check = (_text, raw, locale, { file }) => {
  if (file.endsWith('portal.json')) return [];
  const typed = Object.keys(labels).filter((name) => {
    const words = String(leafAt(locale, `portal:${name}`) ?? '').replace(/["“”„«»\u00a0\u202f]/gu, '');
    return words !== '' && raw.includes(words);
  });
  return typed.map((name) => [`the label ${name} is typed out`, `write $t(portal:${name})`]);
};

const length: Check = (text, _raw, _locale, { file, key }) =>
  file.endsWith('flows.json') && key.endsWith('.text') && text.length >= maxText
    ? [[`${text.length} signs`, `say it in fewer than ${maxText}`]]
    : [];

const checks: Check[] = [quotes, phrases, stepFour, addresses, typedLabels, length];
