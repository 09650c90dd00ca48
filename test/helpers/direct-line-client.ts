import { once } from 'node:events';
import { WebSocket } from 'ws';

export interface ShownActivity {
  id: string;
  type: string;
  text?: string;
  timestamp: string;
  channelId: string;
  from: { id: string };
  conversation: { id: string };
  replyToId?: string;
  channelData?: { clientActivityID?: string };
  [name: string]: unknown;
}

export interface Answer {
  status: number;
  body: {
    error?: { code: string; message: string };
    id?: string;
    conversationId?: string;
    token?: string;
    resume?: string;
    expires_in?: number;
    streamUrl?: string;
    activities?: ShownActivity[];
    watermark?: string;
  };
  headers: Headers;
}

/** Direct Line 3.0 as a client speaks it: fetch and WebSocket, nothing hidden. `always`: headers of every request. */
export function directLineClient(
  server: string,
  { origin = server, always = {} }: { origin?: string | null; always?: Record<string, string> } = {},
) {
  const base = `${server}/v3/directline`;

  async function call(
    method: string,
    path: string,
    token?: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const response = await fetch(`${base}${path}`, {
      method,
      headers: {
        ...(origin ? { origin } : {}),
        ...always,
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(body === undefined || body instanceof FormData ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined
        ? {}
        : { body: body instanceof FormData || typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      body: text ? (JSON.parse(text) as Answer['body']) : {},
      headers: response.headers,
    };
  }

  return {
    call,
    generate: (body: unknown = { user: {}, locale: 'et-EE' }, token?: string) =>
      call('POST', '/tokens/generate', token, body),
    refresh: (token: string) => call('POST', '/tokens/refresh', token),
    open: (token: string, body: unknown = { user: {}, locale: 'et-EE' }) => call('POST', '/conversations', token, body),
    /** Token and conversation in one. */
    async start() {
      const { body } = await call('POST', '/tokens/generate', undefined, {});
      const opened = await call('POST', '/conversations', body.token, {});
      const { conversationId: id = '', token = '', streamUrl = '', resume = '' } = opened.body;
      return { id, token, streamUrl, resume, status: opened.status };
    },
    post: (id: string, token: string, activity: unknown) =>
      call('POST', `/conversations/${id}/activities`, token, activity),
    say: (id: string, token: string, text: string, more: object = {}) =>
      call('POST', `/conversations/${id}/activities`, token, { type: 'message', text, from: { id: 'dl_me' }, ...more }),
    poll: (id: string, token: string, watermark = '') =>
      call('GET', `/conversations/${id}/activities?watermark=${watermark}`, token),
    reconnect: (id: string, token: string, watermark = '') =>
      call('GET', `/conversations/${id}?watermark=${watermark}`, token),
    upload(id: string, token: string, bytes: Uint8Array<ArrayBuffer>) {
      const form = new FormData();
      form.append(
        'activity',
        new Blob([JSON.stringify({ type: 'message', from: { id: 'dl_me' } })], {
          type: 'application/vnd.microsoft.activity',
        }),
      );
      form.append('file', new Blob([bytes]), 'register-extract.pdf');
      return call('POST', `/conversations/${id}/upload?userId=dl_me`, token, form);
    },
  };
}

/** An open stream; `until` waits until so many activities have come. */
export async function openStream(
  url: string,
  { origin, headers = {} }: { origin?: string; headers?: Record<string, string> } = {},
) {
  const socket = new WebSocket(url, { headers, ...(origin ? { origin } : {}) });
  const activities: ShownActivity[] = [];
  const state = { watermark: '', sets: 0, empty: 0, closed: undefined as { code: number; reason: string } | undefined };
  let changed = () => {};
  socket.on('message', (data) => {
    const text = String(data);
    if (text === '') state.empty += 1;
    else {
      const set = JSON.parse(text) as { activities: ShownActivity[]; watermark: string };
      activities.push(...set.activities);
      state.watermark = set.watermark;
      state.sets += 1;
    }
    changed();
  });
  socket.on('close', (code, reason) => {
    state.closed = { code, reason: String(reason) };
    changed();
  });
  await once(socket, 'open');
  const until = async (met: () => boolean, patience = 30_000) => {
    const end = Date.now() + patience;
    while (!met()) {
      if (Date.now() > end) throw new Error(`not within ${patience} ms: ${met}`);
      await new Promise<void>((resolve) => {
        changed = resolve;
        setTimeout(resolve, 20);
      });
    }
  };
  return {
    socket,
    activities,
    state,
    texts: () => activities.map(({ text }) => text),
    until,
    count: (count: number) => until(() => activities.length >= count),
    close: () => socket.terminate(),
  };
}

/** The status with which a handshake was refused. */
export function refusedStream(url: string, { origin }: { origin?: string } = {}): Promise<number> {
  const socket = new WebSocket(url, origin ? { origin } : {});
  return new Promise((resolve, reject) => {
    socket.on('unexpected-response', (_, response) => {
      resolve(response.statusCode ?? 0);
      socket.terminate();
    });
    socket.on('open', () => reject(new Error('the stream opened')));
    socket.on('error', () => undefined);
  });
}
