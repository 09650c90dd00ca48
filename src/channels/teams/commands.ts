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

/** @returns undefined when the words begin with no command */
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
      .filter(({ form }) => said === form || (takesMore(form) && said.startsWith(`${form} `)))
      .sort((a, b) => b.form.length - a.form.length)[0];
    if (found) return { name: found.name, rest: restOf(words, found.form) };
  }
  return undefined;
}

/** A single short word may begin an ordinary sentence; it still counts, since whoever speaks to the desk gives commands. */
const takesMore = (form: string) => form.length >= 3;

/** As typed, after as many words as the command has. */
const restOf = (words: string, form: string) => words.trim().split(/\s+/).slice(form.split(' ').length).join(' ');

/** `note: …` is for the team only. */
export function readNote(words: string, texts: Texts): string | undefined {
  const [, head, rest] = /^\s*([^:\s]{2,20})\s*:\s*([\s\S]+)$/.exec(words) ?? [];
  if (!head || !rest) return undefined;
  const prefixes = texts.languages.flatMap((tongue) => texts.accept(tongue, 'desk:prefixes.note'));
  return prefixes.includes(fold(head)) ? rest.trim() : undefined;
}

/** `K7F3-2Q`, wherever it stands. */
export const ticketIn = (words: string): string | undefined =>
  /\b([0-9A-Z]{4}-?[0-9A-Z]{2})\b/i
    .exec(words)?.[1]
    ?.toUpperCase()
    .replace(/^(.{4})-?(.{2})$/, '$1-$2');
