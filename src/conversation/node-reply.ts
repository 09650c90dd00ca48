/** The bot's message at a node: its text, the values in it, the place in the walk-through, the buttons. */
import { type FlowName, type Step, steps } from '../flow/define-flow.ts';
import { type AnyNode, type AnyTarget, findNode, listOf } from '../flow/flow-table.ts';
import { isRegional } from '../language/values/countries.ts';
import { fieldsOf } from '../support/fields.ts';
import { dueDate } from '../support/working-days.ts';
import { answerTime, supportHours } from './answer-time.ts';
import { pointsOf, today } from './checks.ts';
import { known } from './known.ts';
import type { Option } from './match-option.ts';
import { acceptKeys } from './option-words.ts';
import type { Choice, Given, Part, Place, Reply, State, Value, World } from './state.ts';

export const formLink =
  'https://businessid.canon-europe.com/b2bcustomers/s/login/SelfRegister?language=en_GB&source=itcg'; // F5, byte for byte

const commands = ['back', 'again', 'startOver', 'language', 'human'] as const;
export const commandChoices: readonly Choice[] = commands.map((name) => ({
  part: { key: `bot:commands.${name}.label` },
  command: true,
}));

export const nodeKey = (place: { flow: string; node: string }) => `flows:${place.flow}.${place.node}`;

export function nodeReply(place: Place, node: AnyNode, state: State, world: World): Reply {
  const text: Part = { key: `${nodeKey(place)}.text`, values: valuesFor(place, state, world) };
  return {
    parts: [...(node.step && inWalkThrough(place, state) ? [position(node.step)] : []), text],
    choices: [...optionsOf(place, state).map((option) => option.choice), ...commandChoices],
    flow: place.flow,
    node: place.node,
    ...(node.end ? { outcome: place.node } : {}),
    ...(node.link ? { link: node.link } : {}),
  };
}

/** The options of an open question, in the order of the table. */
export function optionsOf(place: Place, state: State): Option[] {
  const node = findNode(place.flow, place.node);
  if (node?.pick) return answeredFields(state).map((field) => optionFor(field, `flows:contactSupport.${field}.short`));
  const targets = Object.entries(node?.choose ?? {}).filter(([, target]) => !isEmptyPick(place, target, state));
  const names = targets.map(([name]) => name);
  return names.map((name) => {
    const also = node?.also?.[name];
    const accepts = [...acceptKeys(name, names), ...(also ? [`bot:accept.${also}`] : [])];
    return optionFor(name, `${nodeKey(place)}.options.${name}`, accepts);
  });
}

/** "Change something" leads nowhere while there is nothing to change. */
function isEmptyPick(place: Place, target: AnyTarget, state: State): boolean {
  const picks = typeof target === 'string' && findNode(place.flow, target)?.pick;
  return Boolean(picks) && answeredFields(state).length === 0;
}

/** Levels and payment have their place in the walk-through only for those who came from it. */
const inWalkThrough = (place: Place, state: State) =>
  place.flow === 'register' || state.returns.some(({ flow, detour }) => flow === 'register' && !detour);

export function optionFor(name: string, key: string, accepts = acceptKeys(name)): Option {
  return { name, choice: { part: { key } }, acceptKeys: accepts };
}

export function answeredFields(state: State): string[] {
  return fieldsOf(state.topic ?? 'other').filter((field) => known(state, field) && !known(state, field)?.leftOut);
}

/** Where one is: part 1 or 2, the step's own name, how many are left; never a bare step number (rule G4). */
function position(step: Step): Part {
  const names = Object.keys(steps) as Step[];
  const left = names.length - 1 - names.indexOf(step);
  const part = steps[step];
  return {
    key: 'bot:position',
    values: {
      part,
      step: { part: { key: `bot:steps.${step}` } },
      left: { part: left === 0 ? { key: 'bot:counts.leftNone' } : { key: 'bot:counts.left', count: left } },
    },
  };
}

