/**
 * How much mail may go to the address that a customer has typed, which may be somebody else's: what is more waits. Counted in the
 * ticket, and over all requests in memory.
 */
import type { Mail } from './mail.ts';
import type { Ticket } from './ticket.ts';

const dayMs = 24 * 3600_000;
/** About one request, and in one conversation. */
const mostToCustomer = 10;
/** From all conversations: several people can share a mailbox. */
const mostToAddress = 20;
/** What is forgotten beyond that is counted in the ticket all the same. */
const mostKnown = 20_000;

export interface MailLimit {
  /**
   * Counts the mail unless it has to wait. One of the same Message-ID counts once.
   * @returns the ticket with the mail in it, or when it can go (milliseconds since 1970)
   */
  take(ticket: Ticket, mail: Pick<Mail, 'to' | 'messageId'>, now: number): { ticket: Ticket } | { later: number };
}

/** @param most addresses and conversations that are remembered */
export function createMailLimit(most = mostKnown): MailLimit {
  /** By address and by conversation: names of mails, and when they were taken. */
  const known = new Map<string, Map<string, number>>();

  function lately(key: string, name: string, now: number): Map<string, number> {
    const entries = [...(known.get(key) ?? [])].filter(([other, at]) => at > now - dayMs && other !== name);
    return new Map(entries);
  }

  /** The one that was written last stands last, so the first are the ones to forget: what is a day old, and what is too much. */
  function keep(key: string, mails: Map<string, number>, now: number): void {
    known.delete(key);
    known.set(key, mails);
    for (const [first, sent] of known) {
      if (known.size <= most && [...sent.values()].some((at) => at > now - dayMs)) return;
      known.delete(first);
    }
  }

  return {
    take(ticket, { to, messageId: name }, now) {
      const address = `to ${to.toLowerCase()}`;
      const talk = `of ${ticket.conversation}`;
      const [toAddress, ofTalk] = [lately(address, name, now), lately(talk, name, now)];
      const at = ticket.mails.at.filter((time) => time > now - dayMs);
      const frees = [
        freeAt(at, mostToCustomer),
        freeAt([...ofTalk.values()], mostToCustomer),
        freeAt([...toAddress.values()], mostToAddress),
      ].filter((free) => free !== undefined);
      if (frees.length > 0) return { later: Math.max(...frees) };
      keep(address, toAddress.set(name, now), now);
      keep(talk, ofTalk.set(name, now), now);
      return { ticket: { ...ticket, mails: { at: [...at, now] } } };
    },
  };
}

/** @param times of the last day, oldest first */
const freeAt = (times: readonly number[], most: number): number | undefined =>
  times.length < most ? undefined : times[times.length - most]! + dayMs;
