/** What a customer is told about their data before anything that they type is kept, and their agreement to it. */
import notice from '../../locales/notice.json' with { type: 'json' };
import type { Event, Outcome, Part, Reply, Seen, Settings, State, World } from './state.ts';

/** RETENTION_DAYS, unless it is set. */
const defaultDays = 90;

export const daysKept = ({ retentionDays = defaultDays }: Settings): Part => ({
  key: 'bot:notice.days',
  count: retentionDays,
});

/** Who answers for the data and where more is written, as far as it is configured. */
export const whoAnswers = ({ dataController, privacyUrl }: Settings) => ({
  controller: dataController
    ? { part: { key: 'bot:notice.controller', values: { name: { words: dataController } } } }
    : '',
  link: privacyUrl ? { part: { key: 'bot:notice.link', values: { url: privacyUrl } } } : '',
});

export function noticeParts({ settings }: World): Part[] {
  const question = { part: { key: 'bot:data.commands.kept.label' } };
  const values = { days: { part: daysKept(settings) }, question, ...whoAnswers(settings) };
  return [
    { key: 'bot:notice.text', values },
    { key: 'bot:notice.more', values },
  ];
}

/** What was said: the wording (raise `version` in locales/notice.json when it changes), and what the settings put into it. */
const today = ({ now, settings }: World): Seen => ({
  version: notice.version,
  terms: `${settings.retentionDays ?? defaultDays} ${settings.dataController ?? ''}`.trim(),
  at: now,
});

const isToday = (seen: Seen | undefined, world: World) => {
  const { version, terms } = today(world);
  return seen?.version === version && seen.terms === terms;
};

export const noticed = (state: State, world: World): State => ({ ...state, notice: today(world) });

/**
 * Says the notice with the next answer, once, to whoever has not seen today's wording; who types on after it agrees to it. A
 * channel that does not tell when somebody joins brings the first message and the notice in one turn: that message is kept too.
 */
export function withNotice(before: State, event: Event, outcome: Outcome, world: World): Outcome {
  const { state, replies } = outcome;
  const isTyped = event.type === 'message';
  if (isToday(state.notice ?? state.consent, world)) {
    if (!isTyped || !isToday(before.notice, world)) return outcome;
    const { notice: _, ...rest } = state;
    return { ...outcome, state: { ...rest, consent: today(world) } };
  }
  if (!isTyped && replies.length === 0) return outcome;
  return { ...outcome, state: noticed(state, world), replies: said(noticeParts(world), replies) };
}

/** Ahead of what else is said; by itself where nothing is, as in a talk with an agent. */
function said(parts: Part[], replies: Reply[]): Reply[] {
  const [first, ...others] = replies;
  if (!first || first.typed !== undefined) return [{ parts, choices: [], flow: null, node: 'notice' }, ...replies];
  return [{ ...first, parts: [...parts, ...first.parts] }, ...others];
}
