import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { playgroundFile, trialTeam } from '../../scripts/lib/playground.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cps-teams-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const run = (env: Record<string, string>) =>
  spawnSync(process.execPath, [join(import.meta.dirname, '../../scripts/teams.ts')], {
    env: { PATH: process.env.PATH ?? '', DATA_DIR: folder, ...env },
    encoding: 'utf8',
    timeout: 50_000,
  });

describe('npm run teams', () => {
  test('says what is missing: a bot to speak to', () => {
    // Nobody listens on the discard port.
    const { status, stderr } = run({ PORT: '9' });
    expect([status, stderr]).toEqual([1, expect.stringContaining('run `npm start`')]);
  });

  test('says that signed messages cannot be tried with it', () => {
    const { status, stderr } = run({
      MicrosoftAppId: '0f0e1d2c-3b4a-5968-7786-95a4b3c2d1e0',
      MicrosoftAppPassword: 'p',
    });
    expect([status, stderr]).toEqual([1, expect.stringContaining('MicrosoftAppId')]);
  });
});

test('its world: the team that is configured, one channel for requests, and as many people as the client wants', () => {
  const text = playgroundFile('19:ours@thread.tacv2');
  expect(text).toContain('id: 19:ours@thread.tacv2');
  expect(text.match(/^ {4}- id: 19:/gm)).toHaveLength(1);
  expect(text.match(/^ {2}- id: user-id-\d/gm)).toHaveLength(5);
  const ids = [...text.matchAll(/user-id-\d/g)].map(([id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(playgroundFile()).toContain(trialTeam);
  const { version } = JSON.parse(
    readFileSync(join(import.meta.dirname, '../../node_modules/@microsoft/m365agentsplayground/package.json'), 'utf8'),
  ) as { version: string };
  expect(version, 'the file is written for this version').toBe('0.2.28');
});
