/** Who comes: customers on the website and on channels, people with a request, and strangers. */
import { setTimeout as pause } from 'node:timers/promises';
import { type ChannelTalk, channelVisit } from './channel.ts';
import type { Desk } from './desk.ts';
import { openPage, type Page, type PageTools } from './page.ts';
import { type Course, deskStory } from './story.ts';
import { flood, hang, strangeVisit } from './strangers.ts';
import { freely, languages, pick, registration, startOver } from './talks.ts';

export interface Traffic {
  /** Every conversation on the website, and those on channels that came to their end. */
  pages: readonly Page[];
  talks: readonly ChannelTalk[];
  /** So that nothing is loaded for the first time when looking begins. */
  warmUp(): Promise<void>;
  /** One visit each. @throws GivenUp */
  customer(): Promise<void>;
  channel(): Promise<void>;
  request(): Promise<void>;
  strangers(): Promise<void>;
}

const courses: readonly Course[] = ['seen', 'unseen', 'unclaimed'];
/** A conversation may send 60 messages a minute: so many visits in a minute stay below that. */
const visitsAMinute = 3;
/** How many pages may come back. */
const remembered = 500;

/** @param length of the traffic, milliseconds: pauses are shares of it */
export function createTraffic(tools: PageTools & { desk: Desk }, length: number): Traffic {
  const pages: Page[] = [];
  const talks: ChannelTalk[] = [];
  /** When they came lately, milliseconds since 1970; who is in the chat now is not here. */
  const away = new Map<Page, number[]>();
  let addresses = 0;
  let requests = 0;
  /** Of a network for tests (RFC 2544), each another one. */
  const newAddress = () => {
    addresses += 1;
    return `198.${18 + ((addresses >> 16) & 1)}.${(addresses >> 8) & 255}.${addresses & 255}`;
  };
  async function open(language: string): Promise<Page> {
    const page = await openPage(tools, language, newAddress());
    pages.push(page);
    return page;
  }

  function returning(now: number): Page | undefined {
    const page = Math.random() < 0.3 && away.size > 0 ? pick([...away.keys()]) : undefined;
    const recent = (page && away.get(page)?.filter((at) => at > now - 60_000)) ?? [];
    return recent.length < visitsAMinute ? page : undefined;
  }

  return {
    pages,
    talks,
    async warmUp() {
      const page = await open('et');
      await page.come('socket');
      for (const said of [...registration('et'), ...freely('et', 3)]) await page.say(said);
      page.go();
      for (const replies of ['inAnswer', 'sent'] as const) {
        talks.push(await channelVisit(tools, { language: 'et', replies }));
      }
    },
    async customer() {
      const now = Date.now();
      const earlier = returning(now);
      const times = (earlier && away.get(earlier)) ?? [];
      if (earlier) away.delete(earlier);
      const page = earlier ?? (await open(pick(languages)));
      await page.come(Math.random() < 0.2 ? 'poll' : 'socket', earlier && Math.random() < 0.3);
      if (earlier) await page.say(startOver(page.language));
      const all = Math.random() < 0.5 ? registration(page.language) : freely(page.language, 10);
      for (const said of all.slice(0, 1 + Math.floor(Math.random() * all.length))) await page.say(said);
      page.go();
      away.set(page, [...times.slice(-visitsAMinute), now]);
      if (away.size > remembered) away.delete(away.keys().next().value!);
    },
    async channel() {
      const replies = Math.random() < 0.7 ? 'inAnswer' : 'sent';
      talks.push(await channelVisit(tools, { language: pick(languages), replies }));
    },
    async request() {
      const number = ++requests;
      const course = courses[number % courses.length]!;
      await deskStory({ ...tools, open }, { language: pick(languages), course, number });
      await pause(Math.min(10_000, length / 10));
    },
    async strangers() {
      await strangeVisit(tools, await open(pick(languages)), newAddress());
      await flood(tools, await open(pick(languages)));
      const letGo = [1, 2, 3].map(() => hang(tools.house.url));
      await pause(Math.min(20_000, length / 4));
      for (const free of letGo) free();
    },
  };
}
