/** Texts, numbers and times in the language of whoever reads the insight. */
import type { Value } from '../../conversation/state.ts';
import { render } from '../../language/render.ts';
import type { Texts } from '../../language/texts.ts';
import { formatDate, formatNumber, localToday } from '../../language/values/dates.ts';
import { languageName } from '../../language/values/language-name.ts';

export interface Words {
  language: string;
  texts: Texts;
  /** IANA name, of the support. */
  timeZone: string;
}

export function speaker({ language, texts, timeZone }: Words) {
  const say = (key: string, values: Record<string, Value> = {}) =>
    render({ key: key.includes(':') ? key : `insight:${key}`, values }, language, texts, 'plain');
  const clock = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, { timeStyle: 'short', timeZone });
  return {
    say,
    number: (value: number) => formatNumber(value, language),
    languageName: (tag: string) => (tag === 'other' ? say('groups.other') : languageName(tag, language)),
    duration: (minutes: number) => durationIn(language, minutes),
    date: (at: number) => formatDate(localToday(new Date(at), timeZone), language),
    time: (at: number) => clock.format(at),
  };
}
export type Speaker = ReturnType<typeof speaker>;

/** @param minutes shown in minutes, from an hour on in hours, from two days on in days */
function durationIn(language: string, minutes: number): string {
  const [value, unit] =
    minutes < 60 ? [minutes, 'minute'] : minutes < 2 * 1440 ? [minutes / 60, 'hour'] : [minutes / 1440, 'day'];
  const locale = language === 'en' ? 'en-GB' : language;
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: value < 10 ? 1 : 0,
  }).format(value);
}
