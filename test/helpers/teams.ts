/** Teams as the bot sees it, over HTTP on loopback: a connector service that keeps what it is sent, and people who write and press. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Posted {
  id: string;
  conversation: string;
  /** As last sent or updated. */
  activity: TeamsActivity;
  updates: number;
}
export interface TeamsActivity {
  type: string;
  text?: string;
  attachments?: { content: CardNode }[];
}
export type CardNode = { type: string; [name: string]: unknown };
export interface User {
  id: string;
  name: string;
  userRole?: string;
}
/** `arrived`: it is taken all the same, and only the answer says otherwise. */
type Told = { status: number; headers?: Record<string, string>; body?: object; arrived?: true } | 'hang' | undefined;

export const tenant = '11111111-2222-3333-4444-555555555555';
export const team = '19:team@thread.tacv2';
export const channel = '19:support@thread.tacv2';
const bot = { id: '28:bot', name: 'CPS' };
export const mari: User = { id: '29:mari', name: 'Mari Maasikas', userRole: 'owner' };
export const juris: User = { id: '29:juris', name: 'Juris Ozols', userRole: 'user' };

export async function startTeams(members: User[] = [mari, juris]) {
  const posts = new Map<string, Posted>();
  const requests: { method: string; path: string; status: number }[] = [];
  /** Tells what to answer to a request; undefined: as Teams would. */
  let answer: (method: string, path: string) => Told = () => undefined;
  let made = 0;

  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method = '' } = request;
    const path = decodeURIComponent(request.url ?? '');
    const body = JSON.parse(Buffer.concat(chunks).toString() || '{}') as TeamsActivity & { activity?: TeamsActivity };
    const told = answer(method, path);
    if (told === 'hang') return void requests.push({ method, path, status: 0 });
    const send = (as: number, value: object) => {
      const status = told?.status ?? as;
      requests.push({ method, path, status });
      response.writeHead(status, { 'content-type': 'application/json', ...told?.headers });
      response.end(JSON.stringify(told ? (told.body ?? {}) : value));
    };
    if (told && !told.arrived) return send(told.status, {});
    const member = /\/members\/([^/?]+)/.exec(path)?.[1];
    if (member) {
      const found = members.find(({ id }) => id === member);
      return found ? send(200, found) : send(404, { error: { code: 'MemberNotFoundInConversation' } });
    }
    if (/\/pagedmembers/.test(path)) return send(200, { members });
    const keep = (conversation: string, activity: TeamsActivity): string => {
      const id = `${1_700_000_000_000 + ++made}`;
      posts.set(id, { id, conversation: conversation || `${channel};messageid=${id}`, activity, updates: 0 });
      return id;
    };
    if (method === 'POST' && /\/v3\/conversations$/.test(path)) {
      const id = keep('', body.activity ?? { type: 'message' });
      return send(201, { id: `${channel};messageid=${id}`, activityId: id });
    }
    const [, conversation = '', activity = ''] = /\/conversations\/([^/]+)\/activities(?:\/([^/?]+))?/.exec(path) ?? [];
    if (method === 'POST') return send(201, { id: keep(conversation, body) });
    const post = posts.get(activity);
    if (method !== 'PUT' || !post) return send(404, {});
    posts.set(activity, { ...post, activity: body, updates: post.updates + 1 });
    return send(200, { id: activity });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  function activityOf(user: User, conversation: string, more: object) {
    return {
      id: `${user.id}-${++made}`,
      channelId: 'msteams',
      serviceUrl: url,
      timestamp: new Date().toISOString(),
      from: { id: user.id, name: user.name, aadObjectId: `aad-${user.id}` },
      recipient: bot,
      conversation: { id: conversation, conversationType: 'channel', isGroup: true, tenantId: tenant },
      channelData: { tenant: { id: tenant }, team: { id: team }, channel: { id: channel } },
      ...more,
    };
  }

  async function deliver(botUrl: string, activity: object, token?: string) {
    const response = await fetch(`${botUrl}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      body: JSON.stringify(activity),
    });
    const text = await response.text();
    return { status: response.status, body: text ? (JSON.parse(text) as { value?: CardNode }) : {} };
  }

  const all = () => [...posts.values()];
  const cards = (ticket: string) =>
    all().filter(({ activity }) => JSON.stringify(activity).includes(`"ticket":"${ticket}"`) && isTicketCard(activity));
  return {
    url,
    requests,
    members,
    posts: all,
    answerWith(told: typeof answer) {
      answer = told;
    },
    /** The ticket's card in the channel, as it stands. */
    card: (ticket: string) => cards(ticket)[0],
    cards,
    thread: (conversation: string) => all().filter((one) => one.conversation === conversation),
    write: (botUrl: string, user: User, conversation: string, text: string, more: object = {}) =>
      deliver(botUrl, activityOf(user, conversation, { type: 'message', text, ...more })),
    toBot: (botUrl: string, user: User, conversation: string, text: string, more: object = {}) =>
      deliver(
        botUrl,
        activityOf(user, conversation, {
          type: 'message',
          text: `<at>CPS</at> ${text}`,
          entities: [{ type: 'mention', mentioned: bot, text: '<at>CPS</at>' }],
          ...more,
        }),
      ),
    /** Presses the button of that verb, with what was filled in. */
    press(botUrl: string, user: User, post: Posted, verb: string, inputs: object = {}, more: object = {}) {
      const action = findAction(contentOf(post), verb);
      if (!action) throw new Error(`no button "${verb}" on the card: ${verbsOf(contentOf(post))}`);
      return this.send(botUrl, user, post, { ...(action.data as object), ...inputs }, more);
    },
    /** What a client asks for by itself, for the user who looks at the card. */
    refresh(botUrl: string, user: User, post: Posted) {
      const { refresh } = contentOf(post) as unknown as { refresh: { action: { data: object } } };
      return this.send(botUrl, user, post, refresh.action.data);
    },
    send(botUrl: string, user: User, post: Posted, data: object, more: object = {}, token?: string) {
      const invoke = {
        type: 'invoke',
        name: 'adaptiveCard/action',
        replyToId: post.id,
        value: { action: { type: 'Action.Execute', data } },
      };
      return deliver(botUrl, activityOf(user, post.conversation, { ...invoke, ...more }), token);
    },
    close() {
      server.closeAllConnections();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
export type Teams = Awaited<ReturnType<typeof startTeams>>;

const isTicketCard = (activity: TeamsActivity) =>
  activity.attachments?.some(({ content }) => 'refresh' in content || verbsOf(content).includes('history'));
export const contentOf = (post: Posted): CardNode => post.activity.attachments![0]!.content;

function actionsIn(node: unknown): CardNode[] {
  if (Array.isArray(node)) return node.flatMap(actionsIn);
  if (typeof node !== 'object' || node === null) return [];
  const { fallback: _, refresh: __, ...rest } = node as CardNode;
  const own = rest.type === 'Action.Execute' ? [rest] : [];
  return [...own, ...Object.values(rest).flatMap(actionsIn)];
}
export const findAction = (card: CardNode, verb: string) =>
  actionsIn(card).find((one) => String(one.verb).split(' ')[0] === verb);
export const verbsOf = (card: CardNode): string[] => actionsIn(card).map(({ verb }) => String(verb));

/** Every word on a card. */
export function wordsOf(node: unknown): string {
  if (Array.isArray(node)) return node.map(wordsOf).join(' ');
  if (typeof node !== 'object' || node === null) return '';
  const { text, title, label, ...rest } = node as CardNode;
  const own = [text, title, label].filter((one) => typeof one === 'string').join(' ');
  return [
    own,
    ...Object.entries(rest)
      .filter(([name]) => name !== 'fallback')
      .map(([, value]) => wordsOf(value)),
  ]
    .filter(Boolean)
    .join(' ');
}
