import { z } from 'zod';
import { isMailbox, readDuration, readOpenHours, readOrigins } from './values.ts';

/** Builds a reader whose only error is `message`; the variable's name and value are added when errors are listed. */
function text<T>(read: (value: string) => T | undefined, message: string) {
  return z.string().transform((value, context): T => {
    const found = read(value);
    if (found !== undefined) return found;
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  });
}

const when = (test: (value: string) => boolean) => (value: string) => (test(value) ? value : undefined);

const whole = (least: number, most: number) =>
  text(
    (value) => (/^\d{1,9}$/.test(value) && Number(value) >= least && Number(value) <= most ? Number(value) : undefined),
    `must be a whole number from ${least} to ${most}`,
  );

/** In any letter case; as written here afterwards. */
function oneOf<const T extends string>(...names: T[]) {
  const find = (value: string) => names.find((name) => name.toLowerCase() === value.toLowerCase());
  return text(find, `must be one of ${names.join(', ')}`);
}

const url = (...schemes: string[]) =>
  text(
    when((value) => schemes.some((scheme) => value.toLowerCase().startsWith(`${scheme}://`)) && URL.canParse(value)),
    `must start with ${schemes.map((scheme) => `${scheme}://`).join(' or ')}`,
  );

const webAddress = url('https', 'http');
const uuid = text(
  when((value) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)),
  'must be a UUID such as 11111111-2222-3333-4444-555555555555',
);
const mailbox = text(
  when(isMailbox),
  'must be one mail address, such as support@example.com or Name <support@example.com>',
);
/** Long enough, and not what somebody types who wants to see whether it starts. */
export const isRandom = (value: string, least: number): boolean =>
  value.length >= least && new Set(value).size >= 8 && !/change.?me|example|^secret|^password|default/i.test(value);

const secret = (least: number) =>
  text(
    when((value) => isRandom(value, least)),
    `must be at least ${least} random characters; make one with: openssl rand -base64 48`,
  );
const duration = text(
  (value) => readDuration(value) || undefined,
  'must be a duration such as 30m, 4h, 2d or PT4H, longer than nothing',
);

const timeZone = when((value) => {
  try {
    return (
      /^[A-Za-z]/.test(value) && new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone !== ''
    );
  } catch {
    return false;
  }
});

/** Points from which each tier is reached. */
export interface TierThresholds {
  silver: number;
  gold: number;
  platinum: number;
}

function readTiers(value: string): TierThresholds | undefined {
  try {
    const points = z.number().int().positive();
    const tiers = z.strictObject({ silver: points, gold: points, platinum: points }).parse(JSON.parse(value));
    return tiers.silver < tiers.gold && tiers.gold < tiers.platinum ? tiers : undefined;
  } catch {
    return undefined;
  }
}

const proxies = text((value) => {
  if (/^(false|no|off)$/i.test(value)) return 0;
  if (/^(true|yes|on)$/i.test(value)) return 1;
  return /^[0-9]$/.test(value) ? Number(value) : undefined;
}, 'must be the number of proxies in front of the server, 0 to 9 (true means 1, false 0)');

/** Every variable of the environment; what an empty or missing one means stands in its `default`. */
export const variables = z.object({
  NODE_ENV: oneOf('development', 'test', 'production').default('development'),
  PORT: whole(0, 65_535).default(3978),
  HOST: text(
    when((value) => /^[A-Za-z0-9.:[\]-]+$/.test(value)),
    'must be a host name or an address to listen at',
  ).default('127.0.0.1'),
  PUBLIC_URL: webAddress.transform((value) => value.replace(/\/+$/, '')).optional(),
  TRUST_PROXY: proxies.default(0),
  DATA_DIR: z.string().default('./data'),
  STORE: oneOf('lowdb', 'postgres').default('lowdb'),
  DATABASE_URL: url('postgres', 'postgresql').optional(),
  MicrosoftAppId: uuid.optional(),
  MicrosoftAppPassword: z.string().optional(),
  MicrosoftAppType: oneOf('SingleTenant', 'MultiTenant', 'UserAssignedMsi').optional(),
  MicrosoftAppTenantId: uuid.optional(),
  DIRECT_LINE: oneOf('embedded', 'azure', 'off').default('embedded'),
  DIRECT_LINE_SECRET: secret(32).optional(),
  TOKEN_SECRET: secret(32).optional(),
  ALLOWED_ORIGINS: text(
    readOrigins,
    'must be origins separated by commas, such as https://www.example.com, without paths or *',
  ).prefault(''),
  SMTP_URL: url('smtp', 'smtps').optional(),
  MAIL_FROM: mailbox.default('CPS support <cps-support@localhost.localdomain>'),
  // Mail to Canon's own sender address is read by nobody (F19).
  SUPPORT_EMAIL: mailbox
    .refine((value) => !/do-?not-?reply@|no-?reply@/i.test(value), 'must be a mailbox that somebody reads')
    .optional(),
  SUPPORT_TEAM_ID: z.string().optional(),
  SUPPORT_HOURS: text(
    readOpenHours,
    'must be days and hours such as Mon-Fri 09:00-17:00 (several: separated by commas)',
  ).optional(),
  SUPPORT_TIMEZONE: text(timeZone, 'must be a time zone such as Europe/Tallinn').default('Europe/Tallinn'),
  SUPPORT_COUNTRY: text(
    when((value) => /^[A-Z]{2}$/.test(value)),
    'must be a country such as EE (ISO 3166, two capital letters)',
  ).default('EE'),
  SUPPORT_REPLY_WITHIN: duration.optional(),
  SUPPORT_LANGUAGE: text(
    when((value) => /^[a-z]{2,3}$/.test(value)),
    'must be a language such as en or et',
  ).default('en'),
  SUPPORT_UNCLAIMED_AFTER: duration.prefault('30m'),
  SUPPORT_UNREAD_AFTER: duration.prefault('10m'),
  FAQ_URL: webAddress.optional(),
  PRIVACY_URL: webAddress.optional(),
  DATA_CONTROLLER: z.string().optional(),
  OPERATOR_TOKEN: secret(20).optional(),
  RATE_CONVERSATIONS: whole(0, 1_000_000).default(60),
  RATE_REQUESTS: whole(0, 1_000_000).default(600),
  RATE_MESSAGES: whole(0, 1_000_000).default(60),
  TIER_THRESHOLDS: text(
    readTiers,
    'must be rising points as JSON, such as {"silver":500,"gold":1000,"platinum":1600}',
  ).optional(),
  RETENTION_DAYS: whole(1, 3650).default(90),
  LOG_LEVEL: oneOf('error', 'warn', 'info', 'debug').default('info'),
});

export type Variables = z.output<typeof variables>;
export type VariableName = keyof Variables;

/** Their values never appear in a message, whatever is wrong with them. */
export const secretNames: ReadonlySet<string> = new Set<VariableName>([
  'MicrosoftAppPassword',
  'DIRECT_LINE_SECRET',
  'TOKEN_SECRET',
  'OPERATOR_TOKEN',
]);
