/**
 * One JSON object a line, written by pino: an event that stands so in the source, and facts of known names and shapes.
 * What somebody wrote, an address or a token cannot get in: there is no fact that would hold it.
 */
import { existsSync } from 'node:fs';
import { isAbsolute, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type DestinationStream, pino } from 'pino';
import { StoreUnavailable } from '../store/port.ts';

export type Level = 'error' | 'warn' | 'info' | 'debug';
/** A text that was put together at run time does not compile: lines of one kind can be counted by it. */
type Literal<Event extends string> = Record<never, never> extends Record<Event, 1> ? never : Event;
/** @param event what happened, a short sentence */
export type Log = <const Event extends string>(level: Level, event: Literal<Event>, facts?: Facts) => void;
/** Another fact does not compile, and is not written. */
export type Facts = { readonly [Name in keyof typeof shapes]?: Parameters<(typeof shapes)[Name]>[0] | undefined };

const withheld = '(withheld)';
const text = (rule: RegExp) => (value: string) => (typeof value === 'string' && rule.test(value) ? value : withheld);
const count = (value: number) => (Number.isFinite(value) ? value : withheld);
/** A name of the program's or of a library's own, or a short code such as 404 or 57P01. */
const name = text(/^([a-z_$][\w$.:-]{0,60}|\w{1,6})$/i);

/** Every fact that can be written, with what its value must look like. */
const shapes = {
  /** Of an outbox row; Teams and Message-IDs have an @ in them, and no address of a person ends like theirs. */
  id: text(/^[\w.:|;<>-]{1,300}(@(thread\.\w+|unq\.gbl\.spaces|cps-support-bot)[\w.:|;>-]{0,200})?$/),
  result: name,
  work: name,
  /** Kind, code and cause of an error, and where it arose. */
  error: name,
  code: name,
  cause: name,
  at: (value: string) => framesOf(value),
  reason: sentence,
  attempts: count,
  status: count,
  conversations: count,
  tickets: count,
  unknown: count,
  outboxRows: count,
  undated: count,
  mails: count,
  traces: count,
};

/** @param quietest the last level that is written */
export function createLog({
  level: quietest,
  to,
  now,
}: {
  level: Level;
  to: DestinationStream;
  now: () => number;
}): Log {
  const logger = pino(
    {
      level: quietest,
      base: null,
      messageKey: 'event',
      timestamp: () => `,"time":"${new Date(now()).toISOString()}"`,
      formatters: { level: (level) => ({ level }), log: allowed },
    },
    to,
  );
  return (level, event, facts) => logger[level](facts ?? {}, event);
}

/** For libraries that want a logger of their own. */
export const silent = pino({ enabled: false });

function allowed(facts: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(facts).flatMap(([fact, value]): [string, unknown][] => {
      if (value === undefined || !Object.hasOwn(shapes, fact)) return [];
      return [[fact, shapes[fact as keyof typeof shapes](value as never)]];
    }),
  );
}

/** What may be logged of an error: its kind and where it arose. Its message may repeat what a customer wrote. */
export function errorFacts(error: unknown): Facts {
  if (!(error instanceof Error)) return { error: typeof error };
  return {
    error: error.name,
    code: codeOf(error),
    cause: codeOf(error.cause) ?? (error.cause instanceof Error ? error.cause.name : undefined),
    // The store's own sentences hold no customers' data (src/store/port.ts).
    reason: error instanceof StoreUnavailable ? error.message : undefined,
    at: framesOf(error.stack ?? ''),
  };
}

function codeOf(error: unknown): string | undefined {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' || typeof code === 'number' ? `${code}` : undefined;
}

/** From the store or another service: up to the first quotation mark, as JSON.parse quotes what it could not read; without addresses. */
function sentence(value: string): string {
  return `${value}`
    .slice(0, 400)
    .replace(/["'].*/s, '…')
    .replace(/\S*@\S*|[\w-]{60,}/g, '…');
}

const root = join(import.meta.dirname, '../..');

/** The first four places in files of this program: a message may hold lines that look like frames. */
function framesOf(stack: string): string {
  const frames = `${stack}`.split(/\n| \| /).flatMap((line) => {
    const [, place = '', at] = /(?:^|[\s(])((?:file:\/\/)?[^\s()]+?)(:\d{1,6}:\d{1,6})\)?$/.exec(line) ?? [];
    const path = place.startsWith('file:') ? fileURLToPath(place) : place;
    const own = isAbsolute(path) ? relative(root, path) : path;
    return /^[\w@./+-]+$/.test(own) && !own.startsWith('..') && existsSync(join(root, own)) ? [`${own}${at}`] : [];
  });
  return frames.slice(0, 4).join(' | ');
}
