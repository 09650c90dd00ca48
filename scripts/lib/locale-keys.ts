/** Keys, placeholders and plural forms: a language has those of English, no fewer and no others. */
import { referenceLanguage, stem } from '../../src/language/texts.ts';
import { fileName, type Leaf, type Locale, leavesOf, type Tree } from './locale-files.ts';
import type { Problem } from './problem.ts';
import { wordLists } from './questions.ts';

const pluralForm = /_(zero|one|two|few|many|other)$/;

export function checkKeys(locale: Locale, reference: Locale): Problem[] {
  return Object.entries(reference.files).flatMap(([namespace, tree]) => {
    const own = locale.files[namespace];
    return own ? checkFile(locale.language, namespace, tree, own) : [];
  });
}

function checkFile(language: string, namespace: string, reference: Tree, own: Tree): Problem[] {
  const file = fileName(language, namespace);
  const wanted = byStem(reference);
  const there = byStem(own);
  const missing = [...wanted.keys()].filter((key) => !there.has(key));
  const extra = [...there.keys()].filter((key) => !wanted.has(key) && !mayStand(namespace, key));
  const both = [...there].filter(([key]) => wanted.has(key));
  return [
    ...missing.map((key) => ({ file, key, wrong: 'the key is missing', mend: `add it, as in ${referenceLanguage}` })),
    ...extra.map((key) => ({ file, key, wrong: 'no such key in English', mend: 'remove it, or correct its spelling' })),
    ...both.flatMap(([key, forms]) => [
      ...checkLeaves(file, forms, wanted.get(key)!),
      ...(namespace === 'utterances' ? [] : checkPlural(language, file, key, forms, wanted.get(key)!)),
    ]),
  ];
}

/** Lists of further words for an option may be there in one language and not in another. */
const mayStand = (namespace: string, key: string) => namespace === 'bot' && wordLists().has(`bot:${key}`);

/** `have` -> [[have_one, ...], [have_other, ...]] */
function byStem(tree: Tree): Map<string, [string, Leaf][]> {
  const found = new Map<string, [string, Leaf][]>();
  for (const [key, leaf] of leavesOf(tree)) {
    const forms = found.get(stem(key)) ?? [];
    found.set(stem(key), [...forms, [key, leaf]]);
  }
  return found;
}

function checkLeaves(file: string, forms: [string, Leaf][], wanted: [string, Leaf][]): Problem[] {
  const isList = Array.isArray(wanted[0]?.[1]);
  const names = new Set(wanted.flatMap(([, leaf]) => placeholders(leaf)));
  return forms.flatMap(([key, leaf]): Problem[] => {
    if (Array.isArray(leaf) !== isList) {
      return [
        {
          file,
          key,
          wrong: `it is ${isList ? 'no list' : 'a list'}`,
          mend: `write ${isList ? 'a list of words' : 'one text'}`,
        },
      ];
    }
    if (leaf.length === 0 || (typeof leaf === 'string' && leaf.trim() === '')) {
      return [{ file, key, wrong: 'it is empty', mend: 'translate it' }];
    }
    const own = new Set(placeholders(leaf));
    const lost = [...names].filter((name) => !own.has(name));
    const added = [...own].filter((name) => !names.has(name));
    return [
      ...lost.map((name) => ({
        file,
        key,
        wrong: `${name} is missing`,
        mend: 'put it where it belongs in the sentence',
      })),
      ...added.map((name) => ({
        file,
        key,
        wrong: `${name} stands there`,
        mend: 'English has no such value here: remove it',
      })),
    ];
  });
}

const placeholders = (leaf: Leaf) => (typeof leaf === 'string' ? (leaf.match(/\{\{.*?\}\}|\$t\(.*?\)/g) ?? []) : []);

function checkPlural(
  language: string,
  file: string,
  key: string,
  forms: [string, Leaf][],
  wanted: [string, Leaf][],
): Problem[] {
  if (!wanted.some(([name]) => pluralForm.test(name))) return [];
  const needed = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
  const there = forms.map(([name]) => pluralForm.exec(name)?.[1] ?? '(no form)');
  const missing = needed.filter((form) => !there.includes(form));
  const extra = there.filter((form) => !needed.some((one) => one === form));
  return [
    ...missing.map((form) => ({
      file,
      key: `${key}_${form}`,
      wrong: 'the plural form is missing',
      mend: `add it: ${language} needs ${needed.join(', ')}`,
    })),
    ...extra.map((form) => ({
      file,
      key: `${key}_${form}`,
      wrong: `${language} has no such plural form`,
      mend: `remove it: ${language} has ${needed.join(', ')}`,
    })),
  ];
}
