/**
 * `npm run teams`: Microsoft's Agents Playground, a Teams-like client, against the bot that `npm start` runs in another window.
 * A development tool, licensed for evaluation: it is never shipped.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { loadConfig } from '../src/config.ts';
import { playgroundFile } from './lib/playground.ts';

const config = await loadConfig();
const port = 56150;
const botUrl = `http://127.0.0.1:${config.port}`;

if (config.appId) {
  console.error(
    'MicrosoftAppId is set, so the bot wants signed messages, which this client does not send: unset it to try the desk.',
  );
  process.exit(1);
}
const alive = await fetch(`${botUrl}/healthz`).then(
  ({ ok }) => ok,
  () => false,
);
if (!alive) {
  console.error(`No bot answers at ${botUrl}: run \`npm start\` in another window first.`);
  process.exit(1);
}

const folder = resolve(config.dataDir, 'playground');
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, '.m365agentsplayground.yml'), playgroundFile(config.supportTeamId));
console.log(`
  Teams-like client   http://127.0.0.1:${port}/
  Website chat        ${botUrl}/

  In the client open the team's channel “Requests” and write: @CPS set up desk
  Then ask for a human in the website chat: the request comes to the channel.
`);
const bin = join(import.meta.dirname, '../node_modules/@microsoft/m365agentsplayground/cli.js');
const words = ['start', '-e', `${botUrl}/api/messages`, '-c', 'msteams', '-p', String(port), '--dt', '--er'];
const child = spawn(process.execPath, [bin, ...words], {
  cwd: folder,
  env: { ...process.env, TEAMSAPPTESTER_BROWSER: 'none' },
  // It ends when its input does.
  stdio: ['pipe', 'ignore', 'inherit'],
});
child.on('exit', (code) => process.exit(code ?? 0));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
