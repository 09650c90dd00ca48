/** What befalls the bot: a mail server that goes away twice, a stop and a kill -9. */
import { setTimeout as pause } from 'node:timers/promises';
import type { House } from './house.ts';

/** As shares of the traffic's time. A restart late in it would leave too little of one life to see a trend. */
const plan = { stop: 0.14, kill: 0.28, mailAway: [0.08, 0.2], mailAwayAgain: [0.55, 0.65] } as const;

export const inSeconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

/** @returns milliseconds that each restart took */
export async function disturb(
  house: House,
  length: number,
  say: (line: string) => void,
): Promise<{ stop: number; kill: number }> {
  const began = Date.now();
  const until = (share: number) => pause(Math.max(0, began + length * share - Date.now()));
  const now = () => inSeconds(Date.now() - began);

  async function mailAway([from, to]: readonly [number, number]): Promise<void> {
    await until(from);
    await house.box.stop();
    say(`${now()}: the mail server is away`);
    await until(to);
    await house.box.start();
  }
  async function restarts() {
    await until(plan.stop);
    const stop = await house.restart('stop');
    say(`${now()}: stopped by SIGTERM and started again in ${inSeconds(stop)}`);
    await until(plan.kill);
    const kill = await house.restart('kill');
    say(`${now()}: killed by -9 and started again in ${inSeconds(kill)}`);
    return { stop, kill };
  }
  const [times] = await Promise.all([restarts(), mailAway(plan.mailAway), mailAway(plan.mailAwayAgain)]);
  return times;
}
