import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/** What the server has found out about a request. */
export interface Call {
  params: Readonly<Record<string, string>>;
  /** Parsed when first asked for. */
  readonly query: URLSearchParams;
  /** The client's, behind the proxies that we trust; for limits (an IPv6 network of 64 bits counts as one client). */
  address: string;
  /** Whether the request was made on this machine, not through a proxy. */
  local: boolean;
  /**
   * The body as JSON; undefined when it is empty.
   * @param limit bytes
   * @throws Refusal 400, 413 or 415
   */
  json(limit: number): Promise<unknown>;
  /** Reads the body and forgets it, so that the client gets to see the answer. */
  discard(limit: number): Promise<void>;
}

export interface Route {
  /** A GET route answers HEAD as well. */
  method: 'GET' | 'POST' | 'OPTIONS';
  /** `:name` for a parameter, `*` at the end for any rest. */
  path: string;
  /** Not counted by the limit per address: probes, and routes with limits of their own. */
  unlimited?: boolean;
  /** May throw a Refusal; anything else that it throws becomes a 500 without detail. */
  handle(request: IncomingMessage, response: ServerResponse, call: Call): Promise<void>;
}

/** Routes that belong together. */
export interface RouteModule {
  routes: readonly Route[];
  /** Put on every answer of these routes, refusals included. */
  headers?(request: IncomingMessage): Record<string, string>;
  /** Takes a WebSocket handshake whose path is its own; false: not mine. Answers a refusal itself. */
  upgrade?(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /** Ends what would keep the server open. */
  close?(): void | Promise<void>;
}
