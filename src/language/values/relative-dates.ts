import { dateWords } from './date-words.ts';
import { addDays, type IsoDate, weekday } from './iso-date.ts';
import { containsPhrase, type Phrases, phraseLength, phrases, wordsOf } from './phrases.ts';

interface Words {
  /** Days from today, with their words; the longer phrases first. */
  shifts: readonly (readonly [number, Phrases])[];
  weekdays: readonly Phrases[];
  last: Phrases;
  next: Phrases;
  ago: Phrases;
  day: Phrases;
  week: Phrases;
  vague: Phrases;
  noDay: Phrases;
  numbers: readonly Phrases[];
  dayOfMonth: Phrases;
}

const cache = new Map<string, Words>();

/** The language's words together with the English ones, which people mix in. */
function wordsFor(language: string): Words {
  const known = cache.get(language);
  if (known) return known;
  const rows = [dateWords[language], dateWords.en].filter((row) => row !== undefined);
  const list = (
    key:
      | 'today'
      | 'yesterday'
      | 'twoDaysAgo'
      | 'tomorrow'
      | 'last'
      | 'next'
      | 'ago'
      | 'day'
      | 'week'
      | 'vague'
      | 'dayOfMonth',
  ) => phrases(rows.map((row) => row[key]).join('|'));
  const each = (lists: readonly string[], length: number) =>
    Array.from({ length }, (_, at) => phrases(lists.map((words) => words.split(' ')[at] ?? '').join('|')));
  const words: Words = {
    shifts: [
      [-2, list('twoDaysAgo')],
      [-1, list('yesterday')],
      [1, list('tomorrow')],
      [0, list('today')],
    ],
    weekdays: each([...rows.map((row) => row.weekdays), dateWords[language]?.shortWeekdays ?? ''], 7),
    last: list('last'),
    next: list('next'),
    ago: list('ago'),
    day: list('day'),
    week: list('week'),
    vague: list('vague'),
    noDay: phrases(dateWords[language]?.noDay ?? ''),
    numbers: each(
      rows.map((row) => row.numbers),
      10,
    ),
    dayOfMonth: list('dayOfMonth'),
  };
  cache.set(language, words);
  return words;
}

/** What a text says about days in words. `dates` come from words that fix the day; a weekday is also in `weekdays` (1 = Monday). */
export interface RelativeDates {
  dates: IsoDate[];
  weekdays: number[];
  /** A span was named ("last week", "a few days ago"), or several days are possible. */
  vague: boolean;
}

function weekdayDate(day: number, today: IsoDate, said: { last: boolean; next: boolean; week: boolean }): IsoDate {
  const now = weekday(today);
  if (said.next) return addDays(today, (day - now + 7) % 7 || 7);
  if (said.last && said.week) return addDays(today, day - now - 7);
  const back = (now - day + 7) % 7;
  return addDays(today, -(back === 0 && said.last ? 7 : back));
}

/** The number at this word, in digits or as one to ten. */
function numberAt(all: readonly string[], at: number, words: Words): number | undefined {
  const word = all[at];
  if (word === undefined) return undefined;
  if (/^\d{1,3}$/.test(word)) return Number(word);
  const index = words.numbers.findIndex((list) => phraseLength(all, at, list) === 1);
  return index < 0 ? undefined : index + 1;
}

/** Days that "3 days ago", "pirms nedēļas" and the like go back; undefined if nothing of the kind is said. */
function daysAgo(all: readonly string[], words: Words): number | 'vague' | undefined {
  if (!containsPhrase(all, words.ago)) return undefined;
  for (const [at] of all.entries()) {
    const days = phraseLength(all, at, words.week) > 0 ? 7 : phraseLength(all, at, words.day) > 0 ? 1 : 0;
    if (days === 0) continue;
    const count = numberAt(all, at - 1, words);
    // "2-3 days ago" is no single day
    if (count !== undefined && numberAt(all, at - 2, words) !== undefined) return 'vague';
    return (count ?? 1) * days;
  }
  return undefined;
}

/** Days named by words: today, a weekday, "3 days ago". `text` has no written-out dates in it any more. */
export function relativeDates(text: string, language: string, today: IsoDate): RelativeDates {
  const words = wordsFor(language);
  const all = wordsOf(text);
  const dates: IsoDate[] = [];
  const weekdays: number[] = [];
  const said = {
    last: containsPhrase(all, words.last),
    next: containsPhrase(all, words.next),
    week: containsPhrase(all, words.week),
  };
  for (let at = 0; at < all.length; ) {
    const greeting = phraseLength(all, at, words.noDay);
    if (greeting > 0) {
      at += greeting;
      continue;
    }
    const shift = words.shifts.find(([, list]) => phraseLength(all, at, list) > 0);
    const day = words.weekdays.findIndex((list) => phraseLength(all, at, list) > 0) + 1;
    if (shift) dates.push(addDays(today, shift[0]));
    else if (day > 0) {
      weekdays.push(day);
      dates.push(weekdayDate(day, today, said));
    }
    at += shift ? phraseLength(all, at, shift[1]) : 1;
  }
  const unclear = containsPhrase(all, words.vague);
  const back = daysAgo(all, words);
  if (typeof back === 'number' && !unclear) dates.push(addDays(today, -back));
  return { dates, weekdays, vague: unclear || back === 'vague' || said.week };
}

/** The day of the month where only that is said: "20.", "the 20th", "20. kuupäeval"; 'bare' for a number and nothing else. */
export function dayOfMonth(text: string, language: string): number | 'bare' | undefined {
  const words = wordsFor(language);
  const match = text
    .trim()
    .match(
      /^(?:(?<article>(?:on )?the|am|den|le) )?(?<day>\d{1,2})(?<suffix>\.|st|nd|rd|th|:e|-?go|-?го)?(?: ?(?<rest>\D*))$/u,
    );
  if (!match?.groups) return undefined;
  const { article, day, suffix, rest = '' } = match.groups;
  const after = wordsOf(rest);
  const named = after.length > 0 && phraseLength(after, 0, words.dayOfMonth) === after.length;
  if (after.length > 0 && !named) return undefined;
  return article || suffix || named ? Number(day) : 'bare';
}
