/** A customer's page on the embedded Direct Line: comes, talks, reads over a WebSocket or by polling, goes, and comes back with its watermark. */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { directLineClient, openStream, type ShownActivity } from '../../test/helpers/direct-line-client.ts';
import { type Ask, GivenUp } from './ask.ts';
import type { House } from './house.ts';
import { createLedger, type Ledger, lineOf } from './ledger.ts';
import type { Problems } from './problems.ts';
import type { Said } from './talks.ts';

export interface PageTools {
  house: House;
  problems: Problems;
  ask: Ask;
  /** Waits until another turn may begin. */
  pace(): Promise<void>;
}

interface Support {
  flow: string | null;
  node: string;
  ticket?: string;
}

export interface Page {
  language: string;
  address: string;
  ledger: Ledger;
  token(): string;
  /** Gets a new token for the same conversation. */
  renew(): Promise<void>;
  /** Joins, or takes the talk up again: after what was shown last, or `anew` from its first line. */
  come(how: 'socket' | 'poll', anew?: boolean): Promise<void>;
  /** Says it and waits for the bot's answer, which must be at `at`; with `quiet` an answer is not waited for. */
  say(said: Said & { quiet?: boolean }): Promise<void>;
  /** Waits for a line that the bot or an agent has written. @throws GivenUp */
  waitFor(what: string, met: (activity: ShownActivity) => boolean): Promise<ShownActivity>;
  /** Tells that the last line was in sight. */
  see(): Promise<void>;
  /** Without a word, as pages do. */
  go(): void;
}

const patience = 30_000;
export const supportOf = ({ channelData }: ShownActivity) =>
  (channelData as { support?: Support } | undefined)?.support;

export async function openPage(
  { house, problems, ask, pace }: PageTools,
  language: string,
  address: string,
): Promise<Page> {
  const headers = { 'x-forwarded-for': address };
  const client = directLineClient(house.url, { always: headers });
  const locale = `${language}-${language.toUpperCase()}`;
  let { token = '', resume } = (await ask('tokens', () => client.generate({ locale }))).body;
  const opened = await ask('conversations', () => client.open(token, { locale }));
  const id = opened.body.conversationId!;
  const ledger = createLedger(id, problems);
  let stream: Awaited<ReturnType<typeof openStream>> | undefined;
  let read = ledger.read(0);
  let taken = 0;
  let watermark = 0;
  let isPolling = false;
  /** The bot's last one. */
  let last: ShownActivity | undefined;
  const others: ShownActivity[] = [];

  function take(activity: ShownActivity): void {
    read(activity);
    watermark = lineOf(activity.id);
    if (activity.from.id === 'bot' || activity.from.id === 'agent') {
      last = activity;
      others.push(activity);
    }
  }
  function takeAll(): void {
    for (const activity of stream?.activities.slice(taken) ?? []) take(activity);
    taken = stream?.activities.length ?? 0;
  }

  async function connect(): Promise<void> {
    const began = Date.now();
    read = ledger.read(watermark);
    if (isPolling) return;
    const { body } = await ask('reconnect', () => client.reconnect(id, token, String(watermark)));
    stream = await openStream(body.streamUrl!, { origin: house.url, headers }).catch((error: unknown) => {
      if (!house.wasAway(began)) problems.add('a stream was refused', error);
      return undefined;
    });
    taken = 0;
  }

  /** Reads on until it is met, over as many connections as that takes. */
  async function until(what: string, met: () => boolean): Promise<void> {
    const end = Date.now() + patience;
    while (!met()) {
      if (Date.now() > end) {
        problems.add(`${what} did not come within ${patience / 1000} s`, { id, watermark });
        throw new GivenUp(what);
      }
      if (isPolling) {
        const { body } = await ask('poll', () => client.poll(id, token, String(watermark)));
        for (const activity of body.activities ?? []) take(activity);
        if (!met()) await pause(50);
      } else if (!stream || stream.state.closed) {
        if (stream && !house.wasAway(Date.now() - patience)) problems.add('a stream was closed', stream.state.closed);
        await pause(50 + Math.random() * 200);
        await connect();
      } else {
        const current = stream;
        const change = () => {
          takeAll();
          return met() || current.state.closed !== undefined;
        };
        await current.until(change, Math.max(1, end - Date.now())).catch(() => undefined);
      }
    }
  }

  /** Now and then twice, as a page does that has waited too long for the answer: it is one message. */
  async function post(activity: object): Promise<{ key: string; id: string }> {
    const key = randomUUID();
    const body = { from: { id: 'dl_me' }, locale, channelData: { clientActivityID: key }, ...activity };
    const send = async () => (await ask('activities', () => client.post(id, token, body))).body.id!;
    const [first, second] = await Promise.all([send(), ...(Math.random() < 0.03 ? [send()] : [])]);
    if (second !== undefined && second !== first) problems.add('sent twice, it was two messages', { first, second });
    return { key, id: first! };
  }

  async function renew(): Promise<void> {
    const { body } = await ask('tokens', () => client.generate({ resume }));
    ({ token = '', resume } = body);
    if (body.conversationId !== id) problems.add('resume led to another conversation', { id });
  }

  let isNew = true;
  return {
    language,
    address,
    ledger,
    token: () => token,
    renew,
    async come(how, anew = false) {
      isPolling = how === 'poll';
      if (anew) watermark = 0;
      if (!isNew) await renew();
      await connect();
      await post({ type: 'event', name: 'webchat/join', value: { language } });
      if (isNew) await until('the welcome', () => last !== undefined);
      isNew = false;
    },
    async say({ text, at, quiet = false }) {
      await pace();
      const before = last?.text?.slice(0, 100);
      const said = await post({ type: 'message', text });
      ledger.said.push(said);
      if (quiet) return;
      await until('an answer', () => last !== undefined && lineOf(last.id) > lineOf(said.id));
      const { flow, node } = supportOf(last!) ?? {};
      if (at && `${flow}.${node}` !== at) {
        problems.add('the talk went another way', { language, before, text, wanted: at, got: `${flow}.${node}`, id });
        throw new GivenUp('another way');
      }
    },
    async waitFor(what, met) {
      let found: ShownActivity | undefined;
      const isThere = () => {
        found = others.find(met);
        return found !== undefined;
      };
      await until(what, isThere);
      return found!;
    },
    async see() {
      if (last) await post({ type: 'event', name: 'support/seen', value: { id: last.id } });
    },
    go() {
      takeAll();
      stream?.close();
      stream = undefined;
      others.length = 0;
    },
  };
}
