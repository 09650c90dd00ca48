/** The short form: every server is started and spoken to, and must answer rightly. No time is looked at. */
import { measureDirectLine } from './direct-line.ts';
import { openConnection } from './lib/connection.ts';
import type { Say } from './lib/measure.ts';
import { type ServerProcess, startServer } from './lib/server-process.ts';
import { scenarios, servers } from './scenarios.ts';
import { measureOpen, measureStart, widgetBytes } from './start-up.ts';
import { makeStored } from './stored.ts';

/** Into the fourth visit of a customer, which takes up a stored conversation. */
const turns = 100;
const storedAtMost = 100;
const lacksPostgres = 'no PostgreSQL here (on Debian: apt-get install postgresql)';

async function speak(server: ServerProcess, customers: Say[]): Promise<void> {
  await Promise.all(
    customers.map(async (customer, at) => {
      const connection = await openConnection(server.ports[at % server.ports.length]!);
      for (let count = 0; count < turns; count++) await customer(connection);
      connection.close();
    }),
  );
}

/** Names every server: answered rightly, or why it is left out. @throws Error for the first wrong answer */
export async function checkAll(say: (line: string) => void): Promise<void> {
  for (const name of Object.keys(servers)) {
    const all = scenarios.filter(({ server }) => server === name);
    const short = all.filter(({ stored = 0 }) => stored <= storedAtMost);
    if (short.length === 0) {
      say(`left out  ${name}: ${all.length > 0 ? 'the same, with more conversations stored' : lacksPostgres}`);
      continue;
    }
    const server = await startServer({ ...(await servers[name]!()), settled: '' });
    for (const { what, customer } of short) {
      await speak(server, [customer({ at: 0, of: 2 }), customer({ at: 1, of: 2 })]);
      say(`right  ${name}: ${what}`);
    }
    if (name.startsWith('ours')) {
      await measureDirectLine(server.port, { conversations: 5, messages: 30, every: 0 });
      say(`right  ${name}: Direct Line, from POST to WebSocket`);
      say(`right  ${name}: widget.js, ${(await widgetBytes(server.port)) > 0 ? 'packed' : 'empty'}`);
    }
    await server.stop();
  }
  const dataDir = await makeStored('short', storedAtMost);
  await measureOpen(dataDir);
  await measureStart(dataDir, 1);
  say('right  a full store opens, and the process answers /healthz');
}
