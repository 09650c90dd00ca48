/** A world for tests that need the core alone: the real texts, a clock that stands, nothing understood beyond buttons. */
import type { Understood, World } from '../../src/conversation/state.ts';
import { loadTexts } from '../../src/language/texts.ts';

export const texts = loadTexts();

/** Friday, 20 November 2026, noon in Tallinn. */
export const friday = Date.UTC(2026, 10, 20, 10);

const nothing: Understood = { intent: 'none', decision: 'none', ranking: [], language: 'en', languageSure: false };

export function testWorld(changes: Partial<World> = {}): World {
  let tickets = 0;
  return {
    now: friday,
    words: texts,
    understand: () => nothing,
    newTicketId: () => `TEST-${String(++tickets).padStart(2, '0')}`,
    settings: { reachable: true },
    ...changes,
  };
}
