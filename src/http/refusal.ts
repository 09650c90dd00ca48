import type { IncomingMessage, ServerResponse } from 'node:http';

/** A request that is answered with `{ error: { code, message } }`; `message` is for the person who wrote the client. */
export class Refusal extends Error {
  override name = 'Refusal';
  status: number;
  code: string;
  headers: Record<string, string>;
  constructor(status: number, code: string, message: string, headers: Record<string, string> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

/** @param wait milliseconds until the next try has a chance; sent in seconds (RFC 9110, 10.2.3) */
export const tooMany = (wait: number): Refusal =>
  new Refusal(429, 'TooManyRequests', 'Too many requests: wait before the next one.', {
    'retry-after': String(Math.ceil(wait / 1000)),
  });

export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers?: Record<string, string>,
): void {
  // As a string it leaves in one write together with the headers.
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    ...headers,
  });
  response.end(text);
}

export const sendRefusal = (response: ServerResponse, { status, code, message, headers }: Refusal): void =>
  sendJson(response, status, { error: { code, message } }, headers);

/** The token of `Authorization: Bearer …`; undefined when there is none. */
export const bearer = (request: IncomingMessage): string | undefined =>
  /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
