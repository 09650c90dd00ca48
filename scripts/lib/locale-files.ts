/** A language's files as they stand in locales/, also of a language that is not complete yet. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { localesFolder, namespaces, referenceLanguage } from '../../src/language/texts.ts';
import type { Problem } from './problem.ts';

export type Tree = { [key: string]: Tree | string | string[] };
export type Leaf = string | string[];
export interface Locale {
  language: string;
  /** By namespace: flows, bot, portal, mail, web, desk, insight. */
  files: Record<string, Tree>;
}
/** One text with the place it comes from. */
export interface LocaleText {
  file: string;
  key: string;
  text: string;
}

/** Every folder with a flows.json; a folder with phrases alone is a language that is only understood. */
export function localeFolders(folder = localesFolder): string[] {
  const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders.map(({ name }) => name).filter((name) => existsSync(join(folder, name, 'flows.json')));
}

export function readLocale(language: string, folder = localesFolder): { locale: Locale; problems: Problem[] } {
  const files: Record<string, Tree> = {};
  const problems: Problem[] = [];
  for (const namespace of [...namespaces, 'utterances']) {
    const path = join(folder, language, `${namespace}.json`);
    if (!existsSync(path)) {
      const mend = `copy locales/${referenceLanguage}/${namespace}.json and translate it`;
      problems.push({ file: fileName(language, namespace), key: '(file)', wrong: 'the file is missing', mend });
      continue;
    }
    try {
      files[namespace] = JSON.parse(readFileSync(path, 'utf8')) as Tree;
    } catch (error) {
      const wrong = `no valid JSON: ${(error as Error).message}`;
      problems.push({ file: fileName(language, namespace), key: '(file)', wrong, mend: 'mend the place it names' });
    }
  }
  return { locale: { language, files }, problems };
}

export const fileName = (language: string, namespace: string) => `locales/${language}/${namespace}.json`;

export function leavesOf(tree: Tree, path = ''): [key: string, leaf: Leaf][] {
  return Object.entries(tree).flatMap(([name, value]): [string, Leaf][] => {
    const key = path ? `${path}.${name}` : name;
    return typeof value === 'string' || Array.isArray(value) ? [[key, value]] : leavesOf(value, key);
  });
}

/** What customers and agents read; lists of words that a customer may type are not among it, nor are phrases. */
export function textsOf({ language, files }: Locale): LocaleText[] {
  return namespaces.flatMap((namespace) =>
    leavesOf(files[namespace] ?? {}).flatMap(([key, leaf]) =>
      typeof leaf === 'string' ? [{ file: fileName(language, namespace), key, text: leaf }] : [],
    ),
  );
}

/** The leaf at a key such as `flows:register.vat.options.yes`. */
export function leafAt({ files }: Locale, fullKey: string): Leaf | undefined {
  const [namespace = '', path = ''] = fullKey.split(':');
  let found: Tree | Leaf | undefined = files[namespace];
  for (const name of path.split('.'))
    found = found && typeof found === 'object' && !Array.isArray(found) ? found[name] : undefined;
  return typeof found === 'string' || Array.isArray(found) ? found : undefined;
}

/** A text as a customer reads it: labels put in, marks of Markdown left out; values stay as `{{name}}`. */
export function readable(text: string, locale: Locale): string {
  const filled = text.replace(/\$t\(portal:(\w+)\)/g, (whole, name: string) =>
    String(leafAt(locale, `portal:${name}`) ?? whole),
  );
  return filled.replace(/\*\*|`/g, '');
}
