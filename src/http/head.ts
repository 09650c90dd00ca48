/** What is refused of a request before anything else looks at it. */
import type { IncomingMessage } from 'node:http';
import { Refusal } from './refusal.ts';

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

const badRequest = new Refusal(400, 'BadRequest', 'The address or the Host header is not sound.', {
  connection: 'close',
});
const expectationFailed = new Refusal(417, 'ExpectationFailed', 'Only Expect: 100-continue is understood.');
export const notAllowed = (allowed: readonly string[]): Refusal =>
  new Refusal(405, 'MethodNotAllowed', `Use ${allowed.join(' or ')} here.`, { allow: allowed.join(', ') });

/** restify parses the address and the host outside of every handler, where an exception ends the process, or answers by itself. */
export function refusalOfHead({ method = '', url = '', headers }: IncomingMessage): Refusal | undefined {
  if (!methods.includes(method)) return notAllowed(methods);
  if (!url.startsWith('/') || !URL.canParse(`http://${headers.host ?? 'localhost'}${url}`)) return badRequest;
  if (url.includes('%') && !isEncoded(url.split('?', 1)[0] ?? '')) return badRequest;
  return /^(100-continue)?$/i.test(headers.expect ?? '') ? undefined : expectationFailed;
}

function isEncoded(path: string): boolean {
  try {
    decodeURI(path);
    return true;
  } catch {
    return false;
  }
}
