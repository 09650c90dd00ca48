/** The traffic: who comes when, what befalls the bot meanwhile, and what is looked at. */
import { setTimeout as pause } from 'node:timers/promises';
import { createAsk, GivenUp } from './ask.ts';
import { type ChannelTalk, channelVisit } from './channel.ts';
import { checkPages, checkStore } from './checks.ts';
import { createDesk } from './desk.ts';
import { type Figures, look } from './figures.ts';
import { openHouse } from './house.ts';
import { openPage, type Page, type PageTools } from './page.ts';
import { createProblems } from './problems.ts';
import { type Course, deskStory } from './story.ts';
import { flood, hang, strangeVisit } from './strangers.ts';
import { freely, languages, pick, registration, startOver } from './talks.ts';

export interface Options {
  minutes: number;
  /** Messages of customers a second. */
  rate: number;
  say(line: string): void;
}

export type Outcome = Awaited<ReturnType<typeof runSoak>>;

/** When what happens, as a share of the traffic's time. A restart late in it would leave too little of one life to see a trend. */
const plan = { mailAway: [0.08, 0.2], stop: 0.14, kill: 0.28, mailAwayAgain: [0.55, 0.65] } as const;
const courses: readonly Course[] = ['seen', 'unseen', 'unclaimed'];
/** A conversation may send 60 messages a minute: so many visits in a minute stay below that. */
const visitsAMinute = 3;

