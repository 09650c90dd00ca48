/** The drawing of a flow: Markdown with a Mermaid chart, the same for the same tables. */
import type { FlowName, ValueKind } from '../../src/flow/define-flow.ts';
import { type AnyNode, flowTable, type JumpTarget, listOf } from '../../src/flow/flow-table.ts';
import type { Texts } from '../../src/language/texts.ts';
import { checkWords } from './check-words.ts';
import { type Edge, edgesOf } from './flow-graph.ts';

const valueWords: Record<ValueKind, string> = {
  points: 'a number of points',
  pastDate: 'a day',
  futureDate: 'a day',
  country: 'a country',
  email: 'an e-mail address',
  text: 'words',
  number: 'a number',
};

export const drawingName = (flow: FlowName) => `${flow.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}.md`;

export function drawFlow(flow: FlowName, texts: Texts): string {
  const say = (key: string) => texts.label('en', key);
  const { nodes, checks, start } = flowTable[flow];
  const boxes = [
    ...Object.entries(nodes).map(
      ([name, node]) => `  ${id(name)}${nodeBox(say(`flows:${flow}.${name}.short`), node, say)}`,
    ),
    ...Object.entries(checks).map(([name, check]) => `  ${id(name)}{${quote(checkWords[check.by].question)}}`),
  ];
  const edges = edgesOf(flow);
  const jumps = [
    ...new Map(edges.flatMap(({ to }) => (typeof to === 'string' ? [] : [[jumpId(to), to] as const]))).entries(),
  ];
  const lines = [
    `# ${say(`bot:flows.${flow}`)}`,
    '',
    `Drawn by \`npm run flows\` from \`dialogs/${drawingName(flow).replace('.md', '.flow.ts')}\`; a test fails when it is out of date.`,
    '',
    legend,
    '',
    '```mermaid',
    `flowchart ${widest(edges) > manyWays ? 'LR' : 'TD'}`,
    `  begin((start)) --> ${id(start)}`,
    ...boxes,
    ...jumps.map(([name, jump]) => `  ${name}[[${quote(jumpWords(jump, say))}]]`),
    ...arrows(flow, edges, say),
    ...jumps.flatMap(([name, { back }]) => (back ? [`  ${name} -.->|"afterwards"| ${id(back)}`] : [])),
    '  classDef question fill:#e8f0fe,stroke:#1a56a8,color:#000',
    '  classDef end_ fill:#e6f4ea,stroke:#1e7b34,color:#000',
    '  classDef other fill:#fff4e5,stroke:#9a5b00,color:#000',
    ...classLine(
      'question',
      Object.keys(nodes)
        .filter((name) => isQuestion(nodes[name]!))
        .map(id),
    ),
    ...classLine(
      'end_',
      Object.keys(nodes)
        .filter((name) => nodes[name]?.end)
        .map(id),
    ),
    ...classLine(
      'other',
      jumps.map(([name]) => name),
    ),
    '```',
    '',
  ];
  return lines.join('\n');
}

const legend = [
  'How to read it: a rounded blue box is a question, a plain box something the bot says before it goes on, a diamond something',
  'the bot finds out by itself. The arrows bear the buttons; an arrow in *italics* is an answer that is typed. A green box is an end,',
  'an orange one another conversation, to which the customer is taken; a dotted arrow shows where they come back. F-numbers are facts of the guide (`docs/domain/facts.json`),',
  'the others rows of the decision tables (`docs/domain/decisions.json`).',
].join('\n');

/** From here on a drawing from left to right is the narrower one, and answers that all lead to one place need no list. */
const manyWays = 8;
const fewAnswers = 1;

const widest = (edges: readonly Edge[]) =>
  Math.max(...edges.map(({ from }) => new Set(edges.filter((edge) => edge.from === from).map(({ to }) => to)).size));

const isQuestion = (node: AnyNode) => Boolean(node.choose || node.ask || node.pick);
const id = (name: string) => `n_${name}`;
const quote = (words: string) => `"${words.replaceAll('"', '#quot;')}"`;
const small = (words: readonly string[]) => (words.length ? `<br/><small>${words.join(' · ')}</small>` : '');

function nodeBox(short: string, node: AnyNode, say: (key: string) => string): string {
  const offers = (node.end ?? []).map((flow) => say(`bot:flows.${flow}`));
  const notes = [...listOf(node.row), ...(node.says ?? []), ...(node.effect ? ['opens a request'] : [])];
  const words = quote(
    `${short}${small(notes)}${offers.length ? `<br/><small>offers: ${offers.join(', ')}</small>` : ''}`,
  );
  if (node.end) return `([${words}])`;
  return isQuestion(node) ? `(${words})` : `[${words}]`;
}

/** Several answers that lead to the same place share an arrow. */
function arrows(flow: FlowName, edges: readonly Edge[], say: (key: string) => string): string[] {
  const shared = new Map<string, { from: string; to: string; labels: string[] }>();
  for (const edge of edges) {
    const to = typeof edge.to === 'string' ? id(edge.to) : jumpId(edge.to);
    const key = `${edge.from} ${to}`;
    const arrow = shared.get(key) ?? { from: id(edge.from), to, labels: [] };
    const label = edgeWords(flow, edge, say);
    shared.set(key, { ...arrow, labels: label ? [...arrow.labels, label] : arrow.labels });
  }
  const ways = [...shared.values()];
  const listed = ({ from, labels }: (typeof ways)[number]) =>
    labels.length > fewAnswers && ways.filter((way) => way.from === from).length === 1 ? ['any answer'] : labels;
  return ways
    .map((way) => ({ ...way, labels: listed(way) }))
    .map(({ from, to, labels }) =>
      labels.length ? `  ${from} -->|${quote(labels.join('<br/>'))}| ${to}` : `  ${from} --> ${to}`,
    );
}

function edgeWords(flow: FlowName, { from, by, kind, rows }: Edge, say: (key: string) => string): string {
  const marks = rows.length ? ` <small>${rows.join(' · ')}</small>` : '';
  const { nodes, checks } = flowTable[flow];
  if (kind === 'option') return `${say(`flows:${flow}.${from}.options.${by}`)}${marks}`;
  if (kind === 'value') return `<i>${valueWords[nodes[from]?.ask ?? 'text']}</i>`;
  if (kind === 'pick') return `<i>one of the answers</i>`;
  if (kind === 'next') return '';
  const check = checks[from];
  const known = check && checkWords[check.by].answers[by];
  return `${known ?? ''}${marks}`.trim();
}

const jumpId = ({ flow, at, back, topic }: JumpTarget) =>
  ['j', flow, at, back && `back_${back}`, topic].filter(Boolean).join('_');

function jumpWords({ flow, at, topic }: JumpTarget, say: (key: string) => string): string {
  const check = at && flowTable[flow].checks[at];
  const place = at && (check ? checkWords[check.by].question : say(`flows:${flow}.${at}.short`));
  const about = topic ? `<br/><small>about: ${say(`flows:contactSupport.topic.options.${topic}`)}</small>` : '';
  return `${[say(`bot:flows.${flow}`), place].filter(Boolean).join(': ')}${about}`;
}

const classLine = (name: string, members: readonly string[]) =>
  members.length ? [`  class ${members.join(',')} ${name}`] : [];
