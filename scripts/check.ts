/** `npm test`: types, lint, texts, facts, then every test, the browser's included. Stops at the first part that fails. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { findChromium } from '../test/browser/chromium.ts';
import { ensureNginx } from '../test/helpers/nginx.ts';
import { ensurePostgres } from '../test/helpers/postgres-binaries.ts';

const run = (command: string, ...words: string[]): boolean => {
  const began = performance.now();
  const { status } = spawnSync(command, words, { stdio: 'inherit', shell: process.platform === 'win32' });
  console.log(
    `${status === 0 ? 'ok' : 'FAILED'}  ${[command, ...words].join(' ')}  ${Math.round(performance.now() - began)} ms\n`,
  );
  return status === 0;
};

/** In a container or in CI the browser may be missing; there it can simply be installed. */
function ensureChromium(): void {
  if (findChromium()) return;
  const isRoot = process.getuid?.() === 0;
  if (!isRoot || !existsSync('/etc/debian_version')) return; // the tests say how to install it
  console.log('No Chromium here: installing Debian’s package for the browser tests ...');
  run('apt-get', 'update', '-qq');
  run('apt-get', 'install', '-y', '-qq', '--no-install-recommends', 'chromium');
}

const parts: [string, ...string[]][] = [
  ['tsc', '--noEmit'],
  ['biome', 'check', '--error-on-warnings', '.'],
  ['node', 'scripts/locales.ts'],
  ['node', 'scripts/facts.ts', '--quiet'],
];
for (const [command, ...words] of parts) if (!run(command, ...words)) process.exit(1);
ensureChromium();
ensurePostgres();
ensureNginx();
process.exit(run('vitest', 'run') ? 0 : 1);
