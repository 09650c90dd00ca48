/** Cards for somebody: in their language, with the members of the team to choose from. */
import type { Texts } from '../../language/texts.ts';
import type { Post } from '../../support/post.ts';
import type { Ticket } from '../../support/ticket.ts';
import { postCard } from './cards/list-cards.ts';
import type { Card } from './cards/parts.ts';
import { createSay, type Say } from './cards/say.ts';
import { ticketCard } from './cards/ticket-card.ts';
import type { Place } from './place.ts';
import type { Roster } from './roster.ts';
import type { Seal } from './seal.ts';

export interface Views {
  texts: Texts;
  say(language: string): Say;
  /** The card in the channel, in the owner's language once there is an owner. */
  shared(ticket: Ticket, place: Pick<Place, 'serviceUrl' | 'team'>): Promise<Card>;
  personal(
    ticket: Ticket,
    viewer: string,
    language: string,
    place: Pick<Place, 'serviceUrl' | 'team'>,
    notice?: string,
  ): Promise<Card>;
  post(post: Post, ticket: Ticket): Card;
}

export interface ViewOptions {
  texts: Texts;
  seal: Seal;
  roster: Roster;
  supportLanguage: string;
  timeZone: string;
}

export function createViews({ texts, seal, roster, supportLanguage, timeZone }: ViewOptions): Views {
  const made = new Map<string, Say>();
  const say = (language: string) => {
    const offered = texts.languages.includes(language) ? language : supportLanguage;
    const known = made.get(offered) ?? createSay(offered, texts, timeZone);
    made.set(offered, known);
    return known;
  };
  // A roster that cannot be had only leaves out who could be chosen.
  const members = ({ serviceUrl, team }: Pick<Place, 'serviceUrl' | 'team'>) =>
    roster.members(serviceUrl, team).catch(() => []);
  return {
    ...{ texts, say },
    async shared(ticket, place) {
      const language = ticket.owner?.language ?? supportLanguage;
      return ticketCard(ticket, { say: say(language), seal, members: await members(place) });
    },
    async personal(ticket, viewer, language, place, notice) {
      return ticketCard(ticket, { say: say(language), seal, viewer, members: await members(place), notice });
    },
    post: (post, ticket) => postCard(post, ticket.request.id, say(supportLanguage)),
  };
}
