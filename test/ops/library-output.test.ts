/** What libraries print, warn of and throw: a line in the log that says where it came from, and none of their words. */
import { spawnSync } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import { type Activity, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import { afterEach, expect, test } from 'vitest';
import { logLibraries } from '../../src/ops/library-output.ts';
import { createLog } from '../../src/ops/log.ts';
import { activityOf, appId, startSignIn } from '../helpers/channel.ts';

const root = join(import.meta.dirname, '../..');
const original = { ...console };
afterEach(() => void Object.assign(console, original));

function watch() {
  const lines: Record<string, unknown>[] = [];
  const ended: number[] = [];
  const process = new EventEmitter();
  const log = createLog({ level: 'debug', to: { write: (line) => lines.push(JSON.parse(line)) }, now: () => 0 });
  logLibraries({ log, console, process, exit: (code) => ended.push(code) });
  return { lines, ended, process };
}

test('the SDK prints the public key for each token that is signed wrongly: the log says only where', async () => {
  const service = await startSignIn();
  const { cloud } = service;
  const sdk = new ConfigurationBotFrameworkAuthentication({
    MicrosoftAppId: appId,
    MicrosoftAppPassword: 'p',
    ...cloud,
  });
  const { lines } = watch();
  const forged = await service.sign({}, { key: service.otherKey });
  for (const token of [forged, `${(await service.sign()).slice(0, -8)}AAAAAAAA`]) {
    await expect(sdk.authenticateRequest(activityOf() as Activity, `Bearer ${token}`)).rejects.toThrow();
  }
  await service.close();
  expect(lines).toHaveLength(2);
  for (const line of lines) {
    expect(line).toEqual({
      level: 'warn',
      time: expect.any(String),
      at: expect.stringMatching(/^node_modules\/botframework-connector\/lib\/auth\/jwtTokenExtractor\.js:\d+:\d+/),
      event: 'a library wrote to the console',
    });
  }
});

test('however it prints', () => {
  const { lines } = watch();
  console.error('hunter2');
  console.warn({ text: 'hunter2' });
  console.log('%s', 'hunter2');
  console.info('hunter2');
  console.debug('hunter2');
  console.dir(['hunter2']);
  console.dirxml('hunter2');
  console.table([{ a: 'hunter2' }]);
  console.trace('hunter2');
  console.assert(false, 'hunter2');
  console.assert(true, 'hunter2');
  console.group('hunter2');
  console.groupEnd();
  expect(lines.map(({ level }) => level)).toEqual([
    ...['warn', 'warn', 'debug', 'debug', 'debug', 'debug', 'debug', 'debug', 'warn', 'warn', 'debug'],
  ]);
  expect(JSON.stringify(lines)).not.toContain('hunter2');
});

test('what is thrown where nobody catches it, and what Node warns of, without their words', () => {
  const { lines, ended, process } = watch();
  process.emit('warning', Object.assign(new Error('hunter2'), { name: 'DeprecationWarning', code: 'DEP0040' }));
  process.emit('unhandledRejection', 'hunter2');
  expect(ended).toEqual([]);
  process.emit('uncaughtException', new RangeError('hunter2'));
  expect(ended).toEqual([1]);
  expect(lines).toMatchObject([
    { level: 'warn', event: 'Node warns', error: 'DeprecationWarning', code: 'DEP0040' },
    { level: 'error', event: 'unhandled rejection', error: 'string' },
    { level: 'error', event: 'uncaught exception: the process ends', error: 'RangeError' },
  ]);
  expect(JSON.stringify(lines)).not.toContain('hunter2');
});

test('a process that breaks says so in its last line, and on no other way', () => {
  const program = `
    import { logLibraries } from ${JSON.stringify(join(root, 'src/ops/library-output.ts'))};
    import { createLog } from ${JSON.stringify(join(root, 'src/ops/log.ts'))};
    import { standardOutput } from ${JSON.stringify(join(root, 'src/ops/standard-output.ts'))};
    const log = createLog({ level: 'info', to: standardOutput(), now: Date.now });
    logLibraries({ log, console, process, exit: process.exit });
    process.emitWarning('hunter2');
    Promise.reject(new Error('hunter2'));
    setTimeout(() => { throw new Error('hunter2'); }, 20);`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module-typescript', '-e', program], {
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
  const events = stdout
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { event: string }).event);
  expect(events.sort()).toEqual(['Node warns', 'uncaught exception: the process ends', 'unhandled rejection']);
  expect(stdout).not.toContain('hunter2');
});
