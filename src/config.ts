import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { crossChecks } from './config/cross-checks.ts';
import { keepTokenSecret } from './config/token-secret.ts';
import { type OpenHours, withoutCredentials } from './config/values.ts';
import { secretNames, type TierThresholds, type VariableName, type Variables, variables } from './config/variables.ts';

/** The whole configuration, one field per variable of `.env.example`. Durations are milliseconds. */
export interface Config {
  production: boolean;
  port: number;
  host: string;
  /** Where customers reach the server; without a slash at the end, but perhaps with a path. */
  publicUrl: string | undefined;
  /** How many proxies of our own stand in front and append to X-Forwarded-For. */
  trustProxy: number;
  dataDir: string;
  store: 'lowdb' | 'postgres';
  databaseUrl: string | undefined;
  /** Empty: `/api/messages` is not authenticated, and answers this machine only. */
  appId: string;
  appPassword: string;
  appType: 'SingleTenant' | 'MultiTenant' | 'UserAssignedMsi';
  appTenantId: string;
  directLine: 'embedded' | 'azure' | 'off';
  directLineSecret: string | undefined;
  /** Signs tokens and card data; derive a key of your own from it for each purpose. */
  tokenSecret: string;
  /** Exact origins of the websites that may embed the chat; the origin of `publicUrl` is allowed beside them. */
  allowedOrigins: readonly string[];
  /** Undefined: mails are written to `dataDir`/mail. */
  smtpUrl: string | undefined;
  mailFrom: string;
  supportEmail: string | undefined;
  supportTeamId: string | undefined;
  /** Undefined: unknown, no time of an answer is promised. */
  supportHours: readonly OpenHours[] | undefined;
  supportTimezone: string;
  supportCountry: string;
  /** Within the support's open hours. Undefined: no time of an answer is promised. */
  supportReplyWithin: number | undefined;
  supportLanguage: string;
  supportUnclaimedAfter: number;
  supportUnreadAfter: number;
  faqUrl: string | undefined;
  privacyUrl: string | undefined;
  dataController: string | undefined;
  operatorToken: string | undefined;
  /** Per address and minute; 0: no limit. */
  rateConversations: number;
  rateRequests: number;
  /** Per conversation and minute; 0: no limit. */
  rateMessages: number;
  /** Undefined: no thresholds are stated. */
  tierThresholds: TierThresholds | undefined;
  retentionDays: number;
  logLevel: 'error' | 'warn' | 'info' | 'debug';
  /** What works as it is, but not in every case: sentences for an operator, to be logged at the start. */
  warnings: readonly string[];
}

export type Env = Readonly<Record<string, string | undefined>>;

/** Every variable that must be changed before the server can start, one line each. */
export class ConfigError extends Error {
  override name = 'ConfigError';
  problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(`The configuration needs changes (see .env.example):\n${problems.map((line) => `  ${line}`).join('\n')}`);
    this.problems = problems;
  }
}

function describe(name: VariableName, message: string, value: string | undefined): string {
  return secretNames.has(name) ? `${name} ${message}` : `${name} ${message} (got "${withoutCredentials(value ?? '')}")`;
}

