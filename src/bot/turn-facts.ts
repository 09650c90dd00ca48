/** What a turn tells those who count: names only, never what was typed. */
import type { Effect, Reply, State, Understood } from '../conversation/state.ts';

export interface TurnFacts {
  /** Of the last reply; `none` when the turn had no reply, `bot` for the bot's own questions. */
  flow: string;
  node: string;
  outcome: string | undefined;
  language: string;
  intent: string | undefined;
  /** How the message was understood; undefined when it was a button, a command or a value. */
  decision: Understood['decision'] | undefined;
  /** Requests to the support team that were opened. */
  requests: number;
  /** From the turn's own begin, without waiting for the turns before it, until its commit was durable. */
  ms: number;
}

export function turnFacts(turn: {
  state: State;
  replies: readonly Reply[];
  effects: readonly Effect[];
  understood: Understood | undefined;
  ms: number;
}): TurnFacts {
  const last = turn.replies.at(-1);
  return {
    flow: last ? (last.flow ?? 'bot') : 'none',
    node: last?.node ?? 'none',
    outcome: last?.outcome,
    language: turn.state.language,
    intent: turn.replies.find(({ intent }) => intent)?.intent,
    decision: turn.understood?.decision,
    requests: turn.effects.filter(({ type }) => type === 'openTicket').length,
    ms: turn.ms,
  };
}
