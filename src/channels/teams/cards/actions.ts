/** The buttons of a request: what `allowed` gives whoever looks at it. */
import { readyPart } from '../../../conversation/handoff/from-desk.ts';
import { allowed } from '../../../support/allowed.ts';
import type { Verb } from '../../../support/desk.ts';
import type { Ticket } from '../../../support/ticket.ts';
import { handleOf } from '../offered.ts';
import type { Press } from '../seal.ts';
import { causes, fields, places, readyAnswers, verdictChoices } from './choices.ts';
import { type Choices, choice, type Element, execute, form, input, line, run, unfolding } from './parts.ts';
import type { CardView } from './ticket-card.ts';

const small = { mode: 'secondary' };
const green = { style: 'positive' };

export const pressOn = ({ request: { id }, revision }: Ticket, verb: string, viewer: string | undefined): Press => ({
  ...{ verb, ticket: id, revision },
  ...(viewer === undefined ? { shared: true } : {}),
});

/**
 * @param agent for whom; a ticket's owner, on the card that everybody sees
 * @param withTexts what each ready answer will say
 */
export function actions(ticket: Ticket, agent: string, view: CardView, withTexts: boolean): Element[] {
  const { say, seal, members, viewer, settings, circumstances } = view;
  const title = (verb: string) => say(`actions.${verb}`);
  const press = (verb: Verb | 'history', as = verb as string, more = {}) =>
    execute(title(as), pressOn(ticket, verb, viewer), seal, more);
  const unfold = (verb: Verb, inputs: Element[], as: string, more = {}) =>
    form(title(verb), inputs, press(verb, as, { associatedInputs: 'auto' }), more);
  const words = (label: string) => [input('text', say(`inputs.${label}`), say('refused.empty'))];
  const pick = (id: string, label: string, choices: Choices) =>
    choice(id, say(`inputs.${label}`), choices, say('refused.choose'));
  const colleagues = members
    .filter(({ id }) => id !== ticket.owner?.id)
    .map((one) => ({ title: one.name, value: handleOf(one) }));
  const build: Record<Verb, () => Element | undefined> = {
    claim: () => press('claim', 'claim', green),
    takeOver: () => press('takeOver', 'takeOver', green),
    reopen: () => press('reopen'),
    answer: () => unfold('answer', words('answer'), 'send'),
    ready: () => {
      const answers = readyAnswers(say);
      const said = ({ title: name, value }: (typeof answers)[number]) =>
        line(run(`${name} `, { bold: true }), run(say.part(readyPart(value, { settings }))));
      const texts = withTexts ? unfolding(title('readyTexts'), 'readyTexts', answers.map(said)) : [];
      return unfold('ready', [pick('ready', 'ready', answers), ...texts], 'send');
    },
    close: () => {
      const [cause, verdict] = [
        pick('cause', 'cause', causes(say, ticket)),
        pick('verdict', 'verdict', verdictChoices(say)),
      ];
      return unfold('close', [cause, verdict], 'close');
    },
    note: () => unfold('note', words('note'), 'save', small),
    ask: () => unfold('ask', [pick('field', 'ask', fields(say, ticket))], 'send', small),
    guide: () => unfold('guide', [pick('place', 'guide', places(say))], 'send', small),
    handOver: () =>
      colleagues.length ? unfold('handOver', [pick('to', 'handOver', colleagues)], 'handOver', small) : undefined,
    release: () => press('release', 'release', small),
    // Stands beside what may be lost.
    resend: () => undefined,
  };
  const offered = allowed(ticket, agent, circumstances).map((verb) => build[verb]());
  return [...offered, press('history', 'history', small)].filter((one) => one !== undefined);
}