/** Every value that a text of the flows may hold; a text takes what it names. */
export function valuesFor(place: Place, state: State, world: World): Record<string, Value> {
  const sentOn = place.flow === 'contactSupport' ? undefined : state.answers.register?.sentOn?.value;
  const points = pointsOf(state);
  const missing = points < 500 ? 500 - points : 2501 - points;
  const values: Record<string, Value> = {
    ...factValues(world),
    exampleDate: { date: today(state, world) },
    have: { part: { key: 'bot:counts.have', count: points } },
    missing: { part: { key: 'bot:counts.missing', count: missing } },
    more: { part: { key: 'bot:counts.more', count: missing } },
    limits: limits(world),
    summary: { lines: summaryLines(state) },
    ticket: state.tickets.at(-1) ?? '',
  };
  if (place.flow === 'contactSupport') {
    values.alsoByMail = { sentences: alsoByMail(state, world) };
    values.supportHours = { part: supportHours(state, world) };
    values.answerTime = { sentences: answerTime(state, world) };
  }
  if (typeof sentOn === 'string') {
    values.sentOn = { date: sentOn };
    values.weekday = { weekday: sentOn };
    values.due = { date: dueDate(sentOn, state.country) };
    values.calendar = { part: calendar(state.country) };
  }
  return values;
}

/** What single facts need besides their text. */
export function factValues(world: Pick<World, 'settings'>): Record<string, Value> {
  return { link: formLink, faq: faq(world) };
}

/** An open question once more. */
export function putAgain(place: Place, state: State, world: World): Reply {
  const node = findNode(place.flow, place.node);
  if (!node) throw new Error(`no node ${place.flow}.${place.node}`);
  return nodeReply(place, node, state, world);
}

function calendar(country: string | undefined): Part {
  if (!country) return { key: 'bot:calendar.weekends' };
  const key = isRegional(country) ? 'bot:calendar.regional' : 'bot:calendar.country';
  return { key, values: { country: { country } } };
}

function limits({ settings }: World): Value {
  if (!settings.tierThresholds) return '';
  const { silver, gold, platinum } = settings.tierThresholds;
  const values = { silver: { number: silver }, gold: { number: gold }, platinum: { number: platinum } };
  return { part: { key: 'bot:limits', values } };
}

function faq({ settings }: Pick<World, 'settings'>): Value {
  return settings.faqUrl
    ? { part: { key: 'bot:faqLink', values: { url: settings.faqUrl } } }
    : { part: { key: 'bot:faqUnknown' } };
}

/** What is agreed to with the summary, where agents answer in the chat: the address is taken for what is not seen there. */
function alsoByMail(state: State, { settings }: World): Part[] {
  const given = settings.desk && fieldsOf(state.topic ?? 'other').includes('email') ? known(state, 'email') : undefined;
  if (typeof given?.value !== 'string' || given.leftOut) return [];
  return [{ key: 'bot:handoff.alsoByMail', values: { address: { words: given.value } } }];
}

function summaryLines(state: State): { label: Part; value: Value }[] {
  const topic = state.topic ?? 'other';
  const rows = [
    {
      label: { key: 'flows:contactSupport.topic.short' },
      value: { part: { key: `flows:contactSupport.topic.options.${topic}` } },
    },
  ];
  const fields = fieldsOf(topic).flatMap((field) => {
    const given = known(state, field);
    return given
      ? [{ label: { key: `flows:contactSupport.${field}.short` }, value: givenValue('contactSupport', field, given) }]
      : [];
  });
  return [...rows, ...fields];
}

/** An answer as a value that can be shown in any language. */
export function givenValue(flow: FlowName, node: string, given: Given): Value {
  if (given.leftOut) return { part: { key: 'bot:leftOutValue' } };
  const kind = findNode(flow, node)?.ask;
  const { value, option } = given;
  if (value === undefined) return { part: { key: `flows:${flow}.${node}.options.${option}` } };
  if (typeof value === 'number') return { number: value };
  if (kind === 'pastDate' || kind === 'futureDate') return { date: value };
  if (kind === 'country') return { country: value };
  return { words: value };
}

export const rowsOf = (node: AnyNode) => [...listOf(node.row), ...Object.values(node.rows ?? {}).flatMap(listOf)];
