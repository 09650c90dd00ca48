/** What the bot has said at the desk about a request, as addresses: each can be emptied when its customer is forgotten. */
import type { Json, OutboxRow } from '../store/port.ts';
import type { Ticket } from './ticket.ts';

/** One message in the channel, or in an agent's own talk with the bot. */
export type DeskPost = NonNullable<Ticket['card']>;
/** A document `thread/<conversation>`: which request a thread is about, and what the bot has said in it. */
export interface Thread {
  ticket: string;
  serviceUrl?: string;
  conversation?: string;
  activities?: string[];
}
/** A document `shown/<message>`: an answer to an agent, and the requests that stand in it. */
export interface Shown extends DeskPost {
  tickets: string[];
}
/** `teams-empty`: nothing is left of a message but that it was deleted; the row holds nothing about the customer. */
export type EmptyPayload = DeskPost;

/** The requests that a note is about. */
export const ticketsIn = (noted: Thread | Shown): string[] => ('tickets' in noted ? noted.tickets : [noted.ticket]);

/** Threads that were begun before their messages were noted know none. */
export function postsIn(noted: Thread | Shown): DeskPost[] {
  if ('tickets' in noted) {
    const { tickets: _, ...post } = noted;
    return [post];
  }
  const { serviceUrl, conversation, activities = [] } = noted;
  if (serviceUrl === undefined || conversation === undefined) return [];
  return activities.map((activity) => ({ serviceUrl, conversation, activity }));
}

export function emptyRow(post: DeskPost, dueAt = 0): OutboxRow {
  const id = `empty:${post.conversation}:${post.activity}`;
  const payload: Json = { ...post } satisfies EmptyPayload;
  return { id, target: id, kind: 'teams-empty', payload, dueAt, attempts: 0, state: 'waiting' };
}

export const distinctPosts = (posts: readonly DeskPost[]): DeskPost[] => [
  ...new Map(posts.map((post) => [`${post.conversation} ${post.activity}`, post])).values(),
];