export async function runSoak({ minutes, rate, say }: Options) {
  const length = minutes * 60_000;
  const times = { unclaimedAfter: Math.min(15_000, length / 5), unreadAfter: Math.min(10_000, length / 8) };
  const house = await openHouse(times);
  const problems = createProblems();
  const ask = createAsk({ house, problems });
  const desk = createDesk({ house, problems, ask });
  const pages: Page[] = [];
  const talks: ChannelTalk[] = [];
  const figures: Figures[] = [];
  const starts: Record<string, number> = {};
  let turns = 0;
  let next = 0;
  const tools: PageTools = {
    house,
    problems,
    ask,
    async pace() {
      turns += 1;
      next = Math.max(next + 1000 / rate, performance.now());
      await pause(Math.max(0, next - performance.now()));
    },
  };

  try {
    // Another problem than those of the run: nothing works at all.
    await desk.setUp();
    const warm = await openPage(tools, 'et', addressOf(0));
    await warm.come('socket');
    for (const said of [...registration('et'), ...freely('et', 3)]) await warm.say(said);
    await channelVisit(tools, { language: 'et', replies: 'inAnswer' });
    warm.go();
    pages.push(warm);
    await pause(500);

    const began = Date.now();
    const end = began + length;
    const isOver = () => Date.now() >= end;
    const watch = async () => {
      const figure = await look(house, began);
      if (figure) figures.push(figure);
    };
    await watch();
    const start = figures[0]!;

    /** One after another until the end; who gives up comes again. */
    async function again(visit: () => Promise<void>): Promise<void> {
      while (!isOver()) {
        await visit().catch((error: unknown) => {
          if (!(error instanceof GivenUp)) problems.add('the soak itself failed', error);
        });
      }
    }
    const after = (share: number, work: () => Promise<void>) => pause(length * share).then(work);

    let addresses = 0;
    const newAddress = () => addressOf(++addresses);
    const visited = new Map<Page, number[]>();

    async function visit(): Promise<void> {
      const language = pick(languages);
      const now = Date.now();
      const earlier = Math.random() < 0.3 ? pick([...visited.keys(), undefined]) : undefined;
      const recent = (visited.get(earlier!) ?? []).filter((at) => at > now - 60_000);
      const isBack = earlier !== undefined && recent.length < visitsAMinute;
      const page = isBack ? earlier : await openPage(tools, language, newAddress());
      // Two at a time with one page would be another matter than what is tested here.
      visited.delete(page);
      if (!isBack) pages.push(page);
      await page.come(Math.random() < 0.2 ? 'poll' : 'socket', isBack && Math.random() < 0.3);
      if (isBack) await page.say(startOver(page.language));
      const isGuided = Math.random() < 0.5;
      const all = isGuided ? registration(page.language) : freely(page.language, 10);
      for (const said of all.slice(0, 1 + Math.floor(Math.random() * all.length))) await page.say(said);
      page.go();
      visited.set(page, [...recent, now]);
      if (visited.size > 500) visited.delete(visited.keys().next().value!);
    }

    const channel = async () => {
      const replies = Math.random() < 0.7 ? 'inAnswer' : 'sent';
      talks.push(await channelVisit(tools, { language: pick(languages), replies }));
    };

    let stories = 0;
    const story = async () => {
      const number = ++stories;
      const course = courses[number % courses.length]!;
      const options = { language: pick(languages), address: newAddress(), course, number };
      pages.push(await deskStory({ ...tools, desk }, options));
      await pause(Math.min(10_000, length / 10));
    };

    const strange = async () => {
      const page = await openPage(tools, pick(languages), newAddress());
      pages.push(page);
      await strangeVisit(tools, page, newAddress());
      pages.push(await flood(tools, pick(languages), newAddress()));
      const letGo = [1, 2, 3].map(() => hang(house.url));
      await pause(Math.min(20_000, length / 4));
      for (const free of letGo) free();
    };

    const mailAway = async ([from, to]: readonly [number, number]) => {
      await pause(length * from);
      await house.box.stop();
      say(`mail server away after ${inSeconds(Date.now() - began)}`);
      await pause(length * (to - from));
      await house.box.start();
    };

    const restart = (how: 'stop' | 'kill') => async () => {
      starts[how] = await house.restart(how);
      say(
        `${how === 'kill' ? 'kill -9' : 'SIGTERM'} after ${inSeconds(Date.now() - began)}; back in ${inSeconds(starts[how]!)}`,
      );
    };

    const watching = async () => {
      for (const every = Math.min(10_000, length / 30); !isOver(); await pause(every)) {
        await watch();
        const { rss, heap } = figures.at(-1)!;
        if (figures.length % 6 === 0) {
          say(
            `${inSeconds(Date.now() - began)}: ${turns} messages, ${Math.round(rss)} MB, heap ${Math.round(heap)} MB, ${problems.count()} problems`,
          );
        }
      }
    };

    const seats = Math.max(4, Math.round(rate / 3));
    await Promise.all([
      ...Array.from({ length: seats }, (_, at) => again(at % 8 === 7 ? channel : visit)),
      ...courses.map(() => again(story)),
      again(strange),
      mailAway(plan.mailAway),
      mailAway(plan.mailAwayAgain),
      after(plan.stop, restart('stop')),
      after(plan.kill, restart('kill')),
      watching(),
    ]);
    const seconds = (Date.now() - began) / 1000;
    say(`the traffic is over after ${inSeconds(seconds * 1000)}: what was promised is looked at`);

    const lines = await checkPages({ house, problems, ask }, pages);
    await emptied();
    await closeOwnConnections();
    const rest = await settled(start);
    const code = await house.stop();
    if (code !== 0) problems.add('the exit code was not 0', code);
    const errors = house
      .bot()
      .printed()
      .split('\n')
      .filter((line) => /"level":"?(error|50)/.test(line));
    for (const line of errors) problems.add('the bot logged an error', line);
    const counted = await checkStore({ house, problems, ask }, talks, desk.cards());
    return {
      minutes,
      rate,
      turns,
      seconds,
      lines,
      starts,
      figures,
      start,
      rest,
      counted,
      problems,
      counts: ask.counts,
      conversations: pages.length + talks.length,
    };

    /** Until nothing is left in the outbox that will still be sent. */
    async function emptied(): Promise<void> {
      for (const until = Date.now() + 60_000 + length / 5; Date.now() < until; await pause(200)) {
        const text = await (await fetch(`${house.url}/metrics`)).text();
        const waiting = [...text.matchAll(/^cps_outbox_rows\{[^}]*state="waiting"[^}]*\} (\d+)/gm)];
        if (waiting.every(([, count]) => count === '0')) return;
      }
      problems.add('the outbox did not become empty');
    }

    /** Until it has no more connections than at the start. */
    async function settled(before: Figures): Promise<Figures> {
      for (const until = Date.now() + 10_000; ; await pause(250)) {
        const now = await look(house, began);
        if (!now) throw new Error('the bot is gone');
        if (now.sockets <= before.sockets) return now;
        if (Date.now() < until) continue;
        problems.add('connections are left open', { before: before.sockets, now: now.sockets });
        return now;
      }
    }
  } finally {
    await house.close();
  }
}

/** Of a network for tests (RFC 2544), each another one. */
const addressOf = (number: number) => `198.${18 + ((number >> 16) & 1)}.${(number >> 8) & 255}.${number & 255}`;

const inSeconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

/** Node's fetch keeps its connections; what it keeps them in has this name in every version (undici's global dispatcher). */
async function closeOwnConnections(): Promise<void> {
  const all = globalThis as unknown as Record<symbol, { destroy(): Promise<void> } | undefined>;
  await all[Symbol.for('undici.globalDispatcher.1')]?.destroy();
}
