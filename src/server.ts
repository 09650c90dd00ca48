import { type IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import restify from 'restify';
import { NotStored } from './bot/turns.ts';
import type { Config } from './config.ts';
import { clientAddress, isLocal } from './http/address.ts';
import { discardBody, readJson } from './http/body.ts';
import { notAllowed, refusalOfHead } from './http/head.ts';
import { healthRoutes, type Ready } from './http/health.ts';
import { createLimiter } from './http/rate-limit.ts';
import { Refusal, sendRefusal, tooMany } from './http/refusal.ts';
import type { Call, Route, RouteModule } from './http/route.ts';
import { refuseUpgrade } from './http/upgrade.ts';
import { errorFacts, type Log, silent } from './ops/log.ts';
import { StoreUnavailable } from './store/port.ts';

export interface ServerOptions {
  config: Pick<Config, 'host' | 'port' | 'production' | 'trustProxy' | 'rateRequests' | 'operatorToken'>;
  routes: readonly RouteModule[];
  ready: Ready;
  warnings?: Ready;
  log: Log;
  now?: () => number;
}

export interface Server {
  /** @throws when the port is taken */
  listen(): Promise<{ port: number; url: string }>;
  /** Takes no new requests, lets those under way finish for `patience` milliseconds, then closes every connection. */
  close(patience?: number): Promise<void>;
}

/** A handler before everything that restify does itself (missing in its types); false: the request was answered. */
type WithFirst = restify.Server & {
  first(handler: (request: IncomingMessage, response: ServerResponse) => boolean): void;
};

// restify replaces node's writeHead by one that no longer returns the response; it keeps the original under this name.
const prototype = ServerResponse.prototype as ServerResponse & { _writeHead?: ServerResponse['writeHead'] };
if (prototype._writeHead) prototype.writeHead = prototype._writeHead;

/** What the sender is told: a sentence, and nothing of what happened inside. */
function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof NotStored) return busy(error.sentence);
  return error instanceof StoreUnavailable ? busy('Nothing was stored. Please try again.') : internal;
}

const internal = new Refusal(500, 'InternalError', 'Something went wrong on our side. Please try again.');
const busy = (sentence: string) => new Refusal(503, 'StoreUnavailable', sentence, { 'retry-after': '5' });

