/** What an agent types to the bot, in any of the languages: a command and what follows it. */
import { fold } from '../../language/fold.ts';
import type { Texts } from '../../language/texts.ts';

export const commandNames = ['mine', 'waiting', 'history', 'search', 'language', 'help', 'setup'] as const;
export type CommandName = (typeof commandNames)[number];

/** The words without the mention of the bot by which they came, as typed. */
export function withoutMentions(text: string): string {
  return text
    .replace(/<at[^>]*>.*?<\/at>/gis, ' ')
    .replace(/&nbsp;/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
    .replace(/[\u00a0\u200b]/g, ' ')
    .trim();
}

/** @returns undefined when the words begin with no command; one that moves the desk has to be the whole of them */
export function readCommand(
  words: string,
  language: string,
  texts: Texts,
): { name: CommandName; rest: string } | undefined {
  const said = fold(words);
  const tongues = [language, ...texts.languages.filter((other) => other !== language)];
  for (const tongue of tongues) {
    const forms = commandNames.flatMap((name) =>
      [texts.label(tongue, `desk:commands.${name}.label`), ...texts.accept(tongue, `desk:commands.${name}.accept`)].map(
        (form) => ({ name, form: fold(form) }),
      ),
    );
    // The longest first: "my tickets" before "my".
    const found = forms
      .filter(({ name, form }) => said === form || (takesMore(name, form) && said.startsWith(`${form} `)))
      .sort((a, b) => b.form.length - a.form.length)[0];
    if (found) return { name: found.name, rest: restOf(words, found.form) };
  }
  return undefined;
}

/** A single short word may begin an ordinary sentence; it still counts, since whoever speaks to the desk gives commands. */
const takesMore = (name: CommandName, form: string) => name !== 'setup' && form.length >= 3;

/** As typed, after as many words as the command has. */
const restOf = (words: string, form: string) => words.trim().split(/\s+/).slice(form.split(' ').length).join(' ');

/** What may be numbers of requests, wherever they stand: `K7F3-2Q`, `k7f32q`, and any word of six letters. */
export const numbersIn = (words: string): string[] => [
  ...new Set(
    words
      .matchAll(/(?<![\p{L}\p{N}])([0-9a-z]{4})[-‐‑–— ]?([0-9a-z]{2})(?![\p{L}\p{N}])/giu)
      .map(([, first = '', second = '']) => `${first}-${second}`.toUpperCase()),
  ),
];
