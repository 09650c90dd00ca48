/** Loads `locales/` into i18next: a language is a folder. One that lacks texts is not offered, and `npm run locales` says what it lacks. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInstance } from 'i18next';
import { foldAnswer } from './fold.ts';
import { createTemplates, type Template } from './templates.ts';

export const localesFolder = join(import.meta.dirname, '../../locales');
/** The language in which keys are declared; every other one is measured against it. */
export const referenceLanguage = 'en';
/** The files of a language that customers, agents and mails need. */
export const namespaces = ['flows', 'bot', 'portal', 'mail', 'web', 'desk', 'insight'] as const;
const first = ['et', 'lv', 'en'];

type Tree = { [key: string]: Tree | string | string[] };

export interface Texts {
  /** Offered languages, in the order in which they are shown. */
  languages: readonly string[];
  label(language: string, key: string): string;
  /** The label as answers are compared with it. */
  folded(language: string, key: string): string;
  /** Folded too. */
  accept(language: string, key: string): readonly string[];
  template: Template;
  /** A file's texts as they stand. */
  file(language: string, namespace: string): Tree;
}

export function loadTexts(folder = localesFolder): Texts {
  const all = Object.fromEntries(
    readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => [entry.name, loadLanguage(join(folder, entry.name))]),
  );
  const reference = all[referenceLanguage];
  if (!reference) throw new Error(`${folder}/${referenceLanguage} is missing: it declares the keys of every language`);
  const complete = Object.keys(all).filter((language) => missingKeys(reference, all[language]!).length === 0);
  const languages = [
    ...first.filter((language) => complete.includes(language)),
    ...complete.filter((language) => !first.includes(language)).sort(),
  ];
  const i18n = createInstance();
  void i18n.init({
    initAsync: false,
    resources: Object.fromEntries(languages.map((language) => [language, all[language]!])),
    ns: [...namespaces],
    fallbackLng: false,
    // Values are already words; what looks like i18next syntax in them stays literal.
    interpolation: { escapeValue: false, skipOnVariables: true },
    returnNull: false,
  });
  const label = remembered((language, key) => i18n.t(key, { lng: language }));
  const folded = remembered((language, key) => foldAnswer(label(language, key)));
  const accept = remembered((language, key) => {
    const [namespace = '', path = ''] = key.split(':');
    const found = path.split('.').reduce<Tree | string | string[] | undefined>(child, all[language]?.[namespace]);
    return Array.isArray(found) ? found.map(foldAnswer).filter(Boolean) : [];
  });
  return {
    languages,
    file: (language, namespace) => all[language]?.[namespace] ?? {},
    label,
    folded,
    accept,
    template: createTemplates(i18n),
  };
}

/** Texts do not change while the process lives: each is looked up once. */
function remembered<T>(look: (language: string, key: string) => T): (language: string, key: string) => T {
  const known = new Map<string, T>();
  return (language, key) => {
    const id = `${language}|${key}`;
    let found = known.get(id);
    if (found === undefined) {
      found = look(...ownLanguage(language, key));
      known.set(id, found);
    }
    return found;
  };
}

/** `lv/bot:language.name` is a text of its own language, whatever the conversation's is. */
export function ownLanguage(language: string, key: string): [language: string, key: string] {
  const slash = key.indexOf('/');
  return slash < 0 ? [language, key] : [key.slice(0, slash), key.slice(slash + 1)];
}

const child = (tree: Tree | string | string[] | undefined, name: string) =>
  tree && typeof tree === 'object' && !Array.isArray(tree) ? tree[name] : undefined;

function loadLanguage(folder: string): Record<string, Tree> {
  const files = readdirSync(folder).filter((file) => namespaces.some((name) => file === `${name}.json`));
  return Object.fromEntries(
    files.map((file) => {
      try {
        return [file.replace('.json', ''), JSON.parse(readFileSync(join(folder, file), 'utf8')) as Tree];
      } catch (error) {
        throw new Error(`${join(folder, file)} is not valid JSON: ${(error as Error).message}`);
      }
    }),
  );
}

/** Keys of the reference that `tree` lacks; plural forms count by their stem. */
export function missingKeys(reference: Record<string, Tree>, tree: Record<string, Tree>): string[] {
  const there = new Set(leaves(tree).map(stem));
  return [...new Set(leaves(reference).map(stem))].filter((key) => !there.has(key));
}

export function leaves(tree: Tree, path = ''): string[] {
  return Object.entries(tree).flatMap(([name, value]) => {
    const key = path ? `${path}.${name}` : name;
    return typeof value === 'object' && !Array.isArray(value) ? leaves(value, key) : [key];
  });
}
export const stem = (key: string) => key.replace(/_(zero|one|two|few|many|other)$/, '');
