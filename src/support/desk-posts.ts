/** What the bot has said in the team's channel about a request, as addresses: each can be emptied when its customer wants to be forgotten. */
import type { Json, OutboxRow } from '../store/port.ts';
import type { Ticket } from './ticket.ts';

/** One message in the channel. */
export type DeskPost = NonNullable<Ticket['card']>;
/** A document `thread/<conversation>`: which request a thread is about, and what the bot has said in it. */
export interface Thread {
  ticket: string;
  serviceUrl?: string;
  conversation?: string;
  activities?: string[];
}
/** `teams-empty`: nothing is left of a message but that it was deleted; the row holds nothing about the customer. */
export type EmptyPayload = DeskPost;

/** Threads that were begun before their messages were noted know none. */
export function postsIn({ serviceUrl, conversation, activities = [] }: Thread): DeskPost[] {
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
