/** Who means no good, or does not know better: hostile bodies, wrong tokens, floods, lines that are left hanging. */

import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { activityOf } from '../../test/helpers/channel.ts';
import { directLineClient, refusedStream } from '../../test/helpers/direct-line-client.ts';
import type { Page, PageTools } from './page.ts';

type Attempt = () => Promise<number>;

/** Each of them once; each must be refused with its own status, and with nothing else. */
export async function strangeVisit(tools: PageTools, page: Page, address: string): Promise<void> {
  const { house, ask } = tools;
  const client = directLineClient(house.url, { always: { 'x-forwarded-for': address } });
  const { ledger } = page;
  const own = `/conversations/${ledger.id}/activities`;
  const message = { type: 'message', text: 'tere', from: { id: 'dl_me' } };
  const status = async (answer: Promise<{ status: number }>) => (await answer).status;
  const posted =
    (body: unknown, headers: Record<string, string> = {}) =>
    () =>
      status(client.call('POST', own, page.token(), body, headers));
  const asked = (method: string, path: string, token?: string, body?: unknown) => () =>
    status(client.call(method, path, token, body));
  const json = { 'content-type': 'application/json' };
  const delivered =
    (activity: object, headers: Record<string, string> = {}) =>
    () =>
      status(
        fetch(`${house.url}/api/messages`, {
          method: 'POST',
          headers: { ...json, ...headers },
          body: JSON.stringify(activity),
        }),
      );
  let deep: unknown = 1;
  for (let level = 0; level < 100; level++) deep = { deep };

  const attempts: [string, Attempt, number][] = [
    ['a body that is not JSON', posted('{"type":', json), 400],
    ['a body nested too deep', posted({ ...message, value: deep }), 400],
    ['a key __proto__', posted('{"type":"message","text":"x","__proto__":{"a":1}}', json), 400],
    ['a body too large', posted({ ...message, text: 'x'.repeat(300_000) }), 413],
    ['a text too long', posted({ ...message, text: 'x'.repeat(32_001) }), 413],
    ['a packed body', posted(JSON.stringify(message), { ...json, 'content-encoding': 'gzip' }), 415],
    ['a body of another type', posted('tere', { 'content-type': 'text/plain' }), 415],
    ['an activity of another type', posted({ ...message, type: 'endOfConversation' }), 403],
    ['a clientActivityID too long', posted({ ...message, channelData: { clientActivityID: 'x'.repeat(201) } }), 400],
    ['no token', asked('POST', own, undefined, message), 401],
    ['a wrong token', asked('POST', own, 'eyJhbGciOiJub25lIn0.e30.', message), 403],
    ['another conversation’s token', asked('GET', `/conversations/${randomUUID()}/activities`, page.token()), 403],
    ['a watermark of another kind', asked('GET', `${own}?watermark=-1%00`, page.token()), 200],
    ['another method', asked('PATCH', own, page.token()), 405],
    ['another path', asked('GET', '/../../etc/passwd', page.token()), 404],
    ['a wrong stream token', () => refusedStream(streamUrl(house.url, ledger.id)), 403],
    [
      'a foreign website',
      () => status(directLineClient(house.url, { origin: 'https://evil.example' }).generate()),
      403,
    ],
    ['an activity without a sender', delivered(activityOf({ from: undefined })), 400],
    ['an activity through a proxy', delivered(activityOf(), { 'x-forwarded-for': address }), 401],
    [
      'the figures through a proxy',
      () => status(fetch(`${house.url}/metrics`, { headers: { 'x-forwarded-for': address } })),
      404,
    ],
  ];
  for (const [what, attempt, wanted] of attempts) {
    await ask(`${what}:`, async () => ({ status: await attempt() }), wanted);
  }
}

const streamUrl = (url: string, id: string) =>
  `${url.replace(/^http/, 'ws')}/v3/directline/conversations/${id}/stream?watermark=-&t=x`;

/** More messages than a conversation may send in a minute: the first ones are taken, the others are told to wait. */
export async function flood({ house, problems, ask }: PageTools, page: Page): Promise<void> {
  const client = directLineClient(house.url, { always: { 'x-forwarded-for': page.address } });
  const started = Date.now();
  let refused = 0;
  for (let count = 0; count < 90; count++) {
    const key = randomUUID();
    const say = () => client.say(page.ledger.id, page.token(), 'tere', { channelData: { clientActivityID: key } });
    const answer = await ask('a flood', say, [200, 429]);
    if (answer.status === 200) page.ledger.said.push({ key, id: answer.body.id! });
    else if (Number(answer.headers.get('retry-after')) > 0) refused += 1;
    else problems.add('429 without Retry-After', 'a flood');
  }
  // A restart forgets what was counted.
  if (refused === 0 && !house.wasAway(started)) problems.add('a flood met no limit');
}

/** Half a request, and then silence: the server must let go of such a line by itself. */
export function hang(url: string): () => void {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write('POST /api/messages HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n');
  return () => socket.destroy();
}
