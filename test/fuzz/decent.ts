/** What any answer to anybody must be, and how much is tried: another seed with FUZZ_SEED, more with FUZZ_RUNS. */
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { expect } from 'vitest';

/** Stands in the titles of the tests; fast-check prints it, and the path to the smallest case, when one fails. */
export const seed = Number(process.env.FUZZ_SEED ?? 20261122);
export const limits = (runs: number) => ({ seed, numRuns: Number(process.env.FUZZ_RUNS ?? 1) * runs });

/** Milliseconds; an answer takes a few, on a busy machine many. */
export const patience = 30_000;

/** A file of the program with a line, a frame of a stack, a folder of this machine. */
const inside = new RegExp(
  [/node_modules/, /\.[cm]?[jt]s:\d/, /\bat (async )?[\w.<>]+ \(/, /file:\/\//].map(({ source }) => source).join('|'),
);

/** Not our fault, and nothing of what is inside. */
export function expectDecent({ status, text }: { status: number; text: string }, what: string): void {
  expect(status, `${what}: ${text.slice(0, 300)}`).toBeGreaterThanOrEqual(200);
  expect(status, `${what}: ${text.slice(0, 300)}`).toBeLessThan(500);
  expect(text, what).not.toMatch(inside);
  expect(text, what).not.toContain(process.cwd());
}

/**
 * Sends bytes as they are; everything that came back until the server closed. Fails when it does not close.
 * @param quiet milliseconds without an answer after which our side is ended: for requests that stay incomplete
 */
export function exchange(
  url: string,
  bytes: Uint8Array | string,
  quiet?: number,
): Promise<{ status: number; text: string }> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    const done = quiet === undefined ? undefined : setTimeout(() => socket.end(), quiet);
    const late = setTimeout(() => {
      socket.destroy();
      reject(new Error(`no end after ${patience} ms: ${String(bytes).slice(0, 300)}`));
    }, patience);
    socket.on('data', (chunk) => {
      text += chunk;
    });
    socket.on('error', () => undefined); // it may close before it has read everything
    socket.on('close', () => {
      clearTimeout(done);
      clearTimeout(late);
      resolve({ status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0), text });
    });
  });
}

/** The most bytes that a process has held so far; undefined where there is no /proc. */
export function memoryOf(pid: number | undefined): number | undefined {
  try {
    const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
  } catch {
    return undefined;
  }
}
