/** What the bot's process takes up, looked at again and again, and whether that grows. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { median } from '../lib/measure.ts';
import type { House } from './house.ts';

/** Megabytes, after everything was collected; what is not known here (no /proc) is not a number. */
export interface Figures {
  /** Milliseconds since 1970, and the bot's how manieth start this is. */
  at: number;
  life: number;
  rss: number;
  heap: number;
  journal: number;
  state: number;
  /** Open file descriptors, and those of them that are sockets. */
  files: number;
  sockets: number;
}

export interface Trend {
  first: number;
  last: number;
  /** Megabytes a minute, by least squares. */
  slope: number;
}

const megabytes = (bytes: number) => bytes / 1e6;

/** @returns undefined while the bot is away */
export async function look(house: House): Promise<Figures | undefined> {
  const life = house.life();
  const memory = await house
    .inspector()
    .memory()
    .catch(() => undefined);
  if (!memory || life !== house.life()) return undefined;
  const store = join(house.dataDir, 'store');
  return {
    at: Date.now(),
    life,
    rss: megabytes(memory.rss),
    heap: megabytes(memory.heapUsed),
    journal: sizeOf(join(store, 'journal')),
    state: sizeOf(join(store, 'documents')),
    ...descriptors(house.bot().child.pid),
  };
}

/** On the disk, blocks and all. */
function sizeOf(folder: string): number {
  try {
    return (
      Number(
        execFileSync('du', ['-sk', folder], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).split('\t')[0],
      ) / 1000
    );
  } catch {
    return Number.NaN;
  }
}

/** /proc/<pid>/fd (proc(5)). */
function descriptors(pid: number | undefined): { files: number; sockets: number } {
  try {
    const folder = `/proc/${pid}/fd`;
    const targets = readdirSync(folder).map((name) => {
      try {
        return readlinkSync(join(folder, name));
      } catch {
        return '';
      }
    });
    return { files: targets.length, sockets: targets.filter((target) => target.startsWith('socket:')).length };
  } catch {
    return { files: Number.NaN, sockets: Number.NaN };
  }
}

/** Of the last life, without its first fifth, in which caches fill: its first and its last third. */
export function trendOf(figures: readonly Figures[], of: (one: Figures) => number): Trend | undefined {
  const lives = figures.filter(({ life }) => life === figures.at(-1)?.life);
  const settled = lives.slice(Math.ceil(lives.length / 5));
  if (settled.length < 3) return undefined;
  const third = Math.floor(settled.length / 3);
  const values = settled.map(of);
  return {
    first: median(values.slice(0, third)),
    last: median(values.slice(-third)),
    slope: slope(
      settled.map(({ at }) => at / 60_000),
      values,
    ),
  };
}

function slope(xs: readonly number[], ys: readonly number[]): number {
  const mean = (all: readonly number[]) => all.reduce((sum, one) => sum + one, 0) / all.length;
  const [x0, y0] = [mean(xs), mean(ys)];
  const above = xs.reduce((sum, x, at) => sum + (x - x0) * (ys[at]! - y0), 0);
  return above / xs.reduce((sum, x) => sum + (x - x0) ** 2, 0);
}