/** The HTTP server, with guards that hold for every route: sizes, limits, times, and no way for a request to end the process. */
export function createServer({ config, routes: given, ready, warnings, log, now = Date.now }: ServerOptions): Server {
  // Our ids in paths are longer than the router's 100 signs; restify's name header would only tell attackers what to try.
  const options = { name: '', maxParamLength: 500, ignoreTrailingSlash: true };
  // Its own logger would print whole requests; its types still name bunyan's.
  const server = restify.createServer({ ...options, log: silent as never }) as WithFirst;
  const http = server.server;
  const modules = [...given, healthRoutes({ ready, warnings, operatorToken: config.operatorToken })];
  const limiter = createLimiter({ limit: config.rateRequests, now });
  /** Connections that became WebSockets, which node's server no longer knows. */
  const upgraded = new Set<Duplex>();
  let closing = false;

  http.headersTimeout = 15_000;
  http.requestTimeout = 30_000;
  Object.assign(http, { connectionsCheckingInterval: 5000 }); // how often these two are looked at; missing in node's types
  http.keepAliveTimeout = 65_000; // longer than the idle time of the usual proxies, so that they never use a closed connection
  http.maxHeadersCount = 100;

  /** Before anything of restify: what it, or node, would answer by itself is refused here, and every answer gets these headers. */
  function first(request: IncomingMessage, response: ServerResponse): boolean {
    response.setHeader('x-content-type-options', 'nosniff');
    if (config.production) response.setHeader('strict-transport-security', 'max-age=31536000');
    const refusal = refusalOfHead(request);
    if (!refusal) return true;
    request.resume();
    const wait = limiter(clientAddress(request, config.trustProxy));
    sendRefusal(response, wait > 0 ? tooMany(wait) : refusal);
    return false;
  }
  server.first(first);
  http.on('checkExpectation', first);

  function fail(response: ServerResponse, error: unknown): void {
    if (!(error instanceof Refusal)) log('error', 'request failed', errorFacts(error));
    if (response.headersSent || response.destroyed) response.destroy();
    else sendRefusal(response, refusalOf(error));
  }

  /** @returns an async handler: one that throws at once would end the process */
  function guarded(route: Route, module: RouteModule) {
    return async (request: Routed, response: ServerResponse): Promise<void> => {
      try {
        if (closing) response.setHeader('connection', 'close');
        for (const [name, value] of Object.entries(module.headers?.(request) ?? {})) response.setHeader(name, value);
        const call = new RequestCall(request, clientAddress(request, config.trustProxy));
        const wait = route.unlimited ? 0 : limiter(call.address);
        if (wait > 0) throw tooMany(wait);
        await route.handle(request, response, call);
      } catch (error) {
        fail(response, error);
      }
    };
  }

  for (const module of modules) {
    for (const route of module.routes) {
      const handler = guarded(route, module);
      if (route.method === 'POST') server.post(route.path, handler);
      else if (route.method === 'OPTIONS') server.opts(route.path, handler);
      else for (const mount of ['get', 'head'] as const) server[mount](route.path, handler);
    }
  }
  const all = modules.flatMap((module) => module.routes);
  const otherwise = guarded(
    { method: 'GET', path: '/*', handle: async (request) => Promise.reject(missing(all, request)) },
    { routes: [] },
  );
  for (const mount of ['get', 'head', 'post', 'put', 'patch', 'del', 'opts'] as const) server[mount]('/*', otherwise);

  http.on('upgrade', (request, socket, head) => {
    upgraded.add(socket);
    socket.on('close', () => upgraded.delete(socket));
    socket.on('error', () => socket.destroy());
    try {
      const wait = closing ? 5000 : limiter(clientAddress(request, config.trustProxy));
      if (wait > 0) return refuseUpgrade(socket, tooMany(wait));
      if (modules.some((module) => module.upgrade?.(request, socket, head))) return;
      refuseUpgrade(socket, notFound);
    } catch (error) {
      log('error', 'upgrade failed', errorFacts(error));
      refuseUpgrade(socket, internal);
    }
  });

  return {
    listen: () =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(config.port, config.host, () => {
          server.off('error', reject);
          server.on('error', (error) => log('error', 'server failed', errorFacts(error)));
          const { port, address, family } = http.address() as AddressInfo;
          resolve({ port, url: `http://${family === 'IPv6' ? `[${address}]` : address}:${port}` });
        });
      }),
    async close(patience = 10_000) {
      closing = true;
      const closed = new Promise<void>((resolve) => http.close(() => resolve()));
      await Promise.all(modules.map((module) => module.close?.()));
      // A connection becomes idle only when its request has been answered, which nobody tells us.
      const idle = setInterval(() => http.closeIdleConnections(), 50);
      const end = setTimeout(() => {
        http.closeAllConnections();
        for (const socket of upgraded) socket.destroy();
      }, patience);
      await closed;
      clearInterval(idle);
      clearTimeout(end);
    },
  };
}

const notFound = new Refusal(404, 'NotFound', 'There is nothing at this address.');

function missing(routes: readonly Route[], request: IncomingMessage): Refusal {
  request.resume();
  const path = (request.url ?? '').replace(/\?.*$/s, '').replace(/(.)\/$/, '$1');
  const pattern = (route: Route) =>
    new RegExp(`^${route.path.replace(/[.]/g, '\\.').replace(/:\w+/g, '[^/]+').replace(/\*$/, '.*')}$`);
  const allowed = [...new Set(routes.filter((route) => pattern(route).test(path)).map((route) => route.method))];
  // A method that a route has, and no route: the path has a part that is too long.
  const has = allowed.some((method) => method === (request.method === 'HEAD' ? 'GET' : request.method));
  return has || allowed.every((method) => method === 'OPTIONS') ? notFound : notAllowed(allowed);
}

type Routed = IncomingMessage & { params?: Record<string, string> };

/** A class, because getters of a literal are made anew for every request, and what they close over outlives it. */
class RequestCall implements Call {
  readonly params: Call['params'];
  readonly address: string;
  readonly #request: Routed;

  constructor(request: Routed, address: string) {
    this.#request = request;
    this.params = request.params ?? {};
    this.address = address;
  }

  get query(): URLSearchParams {
    const { url = '' } = this.#request;
    return new URLSearchParams(url.includes('?') ? url.slice(url.indexOf('?')) : '');
  }

  get local(): boolean {
    return isLocal(this.#request);
  }

  json(limit: number): Promise<unknown> {
    return readJson(this.#request, limit);
  }

  discard(limit: number): Promise<void> {
    return discardBody(this.#request, limit);
  }
}
