import type { IncomingMessage } from 'node:http';
import { isUnsafe } from './json.ts';
import { Refusal } from './refusal.ts';

/** A body that is declared larger than this is not read to its end to be polite; the connection is closed instead. */
const polite = 8 * 1024 * 1024;
const maxDepth = 64;

const tooLarge = (limit: number) =>
  new Refusal(413, 'BodyTooLarge', `The body may have ${limit} bytes at most.`, { connection: 'close' });

/**
 * Bytes are counted as they arrive, and only the identity encoding is taken: a small packed body can unfold to any size,
 * and restify's own parser ends the process over one that is labelled gzip and is not.
 */
function collect(request: IncomingMessage, keep: boolean, limit: number): Promise<Buffer> {
  const encoding = request.headers['content-encoding'];
  const declared = Number(request.headers['content-length'] ?? 0);
  const packed = encoding !== undefined && encoding.toLowerCase() !== 'identity';
  if (packed || declared > limit) keep = false;
  const last = keep ? limit : Math.max(limit, Math.min(declared, polite));
  return new Promise((resolve, reject) => {
    const refuse = (refusal: Refusal) => {
      request.off('data', take);
      request.resume();
      reject(refusal);
    };
    const chunks: Buffer[] = [];
    let size = 0;
    const take = (chunk: Buffer) => {
      size += chunk.length;
      if (size > last) refuse(tooLarge(limit));
      else if (keep) chunks.push(chunk);
    };
    if (declared > polite) return refuse(tooLarge(limit));
    const gone = () => reject(new Refusal(400, 'BodyIncomplete', 'The connection ended before the body did.'));
    if (request.destroyed) return gone(); // whose events have passed
    request.on('data', take);
    request.once('end', () => {
      request.off('close', gone);
      if (packed) reject(new Refusal(415, 'EncodingNotSupported', 'Send the body without Content-Encoding.'));
      else if (size > limit) reject(tooLarge(limit));
      else resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks));
    });
    request.once('error', gone);
    request.once('close', gone);
  });
}

export async function discardBody(request: IncomingMessage, limit: number): Promise<void> {
  await collect(request, false, limit);
}

/** @returns undefined for an empty body */
export async function readJson(request: IncomingMessage, limit: number): Promise<unknown> {
  const bytes = await collect(request, true, limit);
  if (bytes.length === 0) return undefined;
  if (!/^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? '')) {
    throw new Refusal(415, 'JsonExpected', 'Send the body as application/json.');
  }
  const value = parse(bytes);
  if (isUnsafe(value, maxDepth))
    throw new Refusal(400, 'BadJson', `The body is nested deeper than ${maxDepth} levels, or has a key __proto__.`);
  return value;
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new Refusal(400, 'BadJson', 'The body is not JSON.');
  }
}
