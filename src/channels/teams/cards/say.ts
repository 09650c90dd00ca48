/** Texts, values and times in an agent's language. */
import type { Part, Value } from '../../../conversation/state.ts';
import { render, renderValue } from '../../../language/render.ts';
import type { Texts } from '../../../language/texts.ts';
import { languageName } from '../../../language/values/language-name.ts';
import type { Refused } from '../../../support/desk.ts';

export interface Say {
  language: string;
  texts: Texts;
  /** A text of desk.json. */
  (key: string, values?: Record<string, Value>, count?: number): string;
  part(part: Part): string;
  value(value: Value): string;
  time(at: number): string;
  languageName(tag: string): string;
}

export function createSay(language: string, texts: Texts, timeZone: string): Say {
  const part = (one: Part) => render(one, language, texts, 'plain');
  // British: elsewhere the month comes first.
  const locale = language === 'en' ? 'en-GB' : language;
  const times = new Intl.DateTimeFormat(locale, { dateStyle: 'short', timeStyle: 'short', timeZone });
  const say = (key: string, values: Record<string, Value> = {}) => part({ key: `desk:${key}`, values });
  return Object.assign(say, {
    ...{ language, texts, part },
    value: (value: Value) => renderValue(value, language, texts, 'plain'),
    time: (at: number) => times.format(at),
    languageName: (tag: string) => languageName(tag, language),
  });
}

export const refusal = (
  say: Say,
  { why, by = '', other = '' }: Refused | { why: string; by?: string; other?: string },
) => say(`refused.${why}`, { name: by, ticket: other });
