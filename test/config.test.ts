import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { variables } from '../src/config/variables.ts';
import { ConfigError, type Env, loadConfig, readConfig } from '../src/config.ts';

const secret = 'kP3xQ9mT7wZ1vB5nC8dF2gH6jL4rS0yA';
const uuid = '0f0e1d2c-3b4a-5968-7786-95a4b3c2d1e0';

function problems(env: Env): readonly string[] {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

const production: Env = {
  NODE_ENV: 'production',
  MicrosoftAppId: uuid,
  MicrosoftAppPassword: 'kX28Q~b7Vt.mW3pZr9Ls_Hd5Jc1Ny6Fg0TeUq4Ao',
  TOKEN_SECRET: secret,
  PUBLIC_URL: 'https://support.example.com/',
  SUPPORT_TEAM_ID: '19:abc@thread.tacv2',
};

describe('defaults', () => {
  it('start a server for this machine only, with no account anywhere', () => {
    expect(readConfig({})).toMatchObject({
      production: false,
      port: 3978,
      host: '127.0.0.1',
      dataDir: './data',
      store: 'lowdb',
      directLine: 'embedded',
      appId: '',
      allowedOrigins: [],
      trustProxy: 0,
      rateConversations: 60,
      rateRequests: 600,
      rateMessages: 60,
      retentionDays: 90,
      supportHours: undefined,
      supportReplyWithin: undefined,
      tierThresholds: undefined,
      smtpUrl: undefined,
      logLevel: 'info',
    });
  });

  it('hold for empty and blank values as well', () => {
    const blank = Object.fromEntries(Object.keys(variables.shape).map((name, at) => [name, at % 2 ? '' : '  ']));
    expect(readConfig(blank)).toEqual(readConfig({}));
  });
});

describe('values', () => {
  it('are typed', () => {
    const config = readConfig({
      ...production,
      ALLOWED_ORIGINS: 'https://www.Example.com, https://shop.example.com:8443,https://www.example.com',
      TRUST_PROXY: 'true',
      SUPPORT_HOURS: 'Mon-Thu 9:00-17:30, Fri 09:00-15:00',
      SUPPORT_REPLY_WITHIN: '4h',
      SUPPORT_UNREAD_AFTER: 'PT1H30M',
      TIER_THRESHOLDS: '{"silver":500,"gold":1000,"platinum":1600}',
      MicrosoftAppTenantId: uuid,
      STORE: 'LowDB',
    });
    expect(config).toMatchObject({
      production: true,
      publicUrl: 'https://support.example.com',
      trustProxy: 1,
      supportReplyWithin: 14_400_000,
      supportUnreadAfter: 5_400_000,
      allowedOrigins: ['https://www.example.com', 'https://shop.example.com:8443'],
      tierThresholds: { silver: 500, gold: 1000, platinum: 1600 },
      appType: 'SingleTenant',
      store: 'lowdb',
    });
    expect(config.supportHours).toEqual(
      [1, 2, 3, 4].map((weekday) => ({ weekday, from: 540, to: 1050 })).concat({ weekday: 5, from: 540, to: 900 }),
    );
  });

  it.each([
    ['PORT', '70000'],
    ['PORT', '1e3'],
    ['PORT', '-1'],
    ['HOST', 'a b'],
    ['PUBLIC_URL', 'support.example.com'],
    ['STORE', 'mongo'],
    ['SMTP_URL', 'mail.example'],
    ['DATABASE_URL', 'mysql://x/y'],

    ['ALLOWED_ORIGINS', '*'],
    ['ALLOWED_ORIGINS', 'https://*.example.com'],
    ['ALLOWED_ORIGINS', 'https://example.com/shop'],
    ['ALLOWED_ORIGINS', 'null'],
    ['ALLOWED_ORIGINS', 'https://user@example.com'],
    ['SUPPORT_HOURS', 'weekdays 9 to 5'],
    ['SUPPORT_HOURS', 'Fri-Mon 09:00-17:00'],
    ['SUPPORT_HOURS', 'Mon 17:00-09:00'],
    ['SUPPORT_HOURS', 'Mon 09:00-12:00, Mon 11:00-13:00'],
    ['SUPPORT_TIMEZONE', 'Tallinn'],
    ['SUPPORT_TIMEZONE', '+02:00'],
    ['SUPPORT_COUNTRY', 'Estonia'],
    ['SUPPORT_REPLY_WITHIN', 'soon'],
    ['SUPPORT_REPLY_WITHIN', '0m'],
    ['SUPPORT_REPLY_WITHIN', 'P'],
    ['SUPPORT_EMAIL', 'a@b.example, c@d.example'],
    ['MAIL_FROM', 'A <a@b.example>\r\nBcc: c@d.example'],
    ['SUPPORT_EMAIL', 'donotreply@canon-europe.com'],
    ['TIER_THRESHOLDS', '{"silver":500}'],
    ['TIER_THRESHOLDS', '{"silver":500,"gold":400,"platinum":1600}'],
    ['TIER_THRESHOLDS', 'null'],
    ['RETENTION_DAYS', '0'],
    ['LOG_LEVEL', 'loud'],
    ['TRUST_PROXY', '10.0.0.1'],
    ['FAQ_URL', 'javascript:alert(1)'],
    ['NODE_ENV', 'prod'],
  ])('%s=%s is refused by name', (name, value) => {
    const found = problems({ [name]: value });
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(new RegExp(`^${name} must `));
  });

  it('are repeated in the message, but no password is', () => {
    expect(problems({ SMTP_URL: 'mail.example' })).toEqual([
      'SMTP_URL must start with smtp:// or smtps:// (got "mail.example")',
    ]);
    for (const [name, value] of [
      ['SMTP_URL', 'ftp://user:hunter2/x@mail.example'],
      ['DATABASE_URL', 'user:hunter2@db'],
      ['SMTP_URL', 'user:hunter2@mail.example'],
      ['TOKEN_SECRET', 'hunter2'],
      ['DIRECT_LINE_SECRET', 'hunter2'],
      ['OPERATOR_TOKEN', 'hunter2'],
    ] as const) {
      const found = problems({ [name]: value });
      expect(found).toHaveLength(1);
      expect(found[0]).not.toContain('hunter2');
    }
  });

  it('never crash the reader, whatever they are', () => {
    const env = fc.record(Object.fromEntries(Object.keys(variables.shape).map((name) => [name, fc.string()])), {
      requiredKeys: [],
    });
    fc.assert(
      fc.property(env, (values) => void problems(values)),
      { numRuns: 300 },
    );
  });
});

describe('together', () => {
  it('every bad variable is listed at once', () => {
    const found = problems({
      NODE_ENV: 'production',
      PORT: 'x',
      SMTP_URL: 'mail.example',
      SUPPORT_HOURS: 'never',
      STORE: 'postgres',
    });
    const names = found.map((line) => line.split(' ')[0]);
    expect(names).toEqual(
      expect.arrayContaining([
        'PORT',
        'SMTP_URL',
        'SUPPORT_HOURS',
        'DATABASE_URL',
        'MicrosoftAppId',
        'TOKEN_SECRET',
        'PUBLIC_URL',
        'MAIL_FROM',
        'SUPPORT_TEAM_ID',
      ]),
    );
    expect(new ConfigError(found).message).toContain(found.at(-1));
  });

  it('production starts with what it needs, and with nothing less', () => {
    expect(problems(production)).toEqual([]);
    for (const name of Object.keys(production).filter((name) => name !== 'NODE_ENV')) {
      expect(problems({ ...production, [name]: '' }).join(), name).toMatch(/must be set/);
    }
    expect(problems({ ...production, PUBLIC_URL: 'http://support.example.com' })).toEqual([
      'PUBLIC_URL must start with https:// in production',
    ]);
  });

  it.each([
    'change-me-change-me-change-me-change-me',
    'a'.repeat(64),
    'secret-secret-secret-secret-secret-1',
    `${secret.slice(1)}`,
  ])('a default, short or simple TOKEN_SECRET is refused: %s', (value) =>
    expect(problems({ ...production, TOKEN_SECRET: value }).join()).toMatch(/^TOKEN_SECRET must be at least 32 random/),
  );

  it.each([
    'http://www.example.com',
    'https://www.example.com, http://shop.example.com',
    'http://localhost:3000',
    'https://localhost:3000',
    'http://127.0.0.1',
    'https://[::1]:8443',
  ])('in production websites of this machine, or without TLS, are refused: %s', (value) => {
    expect(problems({ ...production, ALLOWED_ORIGINS: value })).toEqual([
      expect.stringMatching(/^ALLOWED_ORIGINS must be public websites with https:\/\/ in production/),
    ]);
    expect(problems({ ALLOWED_ORIGINS: value })).toEqual([]);
  });

  it.each(['changeme', 'none', 'p', 'a'.repeat(40), 'password-of-the-bot-2026', 'my-app-default-secret'])(
    'in production a MicrosoftAppPassword that Azure never made is refused: %s',
    (value) => {
      const found = problems({ ...production, MicrosoftAppPassword: value });
      expect(found).toEqual([expect.stringMatching(/^MicrosoftAppPassword must be .*client secret.*Azure/)]);
      expect(problems({ MicrosoftAppId: uuid, MicrosoftAppPassword: value })).toEqual([]);
    },
  );

  it('a database without TOKEN_SECRET is good for one instance, and what a second one needs is said', () => {
    const shared = { STORE: 'postgres', DATABASE_URL: 'postgres://cps@db/cps' };
    expect(readConfig(shared).warnings).toEqual([expect.stringMatching(/^TOKEN_SECRET is not set.*the same.*in all/)]);
    for (const env of [{ ...shared, TOKEN_SECRET: secret }, {}]) expect(readConfig(env).warnings).toEqual([]);
    expect(problems({ ...production, ...shared, TOKEN_SECRET: '' })).toEqual([
      expect.stringMatching(/^TOKEN_SECRET must be set in production/),
    ]);
  });

  it('an engine or channel without its address is refused', () => {
    expect(problems({ STORE: 'postgres' }).join()).toMatch(/^DATABASE_URL must be set/);
    expect(problems({ DIRECT_LINE: 'azure' }).join()).toMatch(/^DIRECT_LINE_SECRET must be set/);
    expect(problems({ MicrosoftAppId: uuid }).join()).toMatch(/^MicrosoftAppPassword must be set/);
    expect(problems({ MicrosoftAppId: uuid, MicrosoftAppType: 'UserAssignedMsi', MicrosoftAppTenantId: uuid })).toEqual(
      [],
    );
    expect(problems({ MicrosoftAppId: 'my-bot', MicrosoftAppPassword: 'x' }).join()).toMatch(
      /^MicrosoftAppId must be a UUID/,
    );
    expect(problems({ MicrosoftAppType: 'SingleTenant' }).join()).toMatch(/^MicrosoftAppTenantId must be set/);
  });
});

describe('.env', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'config-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('is read, and the real environment wins', async () => {
    await writeFile(join(folder, '.env'), `PORT=4000\nHOST=localhost\nTOKEN_SECRET="${secret}"\n`);
    expect(await loadConfig({ PORT: '5000' }, folder)).toMatchObject({
      port: 5000,
      host: 'localhost',
      tokenSecret: secret,
    });
  });

  it('a missing TOKEN_SECRET is made once, for the owner only, also when two processes start together', async () => {
    const env = { DATA_DIR: join(folder, 'data') };
    const [one, other] = await Promise.all([loadConfig(env, folder), loadConfig(env, folder)]);
    const again = await loadConfig(env, folder);
    expect(one.tokenSecret).toHaveLength(64);
    expect([other.tokenSecret, again.tokenSecret]).toEqual([one.tokenSecret, one.tokenSecret]);
    expect((await stat(join(folder, 'data', 'token-secret'))).mode & 0o777).toBe(0o600);
    expect((await stat(join(folder, 'data'))).mode & 0o777).toBe(0o700);
    await writeFile(join(folder, 'data', 'token-secret'), '');
    await expect(loadConfig(env, folder)).rejects.toThrow(/token-secret is damaged: delete it/);
  });

  it('.env.example names every variable, explains it and is itself a good configuration', async () => {
    const example = await readFile(join(import.meta.dirname, '..', '.env.example'), 'utf8');
    const named = Object.keys(parseEnv(example));
    expect(named.toSorted()).toEqual(Object.keys(variables.shape).toSorted());
    expect(problems(parseEnv(example))).toEqual([]);
    for (const name of named)
      expect(example, name).toMatch(new RegExp(`# [^\\n]+\\n(?:[A-Z_]+=\\n|MicrosoftApp\\w+=\\n)*${name}=`, 'i'));
  });
});