const config = (is: Variables): Config => ({
  production: is.NODE_ENV === 'production',
  port: is.PORT,
  host: is.HOST,
  publicUrl: is.PUBLIC_URL,
  trustProxy: is.TRUST_PROXY,
  dataDir: is.DATA_DIR,
  store: is.STORE,
  databaseUrl: is.DATABASE_URL,
  appId: is.MicrosoftAppId ?? '',
  appPassword: is.MicrosoftAppPassword ?? '',
  appType: is.MicrosoftAppType ?? (is.MicrosoftAppTenantId ? 'SingleTenant' : 'MultiTenant'),
  appTenantId: is.MicrosoftAppTenantId ?? '',
  directLine: is.DIRECT_LINE,
  directLineSecret: is.DIRECT_LINE_SECRET,
  tokenSecret: is.TOKEN_SECRET ?? '',
  allowedOrigins: is.ALLOWED_ORIGINS,
  smtpUrl: is.SMTP_URL,
  mailFrom: is.MAIL_FROM,
  supportEmail: is.SUPPORT_EMAIL,
  supportTeamId: is.SUPPORT_TEAM_ID,
  supportHours: is.SUPPORT_HOURS,
  supportTimezone: is.SUPPORT_TIMEZONE,
  supportCountry: is.SUPPORT_COUNTRY,
  supportReplyWithin: is.SUPPORT_REPLY_WITHIN,
  supportLanguage: is.SUPPORT_LANGUAGE,
  supportUnclaimedAfter: is.SUPPORT_UNCLAIMED_AFTER,
  supportUnreadAfter: is.SUPPORT_UNREAD_AFTER,
  faqUrl: is.FAQ_URL,
  privacyUrl: is.PRIVACY_URL,
  dataController: is.DATA_CONTROLLER,
  operatorToken: is.OPERATOR_TOKEN,
  rateConversations: is.RATE_CONVERSATIONS,
  rateRequests: is.RATE_REQUESTS,
  rateMessages: is.RATE_MESSAGES,
  tierThresholds: is.TIER_THRESHOLDS,
  retentionDays: is.RETENTION_DAYS,
  logLevel: is.LOG_LEVEL,
  warnings: is.STORE === 'postgres' && !is.TOKEN_SECRET ? [ownSecret] : [],
});

/** One instance is well served by it, so a database alone is no reason to refuse the start. */
const ownSecret =
  'TOKEN_SECRET is not set, so this instance signs with one of its own, kept in DATA_DIR: before a second instance shares the database, set the same TOKEN_SECRET in all, else each refuses the chats and card buttons of the others';

/**
 * Reads an environment; a variable that is empty counts as missing. `tokenSecret` stays empty when TOKEN_SECRET is missing.
 * @throws ConfigError with every bad variable at once
 */
export function readConfig(env: Env): Config {
  const set = Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value?.trim() ? [[name, value.trim()]] : [])),
  );
  const read = variables.safeParse(set);
  const single = (read.error?.issues ?? []).map((issue) => {
    const name = String(issue.path[0]) as VariableName;
    return describe(name, issue.message, set[name]);
  });
  const problems = [...single, ...crossChecks(set, set.NODE_ENV?.toLowerCase() === 'production')];
  if (!read.success || problems.length > 0) throw new ConfigError(problems);
  return config(read.data);
}

/**
 * The same for commands that sign nothing: DATA_DIR stays as it is, and `tokenSecret` empty when TOKEN_SECRET is missing.
 * @throws ConfigError
 */
export const loadSettings = (env: Env = process.env, folder: string = process.cwd()): Config =>
  readConfig({ ...readEnvFile(join(folder, '.env')), ...env });

/**
 * The configuration of this process: `.env` of the working folder, over which the real environment wins.
 * A missing TOKEN_SECRET is made once and kept in DATA_DIR, so that tokens outlive a restart.
 * @throws ConfigError
 */
export async function loadConfig(env: Env = process.env, folder: string = process.cwd()): Promise<Config> {
  const read = loadSettings(env, folder);
  if (read.tokenSecret) return read;
  const tokenSecret = await keepTokenSecret(read.dataDir).catch((error: Error) => {
    if (!('syscall' in error)) throw error;
    const wanted = `must be a folder in which this process may read and write (${error.message})`;
    throw new ConfigError([describe('DATA_DIR', wanted, read.dataDir)]);
  });
  return { ...read, tokenSecret };
}

function readEnvFile(path: string): Env {
  try {
    return parseEnv(readFileSync(path, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw new ConfigError([`.env could not be read: ${(error as NodeJS.ErrnoException).code}`]);
  }
}
