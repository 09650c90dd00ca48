/** From a customer's POST to the bot's message on the WebSocket, over the embedded Direct Line with many open conversations. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { type Connection, openConnection } from './lib/connection.ts';
import { quantile } from './lib/measure.ts';
import { rounded } from './lib/rounds.ts';
import { round } from './visitors.ts';

interface Shown {
  from: { role?: string };
  channelData?: { support?: { flow: string | null; node: string } };
}

interface Customer {
  /** Says the next thing of the registration; milliseconds until the bot's last message for it has come. */
  say(): Promise<number>;
  close(): void;
}

const base = '/v3/directline';

async function openCustomer(connection: Connection): Promise<Customer> {
  const { token } = (await connection.post(`${base}/tokens/generate`, {})) as { token: string };
  const withToken = (bearer: string) => `Authorization: Bearer ${bearer}\r\n`;
  const opened = await connection.post(`${base}/conversations`, { locale: 'et-EE' }, withToken(token));
  const { conversationId, streamUrl, ...own } = opened as { conversationId: string; token: string; streamUrl: string };
  const socket = new WebSocket(streamUrl);
  let arrived = (_: string) => {};
  socket.on('message', (data) => {
    const text = String(data);
    const { activities } = (text === '' ? { activities: [] } : JSON.parse(text)) as { activities: Shown[] };
    const support = activities.findLast((one) => one.channelData?.support)?.channelData?.support;
    if (support) arrived(`${support.flow}.${support.node}`);
  });
  await once(socket, 'open');

  /** @throws Error when the bot is not at `next` within ten seconds */
  async function post(activity: object, next: string): Promise<number> {
    const began = performance.now();
    const there = new Promise<number>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`the bot did not come to ${next} within 10 s`)), 10_000);
      arrived = (where) => {
        if (where !== next) return;
        clearTimeout(late);
        resolve(performance.now() - began);
      };
    });
    const path = `${base}/conversations/${conversationId}/activities`;
    const body = { from: { id: 'customer' }, channelData: { clientActivityID: randomUUID() }, ...activity };
    await Promise.all([there, connection.post(path, body, withToken(own.token))]);
    return there;
  }

  await post({ type: 'event', name: 'webchat/join', value: { language: 'et' } }, 'null.menu');
  let where = 'null.menu';
  return {
    say() {
      const [text, next] = round[where]!;
      where = next;
      return post({ type: 'message', text }, next);
    },
    close: () => socket.terminate(),
  };
}

/**
 * @param conversations how many stay open, each with its WebSocket
 * @param messages how many are timed, each said in another conversation, one after the other
 * @param every milliseconds from one to the next
 */
export async function measureDirectLine(
  port: number,
  { conversations, messages, every }: { conversations: number; messages: number; every: number },
): Promise<{ p50ms: number; p99ms: number }> {
  const connection = await openConnection(port);
  const customers: Customer[] = [];
  while (customers.length < conversations) customers.push(await openCustomer(connection));
  const times: number[] = [];
  for (let count = 0; count < messages; count++) {
    times.push(await customers[Math.floor(Math.random() * conversations)]!.say());
    await pause(every);
  }
  for (const customer of customers) customer.close();
  connection.close();
  return { p50ms: rounded(quantile(times, 0.5)), p99ms: rounded(quantile(times, 0.99)) };
}
