/** The short form: every server is started and spoken to, and must answer rightly. No time is looked at. */
import { measureDirectLine } from './direct-line.ts';
import { openConnection } from './lib/connection.ts';
import type { Say } from './lib/measure.ts';
import { type ServerProcess, startServer } from './lib/server-process.ts';
import { scenarios, servers } from './scenarios.ts';
import { measureOpen, measureStart, widgetBytes } from './start-up.ts';
import { makeStored } from './stored.ts';

/** Enough for two visits of a customer: a new conversation, and one taken up again is the fourth. */
const turns = 130;
const storedAtMost = 100;

async function speak(server: ServerProcess, customers: Say[]): Promise<void> {
  await Promise.all(
    customers.map(async (customer, at) => {
      const connection = await openConnection(server.ports[at % server.ports.length]!);
      for (let count = 0; count < turns; count++) await customer(connection);
      connection.close();
    }),
  );
}

/** @throws Error for the first wrong answer */
export async function checkAll(say: (line: string) => void): Promise<void> {
  const short = scenarios.filter(({ stored = 0 }) => stored <= storedAtMost);
  for (const name of new Set(short.map((scenario) => scenario.server))) {
    const server = await startServer(await servers[name]!());
    for (const { what, customer } of short.filter((scenario) => scenario.server === name)) {
      await speak(server, [customer({ at: 0, of: 2 }), customer({ at: 1, of: 2 })]);
      say(`right  ${what}`);
    }
    if (name.startsWith('ours')) {
      await measureDirectLine(server.port, { conversations: 5, messages: 30, every: 0 });
      say('right  Direct Line, from POST to WebSocket');
      say(`right  widget.js, ${(await widgetBytes(server.port)) > 0 ? 'packed' : 'empty'}`);
    }
    await server.stop();
  }
  const dataDir = await makeStored('short', storedAtMost);
  await measureOpen(dataDir);
  await measureStart(dataDir, 1);
  say('right  a full store opens, and the process answers /healthz');
}
