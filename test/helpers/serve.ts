import { connect } from 'node:net';
import type { Config } from '../../src/config.ts';
import type { Route, RouteModule } from '../../src/http/route.ts';
import type { Facts, Level } from '../../src/ops/log.ts';
import { createServer, type Server } from '../../src/server.ts';
import { testConfig } from './test-config.ts';

export interface Serving {
  url: string;
  port: number;
  server: Server;
  log: { level: Level; event: string; facts: Facts | undefined }[];
  /** Sends bytes as they are and gives back what the server said at once; '' when that was nothing within `wait` ms. */
  raw(bytes: string | Buffer, wait?: number): Promise<string>;
  close(): Promise<void>;
}

/** A real server on a free loopback port. */
export async function serve(
  modules: RouteModule[],
  options: { config?: Config; now?: () => number; reasons?: () => string[]; warnings?: () => string[] } = {},
): Promise<Serving> {
  const log: Serving['log'] = [];
  const server = createServer({
    config: options.config ?? testConfig({ RATE_REQUESTS: '0' }),
    routes: modules,
    ready: options.reasons ?? (() => []),
    ...(options.warnings ? { warnings: options.warnings } : {}),
    log: (level, event, facts) => log.push({ level, event, facts }),
    ...(options.now ? { now: options.now } : {}),
  });
  const { url, port } = await server.listen();
  const raw = (bytes: string | Buffer, wait = 5000) =>
    new Promise<string>((resolve) => {
      let said = '';
      const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
      const end = () => socket.destroy();
      const timer = setTimeout(end, wait);
      socket.on('data', (chunk) => {
        said += chunk;
        setTimeout(end, 30);
      });
      socket.on('error', end);
      socket.on('close', () => {
        clearTimeout(timer);
        resolve(said);
      });
    });
  return { url, port, server, log, raw, close: () => server.close(200) };
}

export const oneRoute = (handle: Route['handle'], method: Route['method'] = 'POST', path = '/thing'): RouteModule => ({
  routes: [{ method, path, handle }],
});
