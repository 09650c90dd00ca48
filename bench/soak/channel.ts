/** Customers of Bot Framework channels at `/api/messages`: some get their replies in the answer, to others the bot sends them. */
import { randomUUID } from 'node:crypto';
import { activityOf } from '../../test/helpers/channel.ts';
import { type Answered, GivenUp } from './ask.ts';
import type { PageTools } from './page.ts';
import { registration, startOver } from './talks.ts';

export interface ChannelTalk {
  id: string;
  /** Ids of the messages that were acknowledged, in order. */
  said: string[];
  /** inAnswer: `expectReplies`; sent: by a call of the bot's own. */
  replies: 'inAnswer' | 'sent';
}

interface Reply {
  channelData?: { support?: { flow: string | null; node: string } };
}

/** One visit: joins, goes through the registration, and starts over. @throws GivenUp */
export async function channelVisit(
  { house, problems, ask, pace }: PageTools,
  { language, replies }: { language: string; replies: ChannelTalk['replies'] },
): Promise<ChannelTalk> {
  const talk: ChannelTalk = { id: `soak-${randomUUID()}`, said: [], replies };
  const serviceUrl = house.connector.url;

  /** Under the same id when it is delivered again. */
  async function deliver(activity: object): Promise<string | undefined> {
    const id = randomUUID();
    const all = activityOf({
      id,
      channelData: { clientActivityID: id },
      serviceUrl,
      conversation: { id: talk.id },
      locale: language,
      deliveryMode: replies === 'inAnswer' ? 'expectReplies' : 'normal',
      ...activity,
    });
    const { activities } = await ask('/api/messages', () => postTo(house.url, all));
    if (all.type === 'message') talk.said.push(id);
    if (replies === 'sent') return undefined;
    const { flow, node } = activities.at(-1)?.channelData?.support ?? {};
    return `${flow}.${node}`;
  }

  await deliver({ type: 'conversationUpdate', text: undefined, membersAdded: [{ id: 'customer' }] });
  for (const { text, at } of [...registration(language), startOver(language)]) {
    await pace();
    const got = await deliver({ text });
    if (got !== undefined && at !== undefined && got !== at) {
      problems.add('the talk went another way on a channel', { language, text, wanted: at, got });
      throw new GivenUp('another way');
    }
  }
  return talk;
}

async function postTo(url: string, activity: object): Promise<Answered & { activities: Reply[] }> {
  const { status, headers, ...response } = await fetchJson(`${url}/api/messages`, activity);
  return { status, headers, activities: (response.body as { activities?: Reply[] } | undefined)?.activities ?? [] };
}

async function fetchJson(url: string, value: object) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(value),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text ? (JSON.parse(text) as unknown) : undefined };
}
