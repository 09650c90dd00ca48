/** What is measured: each line is one server in a process of its own, and who speaks to it. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { echoCustomer, waterfallCustomer } from './customers.ts';
import type { Say } from './lib/measure.ts';
import { type ServerOptions, scratch } from './lib/server-process.ts';
import { hasPostgres, makeDatabase } from './postgres.ts';
import { makeStored } from './stored.ts';
import { flowCustomer, freeTextCustomer, type Seat } from './visitors.ts';

export interface Scenario {
  name: string;
  /** As it is said in the table. */
  what: string;
  /** Scenarios of one server share its process. */
  server: string;
  concurrency: readonly number[];
  /** Conversations in the store before anybody comes. */
  stored?: number;
  customer(seat: Seat): Say;
}

/** Our bot as `npm start` starts it; the limits per address are off, since all load comes from one. */
export const oursEnv = (dataDir: string): Record<string, string> => ({
  DATA_DIR: dataDir,
  RATE_CONVERSATIONS: '0',
  RATE_REQUESTS: '0',
  RATE_MESSAGES: '0',
});

/** Logged after each start, when every document has been looked at. */
const dailyWork = 'daily work is done';

const ours = (stored: number) => async (): Promise<ServerOptions> => ({
  file: 'src/index.ts',
  env: oursEnv(await makeStored(`stored-${stored}`, stored)),
  settled: dailyWork,
});

/** So many instances of it on one PostgreSQL, which flushes as in production. */
const onPostgres = (stored: number, instances: number) => async (): Promise<ServerOptions> => ({
  file: 'src/index.ts',
  env: {
    ...oursEnv(await makeStored(`postgres-${instances}`, 0)),
    STORE: 'postgres',
    DATABASE_URL: await makeDatabase(stored),
    TOKEN_SECRET: 'shared by the instances of a measurement',
  },
  instances,
  settled: dailyWork,
});

const [few, some, many] = [100, 10_000, 100_000] as const;

export const servers: Record<string, () => Promise<ServerOptions>> = {
  floor: async () => ({ file: 'bench/servers/floor.ts' }),
  restify: async () => ({ file: 'bench/servers/restify.ts' }),
  'restify-and-flush': async () => {
    const folder = join(scratch, 'restify-and-flush');
    await mkdir(folder, { recursive: true });
    return { file: 'bench/servers/restify-and-flush.ts', env: { DATA_DIR: folder } };
  },
  'botbuilder-echo': async () => ({ file: 'bench/servers/botbuilder-echo.ts' }),
  'agents-echo': async () => ({ file: 'bench/servers/agents-echo.ts' }),
  waterfall: async () => ({ file: 'bench/servers/botbuilder-waterfall.ts' }),
  'ours-100': ours(few),
  'ours-10k': ours(some),
  'ours-100k': ours(many),
  'postgres-1': onPostgres(few, 1),
  'postgres-2': onPostgres(few, 2),
};

const all = [1, 16, 64] as const;

const flow = (server: string, stored: number, concurrency: readonly number[]): Scenario => ({
  name: 'durable-flow',
  what: `ours, durable: guided flow, ${stored.toLocaleString('en')} stored`,
  server,
  concurrency,
  stored,
  customer: (seat) => flowCustomer(stored, seat),
});

const postgres = (instances: number, concurrency: readonly number[]): Scenario => ({
  name: instances === 1 ? 'postgres-flow' : `postgres-flow-${instances}`,
  what: `ours on PostgreSQL, ${instances === 1 ? 'one instance' : `${instances} instances`}: guided flow, 100 stored`,
  server: `postgres-${instances}`,
  concurrency,
  stored: few,
  customer: (seat) => flowCustomer(few, seat),
});

export const scenarios: readonly Scenario[] = [
  { name: 'floor', what: 'bare node:http, no bot', server: 'floor', concurrency: all, customer: echoCustomer },
  { name: 'restify', what: 'bare restify, no bot', server: 'restify', concurrency: all, customer: echoCustomer },
  {
    name: 'restify-and-flush',
    what: 'restify and one flush of 2 KB, no bot',
    server: 'restify-and-flush',
    concurrency: all,
    customer: echoCustomer,
  },
  {
    name: 'botbuilder-echo',
    what: 'botbuilder echo on restify, in memory',
    server: 'botbuilder-echo',
    concurrency: all,
    customer: echoCustomer,
  },
  {
    name: 'agents-echo',
    what: 'Microsoft 365 Agents SDK echo on express, in memory',
    server: 'agents-echo',
    concurrency: all,
    customer: echoCustomer,
  },
  {
    name: 'waterfall',
    what: 'botbuilder waterfall of 3 steps on restify, in memory',
    server: 'waterfall',
    concurrency: all,
    customer: waterfallCustomer,
  },
  flow('ours-100', few, all),
  {
    name: 'durable-free-text',
    what: 'ours, durable: free text, 100 stored',
    server: 'ours-100',
    concurrency: all,
    stored: few,
    customer: (seat) => freeTextCustomer(few, seat),
  },
  flow('ours-10k', some, [16]),
  flow('ours-100k', many, [16]),
  ...(hasPostgres ? [postgres(1, all), postgres(2, [16, 64])] : []),
];
