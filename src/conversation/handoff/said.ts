/** The bot's own messages about a request at the desk, and the words that lead back to the bot. */
import { fold, foldAnswer } from '../../language/fold.ts';
import { choicesOf } from '../asides.ts';
import { putAgain } from '../node-reply.ts';
import type { Choice, Outcome, Part, Reply, State, World } from '../state.ts';

const leaveKey = 'bot:handoff.commands.leave';
export const leaveChoice: Choice = { part: { key: `${leaveKey}.label` }, command: true };

const reopenKey = 'bot:handoff.commands.reopen';
export const reopenChoice = (ticket: string): Choice => ({
  part: { key: `${reopenKey}.label`, values: { ticket } },
});

/** Says what the bot has to say about the request; nothing of it leads out of the talk with the agent but the one button. */
export const message = (parts: Part[], node: string, ticket: string): Reply => ({
  parts,
  choices: [leaveChoice],
  flow: null,
  node: `handoff.${node}`,
  ticket,
});

/** The same, with the buttons that the talk has then: the way back to the bot, or those of the open question. */
export function say(state: State, parts: Part[], node: string, ticket: string, world: World): Outcome {
  const { aside, at, handoff } = state;
  const open = aside ? choicesOf(aside, state, world) : at ? putAgain(at, state, world).choices : [];
  const choices = handoff?.mode === 'talking' ? [leaveChoice] : open;
  return { state, replies: [{ ...message(parts, node, ticket), choices }], effects: [] };
}

export const inTicket = (outcome: Outcome, ticket: string): Outcome => ({
  ...outcome,
  replies: outcome.replies.map((reply) => ({ ...reply, ticket })),
});

export const isLeave = (text: string, state: State, world: World) => isSaid(text, leaveKey, state, world);

/** With the number, or as it stands on the button beside the rating. */
export function isReopen(text: string, ticket: string, state: State, world: World): boolean {
  const said = foldAnswer(text);
  const { words } = world;
  const isRatings = (tongue: string) =>
    words.folded(tongue, 'bot:rating.options.reopen') === said ||
    words.accept(tongue, 'bot:rating.accept.reopen').includes(said);
  return (
    isSaid(text.toUpperCase().replace(ticket, '{{ticket}}'), reopenKey, state, world) || words.languages.some(isRatings)
  );
}

/** The whole message is a command of that key, in any language. */
export function isSaid(text: string, key: string, { language }: State, { words }: World): boolean {
  const said = fold(text);
  const all = [language, ...words.languages];
  return all.some(
    (tongue) =>
      fold(words.label(tongue, `${key}.label`)) === said || words.accept(tongue, `${key}.accept`).includes(said),
  );
}
