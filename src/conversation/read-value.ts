/** Reads a typed value; what cannot be read gets a sentence that says what is wanted. */
import type { ValueKind } from '../flow/define-flow.ts';
import { parseCountry } from '../language/values/countries.ts';
import { judgeDate, parseDate } from '../language/values/dates.ts';
import { parsePoints } from '../language/values/points.ts';
import { today } from './checks.ts';
import type { Part, State, World } from './state.ts';

export type Read = { value: string | number; note?: Part } | { problem: Part; readable?: true };

export const maxTextLength = 1000;
const maxAgeDays = 60; // table G: older dates are asked again

export const readers: Record<ValueKind, (text: string, state: State, world: World) => Read> = {
  points(text, state) {
    const read = parsePoints(text, state.language);
    if (read.kind !== 'points') {
      return { problem: { key: `bot:points.${read.kind}` }, ...(read.kind === 'invalid' ? {} : { readable: true }) };
    }
    const note = { key: 'bot:points.assumed', values: { number: { number: read.value } } };
    return read.assumed ? { value: read.value, note } : { value: read.value };
  },
  pastDate(text, state, world) {
    const now = today(state, world);
    const read = parseDate(text, state.language, now);
    if (read.kind !== 'date') return { problem: invalidDate(now) };
    const verdict = judgeDate(read.date, now, maxAgeDays);
    if (verdict === 'ok') return { value: read.date };
    return { problem: { key: `bot:date.${verdict}`, values: { date: { date: read.date } } }, readable: true };
  },
  futureDate(text, state, world) {
    const now = today(state, world);
    const read = parseDate(text, state.language, now);
    if (read.kind !== 'date') return { problem: invalidDate(now) };
    // Without a year the reader takes the last such day; a due date that long ago means the next one.
    const nextYear = !/\d{4}|[./-]\d\d$/.test(text.trim()) && judgeDate(read.date, now, maxAgeDays) === 'tooOld';
    return { value: nextYear ? `${Number(read.date.slice(0, 4)) + 1}${read.date.slice(4)}` : read.date };
  },
  country(text, state) {
    const country = parseCountry(text, state.language);
    return country ? { value: country } : { problem: { key: 'bot:country.invalid' } };
  },
  email(text) {
    const found = text.match(/[^\s<>,;:"()[\]]+@[^\s<>,;:"()[\]@]+\.[\p{L}\p{N}-]{2,}/gu) ?? [];
    const address = found.length === 1 ? found[0].replace(/[.!?]+$/, '') : undefined;
    return address && address.length <= 254 ? { value: address } : { problem: { key: 'bot:email.invalid' } };
  },
  number(text) {
    const digits = /^\D*(\d{1,5})\D*$/.exec(text.normalize('NFKC'))?.[1];
    return digits ? { value: Number(digits) } : { problem: { key: 'bot:number.invalid' } };
  },
  text(text) {
    if (text.length <= maxTextLength) return { value: text.trim() };
    return { problem: { key: 'bot:text.tooLong', values: { limit: { number: maxTextLength } } }, readable: true };
  },
};

const invalidDate = (now: string): Part => ({ key: 'bot:date.invalid', values: { exampleDate: { date: now } } });
