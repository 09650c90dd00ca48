/** Which requests stand in what the bot has shown to an agent who asked, `shown/<message>`: it goes with them. */
import { storeId } from '../../bot/store-id.ts';
import type { DocKey, Store } from '../../store/port.ts';
import { retrying } from '../../store/retrying.ts';
import type { DeskPost, Shown } from '../../support/desk-posts.ts';
import type { Card } from './cards/parts.ts';
import { empty } from './thread.ts';

/** One message of help can show list after list; each list holds fifteen requests at most. */
const mostRequests = 100;

/** Every card that says something of a request leads to it by a button. @returns their numbers */
export function requestsOn(card: Card): string[] {
  const found = new Set<string>();
  JSON.stringify(card, (name, value: { ticket?: string } | undefined) => {
    if (name === 'desk' && value?.ticket) found.add(value.ticket);
    return value;
  });
  return [...found];
}

export async function keepShown(
  post: DeskPost,
  tickets: readonly string[],
  store: Pick<Store, 'read' | 'commit'>,
): Promise<void> {
  if (tickets.length === 0) return;
  const key: DocKey = `shown/${storeId(`${post.conversation} ${post.activity}`)}`;
  await retrying(async () => {
    const [doc] = await store.read([key]);
    const before = (doc?.value as unknown as Shown | undefined)?.tickets ?? [];
    const all = [...new Set([...tickets, ...before])].slice(0, mostRequests);
    await store.commit({ docs: [{ key, version: doc?.version ?? 0, value: { ...post, tickets: all } }] });
  });
  // In this order: an erasure that began before has taken the request away, one that begins after finds the note.
  const requests = await store.read(tickets.map((id): DocKey => `ticket/${id}`));
  if (requests.some(({ value }) => value === undefined)) await empty(post, store);
}
