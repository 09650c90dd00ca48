/** Asks the bot until it answers as it must: again after a restart, and later when it says that this was too much. */
import { setTimeout as pause } from 'node:timers/promises';
import type { House } from './house.ts';
import type { Problems } from './problems.ts';

export interface Answered {
  status: number;
  headers?: Headers;
}

/** The request is given up; what was wrong stands among the problems. */
export class GivenUp extends Error {
  override name = 'GivenUp';
}

export interface Ask {
  /**
   * @param what as it is counted
   * @param wanted a status, also one that else is waited out; else any 2xx
   * @throws GivenUp
   */
  <T extends Answered>(what: string, request: () => Promise<T>, wanted?: number | readonly number[]): Promise<T>;
  /** How often each status was answered to what; 0: the connection broke. */
  counts: ReadonlyMap<string, number>;
}

const patience = 60_000;

export function createAsk({ house, problems }: { house: Pick<House, 'wasAway'>; problems: Problems }): Ask {
  const counts = new Map<string, number>();
  const counted = (what: string, status: number) => {
    const name = `${what} ${status}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  };

  const isRight = (status: number, wanted: readonly number[]) =>
    wanted.length > 0 ? wanted.includes(status) : status >= 200 && status < 300;

  async function ask<T extends Answered>(
    what: string,
    request: () => Promise<T>,
    wanted: number | readonly number[] = [],
  ): Promise<T> {
    const end = Date.now() + patience;
    while (Date.now() < end) {
      const began = Date.now();
      const answer = await request().catch((error: unknown) => ({ status: 0, error }));
      const { status } = answer;
      counted(what, status);
      if (isRight(status, [wanted].flat())) return answer as T;
      if (status === 429) {
        const told = Number(('headers' in answer && answer.headers?.get('retry-after')) || 0);
        if (!(told > 0)) problems.add('429 without Retry-After', what);
        await pause(told * 1000 || 1000);
      } else if ((status === 0 || status === 503) && house.wasAway(began)) {
        await pause(50 + Math.random() * 200);
      } else {
        problems.add(`answered ${status} to ${what}`, 'error' in answer ? answer.error : answer);
        throw new GivenUp(`${status} to ${what}`);
      }
    }
    problems.add(`no answer within ${patience / 1000} s to ${what}`);
    throw new GivenUp(what);
  }
  return Object.assign(ask, { counts });
}
