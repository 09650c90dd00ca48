/** What is wrong with an Adaptive Card, by the library that draws them. */
import { AdaptiveCard, SerializationContext, Versions } from 'adaptivecards';
import { type CardNode, wordsOf } from './teams.ts';

export function problemsOf(card: CardNode): string[] {
  const context = new SerializationContext(Versions.v1_5);
  // Its pattern for `lang` keeps its place between calls, so it takes every second sound tag for a bad one.
  const { lang, ...rest } = card;
  new AdaptiveCard().parse(rest, context);
  const said = Array.from({ length: context.eventCount }, (_, i) => context.getEventAt(i).message);
  const actions: CardNode[] = [];
  const ids: string[] = [];
  JSON.stringify(card, (_, value: unknown) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    const node = value as CardNode;
    if (node.type === 'Action.Execute' && node.verb !== 'refresh') actions.push(node);
    return value;
  });
  for (const form of [card, ...formsIn(card)]) {
    const own = inputsIn(form);
    if (new Set(own).size < own.length) ids.push(`two inputs of one form have one id: ${own}`);
  }
  const words = wordsOf(card);
  return [
    ...said,
    ...ids,
    ...(lang ? [] : ['no language']),
    ...(JSON.stringify(card).length > 40_000 ? ['longer than Teams takes (80 KB of two bytes a sign)'] : []),
    ...(/\{\{(?!evil)|\b(card|actions|inputs|causes|verdicts|ready|lists|commands|refused|thread|log)\.\w+/.test(words)
      ? [`a key or a placeholder stands for a text: ${words}`]
      : []),
    ...actions.flatMap(({ verb, title, data, fallback }) => {
      const { type, data: same } = (fallback ?? {}) as CardNode;
      const isSame = type === 'Action.Submit' && JSON.stringify(same) === JSON.stringify(data);
      return [
        ...(isSame ? [] : [`${verb}: no fallback for clients without Action.Execute`]),
        ...(title ? [] : [`${verb}: no title`]),
      ];
    }),
  ];
}

function formsIn(node: unknown): CardNode[] {
  if (Array.isArray(node)) return node.flatMap(formsIn);
  if (typeof node !== 'object' || node === null) return [];
  const { type, card } = node as CardNode;
  return [...(type === 'Action.ShowCard' ? [card as CardNode] : []), ...Object.values(node).flatMap(formsIn)];
}
/** Those of a form itself, not of the forms that unfold in it. */
function inputsIn(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(inputsIn);
  if (typeof node !== 'object' || node === null) return [];
  const { type, id, card: _, ...rest } = node as CardNode;
  return [...(type?.startsWith('Input.') ? [String(id)] : []), ...Object.values(rest).flatMap(inputsIn)];
}
