import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { loadBrowserModule } from './load.ts';

const { carryMessages } = await loadBrowserModule('stream.js');

/** A socket that the test opens, feeds and closes. */
class Socket {
  static made: Socket[] = [];
  onopen: ((event: object) => void) | null = null;
  onmessage: ((event: object) => void) | null = null;
  onclose: ((event: object) => void) | null = null;
  isClosed = false;
  url: string;
  constructor(url: string) {
    this.url = url;
    Socket.made.push(this);
  }
  send() {}
  close() {
    this.isClosed = true;
  }
}

interface Stream {
  readyState: number;
  onopen?: () => void;
  onmessage?: (event: { data: string }) => void;
  onclose?: () => void;
  send(text: string): void;
  close(): void;
}
interface Line {
  services: { WebSocket?: new (url: string) => Stream };
  [name: string]: unknown;
}

/** What the server has for the next fetches; then nothing new. */
let sets: { activities: object[]; watermark: string }[];
let asked: { at: number; url: string; authorization: string }[];
let status: number;
let kept: Map<string, string>;

beforeEach(() => {
  vi.useFakeTimers();
  Socket.made = [];
  sets = [];
  asked = [];
  status = 200;
  kept = new Map();
  vi.stubGlobal('WebSocket', Socket);
  vi.stubGlobal('sessionStorage', {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => kept.set(name, value),
  });
  vi.stubGlobal('fetch', async (url: string, { headers }: { headers: { authorization: string } }) => {
    asked.push({ at: Date.now(), url, authorization: headers.authorization });
    return Response.json(sets.shift() ?? { activities: [], watermark: '7' }, { status });
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** The client as far as it is of use here, connected. */
function connect() {
  const line: Line = { domain: 'https://bot/v3', conversationId: 'c1', token: 'first', watermark: '', services: {} };
  const hurry: () => void = carryMessages(line);
  const seen = { came: [] as string[], opened: 0, closed: 0 };
  const open = () => {
    const stream = new line.services.WebSocket!('wss://bot/v3/stream');
    stream.onopen = () => {
      seen.opened += 1;
    };
    stream.onmessage = ({ data }) => {
      seen.came.push(data);
      line.watermark = (JSON.parse(data) as { watermark: string }).watermark;
    };
    stream.onclose = () => {
      seen.closed += 1;
    };
    return stream;
  };
  return { line, hurry, seen, open };
}
const refuse = (socket: Socket | undefined) => socket?.onclose?.({ code: 1006 });
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

test('a socket that works is used, and nothing is fetched', async () => {
  const { open, seen } = connect();
  open();
  await pass(3900);
  Socket.made[0]?.onopen?.({});
  Socket.made[0]?.onmessage?.({ data: '{"watermark":"1"}' });
  await pass(60_000);
  expect(seen).toEqual({ came: ['{"watermark":"1"}'], opened: 1, closed: 0 });
  expect(asked).toEqual([]);
  // Also one that is cut later on: the client connects anew.
  refuse(Socket.made[0]);
  await pass(60_000);
  expect(seen.closed).toBe(1);
  expect(asked).toEqual([]);
});

test.each([
  ['is refused', () => refuse(Socket.made[0])],
  ['does not open in time', () => pass(4000)],
])('where it %s, messages are fetched from the client’s own watermark with its newest token', async (_, fail) => {
  sets = [{ activities: [{ id: 'a' }], watermark: '7' }];
  const { open, seen, line } = connect();
  open();
  await fail();
  await pass(0);
  expect(Socket.made[0]?.isClosed).toBe(true);
  expect(seen.came).toHaveLength(1);
  line.token = 'second';
  await pass(1000);
  expect(asked.map(({ url, authorization }) => [url.split('?')[1], authorization])).toEqual([
    ['watermark=', 'Bearer first'],
    ['watermark=7', 'Bearer second'],
  ]);
  // What was given up may still open, and say something.
  Socket.made[0]?.onmessage?.({ data: '{"watermark":"1"}' });
  expect(seen.came).toHaveLength(1);
});

test('a server that closes a socket itself has a reason: the client learns it, and nothing is fetched', async () => {
  const { open, seen } = connect();
  open();
  Socket.made[0]?.onclose?.({ code: 1008 });
  await pass(10_000);
  expect(seen.closed).toBe(1);
  expect(asked).toEqual([]);
});

test('a quiet page asks 12 times a minute, and at once when something is about to come, never twice at a time', async () => {
  const { open, hurry } = connect();
  open();
  refuse(Socket.made[0]);
  await pass(60_000);
  const before = asked.length;
  await pass(60_000);
  expect(asked.length - before).toBe(12);
  await pass(1000);
  const quiet = asked.length;
  hurry();
  hurry();
  await pass(0);
  expect(asked.length - quiet).toBe(1);
  await pass(1500);
  expect(asked.length - quiet, 'more often for a while').toBe(2);
});

test('the tab remembers it, but not when the server was away for both', async () => {
  status = 502;
  const { open, seen } = connect();
  open();
  refuse(Socket.made[0]);
  await pass(0);
  expect(seen.closed, 'the client connects anew').toBe(1);
  expect(kept.size).toBe(0);
  status = 200;
  open();
  refuse(Socket.made[1]);
  await pass(0);
  expect(kept.size).toBe(1);
  connect().open();
  await pass(0);
  expect(Socket.made).toHaveLength(2);
});

test('a server that is busy or away for a while is asked on; a conversation that is gone, or a token that has expired, ends it', async () => {
  const { open, seen } = connect();
  open();
  refuse(Socket.made[0]);
  await pass(0);
  for (const passing of [502, 429]) {
    status = passing;
    await pass(30_000);
  }
  status = 200;
  sets = [{ activities: [{ id: 'a' }], watermark: '7' }];
  await pass(5000);
  expect(seen).toMatchObject({ closed: 0, came: [expect.any(String)] });
  for (const final of [401, 403, 404]) {
    status = final;
    await pass(5000);
    expect(seen.closed).toBe(1);
    status = 200;
    seen.closed = 0;
    open();
    await pass(0);
  }
});

test('the client hangs up: no more is tried or fetched, and what is under way is not shown', async () => {
  sets = [{ activities: [{ id: 'late' }], watermark: '9' }];
  const { open, seen } = connect();
  open().close();
  await pass(60_000);
  expect(Socket.made[0]?.isClosed).toBe(true);
  expect(asked).toEqual([]);
  const stream = open();
  refuse(Socket.made[1]);
  stream.close();
  await pass(60_000);
  expect(asked).toHaveLength(1);
  expect(seen).toEqual({ came: [], opened: 0, closed: 0 });
});
