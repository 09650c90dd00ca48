/** Where nginx and openssl are, and what to say or do where they are not. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const install = ['apt-get', 'install', '-y', '-qq', '--no-install-recommends', 'nginx', 'openssl'] as const;

export const noNginx =
  'Skipped: deploy/nginx.conf is tried where nginx and openssl are. On Debian or Ubuntu: sudo apt-get install nginx openssl';

/** An ordinary user's PATH does not name the folder of servers. */
export const findProgram = (name: string, path: string = process.env.PATH ?? ''): string | undefined =>
  [...path.split(delimiter).filter(Boolean), '/usr/sbin'].map((folder) => join(folder, name)).find(isProgram);

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

const isThere = () => findProgram('nginx') !== undefined && findProgram('openssl') !== undefined;

/** Whether the tests have to be skipped, which is printed; in CI it is a failure instead. */
export function lacksNginx(): boolean {
  if (isThere()) return false;
  if (process.env.CI) throw new Error(noNginx);
  console.log(noNginx);
  return true;
}

/** In a container or in CI they may be missing; there they can simply be installed. */
export function ensureNginx(): void {
  if (isThere() || process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return; // the tests say what is missing
  console.log(`No nginx here: ${install.join(' ')} (for the tests of deploy/nginx.conf) ...`);
  spawnSync('apt-get', ['update', '-qq'], { stdio: 'inherit' });
  // RUNLEVEL: Debian starts a server that it installs, and this one is for the tests alone.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  spawnSync(install[0], install.slice(1), { stdio: 'inherit', env });
}
