import { readFileSync } from 'node:fs';

/** The languages of the website side, in the order in which they are offered, and their files as they stand in `locales/`. */
export const textsFromDisk = {
  languages: ['et', 'lv', 'en'],
  file: (language: string, name: string): unknown =>
    JSON.parse(readFileSync(new URL(`../../../locales/${language}/${name}.json`, import.meta.url), 'utf8')),
};
