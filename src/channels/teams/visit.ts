/** Somebody of the team at the desk, with what they pressed or wrote. */
import type { Activity } from 'botbuilder';
import type { Admitted } from './access.ts';
import type { Card } from './cards/parts.ts';
import { messageCard } from './cards/post-card.ts';
import { refusal, type Say } from './cards/say.ts';

export interface Visit extends Admitted {
  activity: Activity;
  say: Say;
  /** Of this press or message: Teams delivers again under the same id. */
  id: string;
}

/** @param why a text `desk:refused.<why>` */
export const notice = ({ say }: Visit, why: string): Card => messageCard(refusal(say, { why }), say);
