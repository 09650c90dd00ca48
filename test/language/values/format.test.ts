import { expect, test } from 'vitest';
import { readOpenHours } from '../../../src/config/values.ts';
import { formatHours, formatTime, formatWeekday } from '../../../src/language/values/dates.ts';

test.each([
  [0, '00:00'],
  [9 * 60 + 5, '09:05'],
  [24 * 60 - 1, '23:59'],
  [24 * 60, '24:00'],
])('%i minutes after midnight are %s in every language', (minutes, words) => {
  for (const language of ['et', 'lv', 'en']) expect(formatTime(minutes, language)).toBe(words);
});

test.each([
  ['Mon-Fri 09:00-17:00', 'Monday–Friday 09:00–17:00'],
  ['Fri 09:00-15:00, Mon-Thu 09:00-17:00', 'Monday–Thursday 09:00–17:00; Friday 09:00–15:00'],
  ['Mon-Tue 09:00-12:00, Mon-Tue 13:00-17:00', 'Monday–Tuesday 09:00–12:00, 13:00–17:00'],
  ['Mon 09:00-17:00, Wed 09:00-17:00', 'Monday 09:00–17:00; Wednesday 09:00–17:00'],
  ['Mon-Sun 00:00-24:00', 'Monday–Sunday 00:00–24:00'],
])('%s: %s', (set, words) => {
  expect(formatHours(readOpenHours(set)!, 'en')).toBe(words);
});

test.each([
  ['et', 'esmaspäev'],
  ['lv', 'pirmdiena'],
  ['en', 'Monday'],
  ['de', 'Montag'],
  ['fi', 'maanantai'],
  ['lt', 'pirmadienis'],
])('the day’s name as inside a sentence (%s): %s', (language, name) => {
  expect(formatWeekday('2026-11-23', language)).toBe(name);
});
