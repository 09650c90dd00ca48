/** How the values of single variables are written and read. Each reader returns undefined for what it does not understand. */

const units: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds. Short (`90s`, `30m`, `4h`, `2d`) or ISO 8601 without years and months (`PT4H`, `P2D`, `PT1H30M`). */
export function readDuration(text: string): number | undefined {
  const short = /^(\d{1,6})\s?([smhd])$/i.exec(text);
  if (short) return Number(short[1]) * (units[short[2]?.toLowerCase() ?? ''] ?? 0);
  const iso = /^P(?:(\d{1,4})D)?(?:T(?=\d)(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,6})S)?)?$/i.exec(text);
  if (!iso || iso.slice(1).every((part) => part === undefined)) return undefined;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = iso.slice(1).map((part) => Number(part ?? 0));
  return days * 86_400_000 + hours * 3_600_000 + minutes * 60_000 + seconds * 1000;
}

/** One stretch of a weekday (1 Monday to 7 Sunday) in which the support team answers; minutes since midnight, local time. */
export interface OpenHours {
  weekday: number;
  from: number;
  to: number;
}

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

function minutesOf(clock: string): number | undefined {
  const [, hours, minutes] = /^(\d{1,2}):([0-5]\d)$/.exec(clock) ?? [];
  const all = Number(hours) * 60 + Number(minutes);
  return hours !== undefined && all <= 24 * 60 ? all : undefined;
}

/** `Mon-Fri 09:00-17:00`, several with commas: `Mon-Thu 09:00-17:00, Fri 09:00-15:00`. Sorted by weekday and time. */
export function readOpenHours(text: string): OpenHours[] | undefined {
  const open: OpenHours[] = [];
  for (const part of text.split(',')) {
    const [, first, last, opens, closes] =
      /^\s*([a-z]{3})(?:\s*-\s*([a-z]{3}))?\s+([\d:]+)\s*-\s*([\d:]+)\s*$/i.exec(part) ?? [];
    const start = weekdays.indexOf(first?.toLowerCase() ?? '');
    const end = last ? weekdays.indexOf(last.toLowerCase()) : start;
    const from = minutesOf(opens ?? '');
    const to = minutesOf(closes ?? '');
    if (start < 0 || end < start || from === undefined || to === undefined || from >= to) return undefined;
    for (let day = start; day <= end; day++) open.push({ weekday: day + 1, from, to });
  }
  open.sort((a, b) => a.weekday - b.weekday || a.from - b.from);
  const overlap = open.some(
    (entry, at) => open[at + 1]?.weekday === entry.weekday && (open[at + 1]?.from ?? 0) < entry.to,
  );
  return overlap ? undefined : open;
}

/** Exact origins (RFC 6454): scheme, host and perhaps a port; no path, no wildcard. Lower case, each once. */
export function readOrigins(text: string): string[] | undefined {
  const origins = text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
    .map((part) => (/^https?:\/\//i.test(part) && URL.canParse(part) ? new URL(part) : undefined));
  const exact = origins.every((url) => url?.href === `${url?.origin}/` && !url.hostname.includes('*'));
  return exact ? [...new Set(origins.map((url) => url?.origin ?? ''))] : undefined;
}

/** Of an origin: reached over TLS, and not only by the one who sits at this machine. */
export const isPublicWebsite = (origin: string): boolean =>
  origin.startsWith('https://') && !isLoopbackHost(new URL(origin).hostname);

/** Hosts only this machine can reach. */
export const isLoopbackHost = (host: string): boolean => /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(host);

/** One mailbox, `a@b.example` or `Name <a@b.example>`: no second address, no line break (either could add recipients). */
export const isMailbox = (text: string): boolean =>
  /^(?:[^\r\n<>@,;:"]+<[^\s<>@,;:"]+@[^\s<>@,;:"]+\.[^\s<>@,;:"]+>|[^\s<>@,;:"]+@[^\s<>@,;:"]+\.[^\s<>@,;:"]+)$/.test(
    text,
  );

/** Of a mailbox such as `Name <a@b.example>`: `a@b.example`. */
export const addressOf = (mailbox: string): string => /<([^<>]+)>$/.exec(mailbox)?.[1] ?? mailbox;

/** What may be repeated of a value in an error message: never the part of an address that can be a password. */
export const withoutCredentials = (text: string): string =>
  text.replace(/^([a-z+.-]*:\/\/)?[^@/]*(?:\/[^@]*)?@/i, (_, scheme) => `${scheme ?? ''}***@`).slice(0, 80);
