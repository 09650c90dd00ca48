/** A whole soak: traffic, disturbances and looks at the process meanwhile, then the question whether anything was lost. */
import { setTimeout as pause } from 'node:timers/promises';
import { createAsk, GivenUp } from './ask.ts';
import { checkPages } from './checks.ts';
import { createDesk } from './desk.ts';
import { disturb, inSeconds } from './disturb.ts';
import { type Figures, look } from './figures.ts';
import { openHouse } from './house.ts';
import { createProblems } from './problems.ts';
import { disconnected, emptied } from './settle.ts';
import { checkStore } from './store-checks.ts';
import { createTraffic } from './traffic.ts';

export interface Options {
  minutes: number;
  /** Messages of customers a second. */
  rate: number;
  say(line: string): void;
}

export type Outcome = Awaited<ReturnType<typeof runSoak>>;

const requestsAtOnce = 3;
/** Milliseconds; each look collects all garbage, which takes the bot a tenth of a second. */
const lookEvery = { most: 10_000, least: 1000 };

export async function runSoak({ minutes, rate, say }: Options) {
  const length = minutes * 60_000;
  const problems = createProblems();
  const times = { unclaimedAfter: Math.min(15_000, length / 5), unreadAfter: Math.min(10_000, length / 8) };
  const house = await openHouse(times, problems);
  try {
    const ask = createAsk({ house, problems });
    const desk = createDesk({ house, problems, ask });
    let turns = 0;
    let next = 0;
    const traffic = createTraffic({ house, problems, ask, desk, pace }, length);
    await desk.setUp();
    await traffic.warmUp();
    const figures: Figures[] = [];
    const start = await watch();
    if (!start) throw new Error('the bot is gone');

    const began = Date.now();
    const isOver = () => Date.now() - began >= length;
    const seats = Math.max(6, Math.round(rate / 2));
    const [starts] = await Promise.all([
      disturb(house, length, say),
      ...Array.from({ length: seats }, (_, at) => again(at % 6 === 5 ? traffic.channel : traffic.customer)),
      ...Array.from({ length: requestsAtOnce }, () => again(traffic.request)),
      again(traffic.strangers),
      watching(),
    ]);
    const seconds = (Date.now() - began) / 1000;
    say(`${inSeconds(seconds * 1000)}: the traffic is over, what was promised is looked at`);

    const lines = await checkPages({ house, problems, ask }, traffic.pages);
    await emptied(house, problems, 60_000 + length / 5);
    const rest = await disconnected(house, problems, start);
    await house.stop();
    for (const line of house.errors()) problems.add('the bot logged an error', line);
    const counted = await checkStore({ house, problems }, traffic.talks, desk.cards());
    const conversations = traffic.pages.length + traffic.talks.length;
    const { counts } = ask;
    return {
      ...{ minutes, rate, turns, seconds, conversations, lines, counts, counted },
      ...{ starts, start, figures, rest, problems },
    };

    async function pace(): Promise<void> {
      turns += 1;
      next = Math.max(next + 1000 / rate, performance.now());
      await pause(Math.max(0, next - performance.now()));
    }

    /** One after another until the end; who gives up comes again. */
    async function again(visit: () => Promise<void>): Promise<void> {
      while (!isOver()) {
        await visit().catch((error: unknown) => {
          if (!(error instanceof GivenUp)) problems.add('the soak itself failed', error);
        });
      }
    }

    async function watch(): Promise<Figures | undefined> {
      const figure = await look(house);
      if (figure) figures.push(figure);
      return figure;
    }

    async function watching(): Promise<void> {
      while (!isOver()) {
        await pause(Math.max(lookEvery.least, Math.min(lookEvery.most, length / 30)));
        const figure = await watch();
        if (!figure || figures.length % 6 !== 0) continue;
        const memory = `${Math.round(figure.rss)} MB, heap ${Math.round(figure.heap)} MB`;
        say(`${inSeconds(Date.now() - began)}: ${turns} messages; ${memory}; ${problems.count()} problems`);
      }
    }
  } finally {
    await house.close();
  }
}
