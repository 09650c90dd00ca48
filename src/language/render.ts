/** From keys and values to words: the very last step, in the customer's (or an agent's) language. */
import type { Part, Value } from '../conversation/state.ts';
import { ownLanguage, type Texts } from './texts.ts';
import { countryName } from './values/countries.ts';
import { formatDate, formatHours, formatNumber, formatTime, formatWeekday } from './values/dates.ts';
import { languageName } from './values/language-name.ts';

export type Look = 'markdown' | 'plain';

export function render(part: Part, language: string, texts: Texts, look: Look = 'markdown'): string {
  const [tongue, key] = ownLanguage(language, part.key);
  const text = texts
    .template(tongue, key, part.count)
    .map((piece, at) => (at % 2 === 0 ? piece : renderNamed(piece, part, tongue, texts, look)))
    .join('');
  return look === 'plain' ? withoutMarks(text) : text.trim();
}

/** A text takes of the values what it names. */
function renderNamed(name: string, { values, count }: Part, language: string, texts: Texts, look: Look): string {
  if (count !== undefined && name === 'count') return String(count);
  if (count !== undefined && name === 'number') return formatNumber(count, language);
  const value = values?.[name];
  return value === undefined ? '' : renderValue(value, language, texts, look);
}

export function renderValue(value: Value, language: string, texts: Texts, look: Look): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return formatNumber(value, language);
  if ('part' in value) return render(value.part, language, texts, look);
  if ('number' in value) return formatNumber(value.number, language);
  if ('date' in value) return formatDate(value.date, language);
  if ('language' in value) return languageName(value.language, language);
  if ('country' in value) return countryName(value.country, language);
  if ('words' in value) return look === 'markdown' ? literal(value.words) : oneLine(value.words);
  if ('weekday' in value) return formatWeekday(value.weekday, language);
  if ('time' in value) return formatTime(value.time, language);
  if ('hours' in value) return formatHours(value.hours, language);
  if ('numbered' in value) {
    return value.numbered.map((part, i) => `${i + 1} – ${render(part, language, texts, look)}`).join('; ');
  }
  if ('sentences' in value) return value.sentences.map((part) => render(part, language, texts, look)).join(' ');
  const bullet = look === 'markdown' ? '- ' : '';
  return value.lines
    .map(({ label, value: inner }) => {
      const name = render(label, language, texts, look);
      return `${bullet}${look === 'markdown' ? `**${name}:**` : `${name}:`} ${renderValue(inner, language, texts, look)}`;
    })
    .join('\n');
}

/** Somebody's own words inside Markdown: every sign of it loses its meaning, also what a client would make a link of. */
export function literal(words: string): string {
  return oneLine(words).replace(/[!-/:-@[-`{-~]/g, '\\$&');
}

const oneLine = (words: string) => words.replace(/\s+/g, ' ').trim();

/** Our own texts use `*`, `**`, backticks and lists only. */
const withoutMarks = (text: string) => text.replace(/\*|`/g, '').trim();
