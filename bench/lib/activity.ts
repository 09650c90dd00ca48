/** An activity as a channel sends it, and what comes back. */
import { randomUUID } from 'node:crypto';
import type { Connection } from './connection.ts';

export interface Answered {
  text?: string;
  channelData?: { support?: { flow: string | null; node: string; intent?: string } };
}

const activityOf = (conversation: string, more: object) => ({
  type: 'message',
  id: randomUUID(),
  timestamp: new Date().toISOString(),
  localTimezone: 'Europe/Tallinn',
  channelId: 'emulator',
  serviceUrl: 'http://127.0.0.1:9',
  from: { id: `user-${conversation}`, name: 'Klient', role: 'user' },
  recipient: { id: 'bot', name: 'CPS', role: 'bot' },
  conversation: { id: conversation },
  textFormat: 'plain',
  locale: 'et-EE',
  deliveryMode: 'expectReplies',
  channelData: { clientActivityID: randomUUID() },
  ...more,
});

/** @throws Error when nothing is answered */
export async function send(connection: Connection, conversation: string, more: object): Promise<Answered[]> {
  const answer = await connection.post('/api/messages', activityOf(conversation, more));
  const { activities } = answer as { activities?: Answered[] };
  if (!activities?.length) throw new Error(`no activities in the answer: ${JSON.stringify(answer)}`);
  return activities;
}

/** The name of the place where the last reply leaves the customer: `register.vat`, `null.menu`. */
export function whereIn(replies: Answered[]): string {
  const { flow, node } = replies.at(-1)?.channelData?.support ?? {};
  return `${flow}.${node}`;
}

/** @throws Error naming what was said, wanted and got */
export function expect(said: unknown, wanted: string, got: string | undefined, isRight = got === wanted): void {
  if (!isRight) throw new Error(`after ${JSON.stringify(said)} expected "${wanted}", got "${got}"`);
}
