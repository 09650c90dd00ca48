/** Cards for somebody: in their language, with the members of the team to choose from. */
import type { Activity } from 'botbuilder';
import { type DeskSettings, timesOf } from '../../bot/carry-out.ts';
import type { Settings } from '../../conversation/state.ts';
import type { Texts } from '../../language/texts.ts';
import type { Post } from '../../support/post.ts';
import type { Person, Ticket } from '../../support/ticket.ts';
import { type Card, execute } from './cards/parts.ts';
import { postCard } from './cards/post-card.ts';
import { createSay, type Say } from './cards/say.ts';
import { ticketCard } from './cards/ticket-card.ts';
import type { Place } from './place.ts';
import { hasLeft, type Roster } from './roster.ts';
import type { Seal } from './seal.ts';

export interface Views {
  texts: Texts;
  say(language: string): Say;
  /** The card in the channel, in the owner's language once there is an owner. */
  shared(ticket: Ticket, place: Pick<Place, 'serviceUrl' | 'team'>): Promise<Card>;
  /** @param notice said on top, such as why something was refused */
  personal(ticket: Ticket, viewer: Viewer, notice?: string): Promise<Card>;
  /** In the request's thread. */
  post(post: Post, ticket: Ticket): Card;
  /** Where the request's card is not known to stand: leads to it, and brings the one that was `lost`. */
  lonePost(post: Post, ticket: Ticket, lost?: string): Card;
}

/** Whoever looks at a card, and where the roster of their team is to be had. */
export interface Viewer {
  person: Pick<Person, 'id' | 'language'>;
  activity: Pick<Activity, 'serviceUrl'>;
  team: string;
}

export interface ViewOptions {
  texts: Texts;
  seal: Seal;
  roster: Roster;
  settings: Settings & DeskSettings;
  timeZone: string;
  now(): number;
}

export function createViews({ texts, seal, roster, settings, timeZone, now }: ViewOptions): Views {
  const { supportLanguage } = settings;
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
  const { unclaimedAfter: awayAfter } = timesOf(settings);
  return {
    ...{ texts, say },
    async shared(ticket, place) {
      const language = ticket.owner?.language ?? supportLanguage;
      const circumstances = { now: now(), awayAfter };
      return ticketCard(ticket, { say: say(language), seal, settings, circumstances, members: await members(place) });
    },
    async personal(ticket, { person, activity: { serviceUrl }, team }, notice) {
      const choice = await members({ serviceUrl, team });
      const ownerLeft = await hasLeft(ticket.owner?.id, { serviceUrl, team }, roster);
      const circumstances = { now: now(), awayAfter, ownerLeft };
      const view = { say: say(person.language), seal, settings, circumstances, members: choice };
      return ticketCard(ticket, { ...view, viewer: person.id, notice });
    },
    post: (post, ticket) => postCard(post, ticket.request.id, say(supportLanguage)),
    lonePost(post, { request, revision }, lost) {
      const words = say(supportLanguage);
      const press = (verb: string) => ({ verb, ticket: request.id, revision });
      return postCard(post, request.id, words, [
        execute(words('actions.open'), press('open'), seal),
        ...(lost ? [execute(words('actions.resend'), press(`resend ${lost}`), seal)] : []),
      ]);
    },
  };
}
