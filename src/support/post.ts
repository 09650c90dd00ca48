/** Something that is said once in a ticket's thread, in the team's language. */
import type { Person } from './ticket.ts';

export interface Post {
  /** `desk:thread.<key>` */
  key: string;
  values?: Record<string, string>;
  /** Somebody's own words below it, shown literally. */
  words?: string;
  /** Who is to be alerted: a changed card alerts nobody. */
  mention?: Person;
}
