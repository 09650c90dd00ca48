/** The bot as `npm start` starts it, in a process of its own, on a free port and a folder of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

export interface BotProcess {
  url: string;
  child: ChildProcess;
  /** Everything it printed. */
  printed(): string;
  /** kill -9, and gone. */
  kill(): Promise<void>;
  /** SIGTERM; the exit code. */
  stop(): Promise<number | null>;
}

const root = join(import.meta.dirname, '../..');

/** Milliseconds; it takes one, and many more where everybody starts something. */
const patience = 60_000;

/** On a port that is given another test's server may sit for a moment: until it is free. */
export async function startBot(env: Record<string, string>): Promise<BotProcess> {
  for (const end = Date.now() + patience; ; await pause(200)) {
    try {
      return await startOnce(env);
    } catch (error) {
      if (!String(error).includes('PORT is taken') || Date.now() > end) throw error;
    }
  }
}

async function startOnce(env: Record<string, string>): Promise<BotProcess> {
  const child = spawn(process.execPath, [join(root, 'src/index.ts')], {
    cwd: root,
    env: {
      PATH: process.env.PATH ?? '',
      PORT: '0',
      LOG_LEVEL: 'error',
      RATE_CONVERSATIONS: '0',
      RATE_REQUESTS: '0',
      RATE_MESSAGES: '0',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const url = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`the bot did not start in ${patience / 1000} s:\n${output}`));
    }, patience);
    const read = (chunk: Buffer) => {
      output += chunk;
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0];
      if (!found) return;
      clearTimeout(timer);
      resolve(found);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    // Not "exit", at which something that it printed may still be on its way.
    child.once('close', (code) => {
      clearTimeout(timer);
      reject(new Error(`the bot ended with ${code}:\n${output}`));
    });
  });
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill(signal);
      await once(child, 'close');
    }
    return child.exitCode;
  };
  return {
    url,
    child,
    printed: () => output,
    async kill() {
      await end('SIGKILL');
    },
    stop: () => end('SIGTERM'),
  };
}
