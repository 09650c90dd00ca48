/** The bot as `npm start` starts it, with a mail server and Teams on this machine; it can be stopped, killed and started again. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { isLoopbackHost } from '../../src/config/values.ts';
import { variables } from '../../src/config/variables.ts';
import { type BotProcess, startBot } from '../../test/helpers/bot-process.ts';
import { startConnector } from '../../test/helpers/channel.ts';
import { type Mailbox, openMailbox } from '../../test/helpers/smtp.ts';
import { startTeams, type Teams, team } from '../../test/helpers/teams.ts';
import { type Inspector, openInspector } from './inspector.ts';
import type { Problems } from './problems.ts';

export interface House {
  /** The same after each start. */
  url: string;
  dataDir: string;
  box: Mailbox;
  teams: Teams;
  /** Takes the replies of channels that want them sent. */
  connector: Awaited<ReturnType<typeof startConnector>>;
  bot(): BotProcess;
  inspector(): Inspector;
  /** How many times it was started. */
  life(): number;
  /** Whether it was away, for a moment at least, since then (milliseconds since 1970). */
  wasAway(since: number): boolean;
  /** SIGTERM, or kill -9, and a new start. @returns milliseconds until it answered again */
  restart(how: 'stop' | 'kill'): Promise<number>;
  /** When it was killed, milliseconds since 1970. */
  killedAt(): number | undefined;
  /** The lines of every life's log that tell of an error. */
  errors(): string[];
  /** Ends the bot by SIGTERM. */
  stop(): Promise<void>;
  close(): Promise<void>;
}

/** Milliseconds; TimeoutStopSec of the service, after which it would be killed. */
const stopsWithin = 40_000;
/** Connections that broke are noticed a little later. */
const aftermath = 1500;

/** Nothing that stands in a `.env` or in this process's environment reaches the bot: an empty variable is its default. */
const nothing = Object.fromEntries(Object.keys(variables.shape).map((name) => [name, '']));

/** @param times milliseconds, as SUPPORT_UNCLAIMED_AFTER and SUPPORT_UNREAD_AFTER */
export async function openHouse(
  times: { unclaimedAfter: number; unreadAfter: number },
  problems: Problems,
): Promise<House> {
  const dataDir = await mkdtemp(join(tmpdir(), 'cps-soak-'));
  const [box, teams, connector] = [await openMailbox(), await startTeams(), await startConnector()];
  const seconds = (ms: number) => `${Math.max(1, Math.round(ms / 1000))}s`;
  const env: Record<string, string> = {
    ...nothing,
    DATA_DIR: dataDir,
    PORT: '0',
    LOG_LEVEL: 'error',
    // Each customer names an address, as a proxy would: so the usual limits per address are in force.
    TRUST_PROXY: '1',
    SMTP_URL: box.url,
    MAIL_FROM: 'bot@example.com',
    SUPPORT_EMAIL: 'support@example.com',
    SUPPORT_TEAM_ID: team,
    SUPPORT_LANGUAGE: 'et',
    SUPPORT_UNCLAIMED_AFTER: seconds(times.unclaimedAfter),
    SUPPORT_UNREAD_AFTER: seconds(times.unreadAfter),
    NODE_OPTIONS: '--inspect=127.0.0.1:0',
  };
  let bot = await startBot(env);
  for (const url of [bot.url, box.url, teams.url, connector.url]) onlyLoopback(url);
  env.PORT = new URL(bot.url).port;
  let inspector = await openInspector(bot.printed());
  let killedAt: number | undefined;
  const aways: { from: number; to: number }[] = [];
  const lives = [bot];
  let restarting: Promise<number> | undefined;
  // However this program ends, it leaves no bot behind.
  process.once('exit', () => bot.child.kill('SIGKILL'));

  return {
    url: bot.url,
    dataDir,
    box,
    teams,
    connector,
    bot: () => bot,
    inspector: () => inspector,
    life: () => lives.length,
    killedAt: () => killedAt,
    wasAway: (since) => aways.some(({ to }) => to >= since),
    restart(how) {
      restarting = restart(how);
      return restarting;
    },
    errors: () => lives.flatMap((one) => one.printed().split('\n')).filter((line) => line.includes('"level":"error"')),
    stop,
    async close() {
      await restarting?.catch(() => undefined);
      await bot.kill();
      await Promise.all([box.stop(), teams.close(), connector.close()]);
      await rm(dataDir, { recursive: true, force: true });
    },
  };

  async function stop(): Promise<void> {
    // A process that is looked into waits at its end until nobody does.
    inspector.close();
    const code = await Promise.race([bot.stop(), pause(stopsWithin, 'too late' as const, { ref: false })]);
    if (code !== 0) problems.add('SIGTERM did not end it well', { code });
    await bot.kill();
  }

  async function restart(how: 'stop' | 'kill'): Promise<number> {
    const away = { from: Date.now(), to: Number.POSITIVE_INFINITY };
    aways.push(away);
    if (how === 'kill') {
      killedAt = away.from;
      inspector.close();
      await bot.kill();
    } else await stop();
    bot = await startBot(env);
    inspector = await openInspector(bot.printed());
    lives.push(bot);
    away.to = Date.now() + aftermath;
    return Date.now() - away.from;
  }
}

/** @throws Error for any address that is not this machine's */
function onlyLoopback(url: string): void {
  if (!isLoopbackHost(new URL(url).hostname))
    throw new Error(`${url} is not on this machine: the soak speaks to nothing else`);
}
