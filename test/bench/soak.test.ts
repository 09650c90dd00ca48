/** The soak in a few seconds: what it looks for is looked for, and nothing is lost. No time and no memory is judged. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');

async function soak(...words: string[]): Promise<{ code: number; said: string }> {
  const child = spawn(process.execPath, ['bench/soak.ts', ...words], { cwd: root });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
  const [code] = (await once(child, 'close')) as [number];
  return { code, said };
}

/** The number in a row of the table. */
const row = (said: string, name: string) =>
  Number(new RegExp(`^\\| ${name}[^|]*\\| ([\\d,]+)`, 'm').exec(said)?.[1]?.replace(/,/g, ''));

test('a stop, a kill -9, a mail server that goes away twice: nothing is lost', { timeout: 300_000 }, async () => {
  const { code, said } = await soak('--minutes', '0.1', '--rate', '40');
  expect(said).toMatch(/^Nothing was lost\.$/m);
  expect(code, said).toBe(0);
  expect(said).toMatch(/stopped by SIGTERM/);
  expect(said).toMatch(/killed by -9/);
  expect(said.match(/the mail server is away/g)).toHaveLength(2);
  expect(row(said, 'messages acknowledged')).toBeGreaterThan(50);
  expect(row(said, 'requests passed on')).toBeGreaterThanOrEqual(3);
  expect(row(said, 'refused as they must be')).toBeGreaterThan(10);
});

test('it takes no address of a bot: it starts its own, and speaks to nothing else', async () => {
  const { code, said } = await soak('--url', 'https://support.example.com');
  expect(code).not.toBe(0);
  expect(said).toContain('--url');
});
