/** A language as conversations, for its translator: every text at the place where a customer meets it. */
import { givenValue } from '../../src/conversation/node-reply.ts';
import type { Given, Place, Reply } from '../../src/conversation/state.ts';
import type { AnswerName, FlowName } from '../../src/flow/define-flow.ts';
import { answerTable, findNode, flowNames, listOf } from '../../src/flow/flow-table.ts';
import { render, renderValue } from '../../src/language/render.ts';
import type { Texts } from '../../src/language/texts.ts';
import { type Talk, talksOf } from './conversation-routes.ts';
import { textsOf } from './locale-files.ts';
import { sayings } from './said.ts';

/** Numbers for which the plural forms of the ten languages differ. */
const samples = [0, 1, 2, 5, 11, 21, 499, 500, 501, 2000, 2500];

export function conversationBook(language: string, texts: Texts): string {
  const book: Book = { language, texts, printed: new Set() };
  return [
    `# ${texts.label(language, 'bot:language.name')} (${language})`,
    [
      'Every text of the conversations, where a customer meets it. The names in `code` are the keys of `flows.json`; F-numbers are',
      'facts (`docs/domain/facts.json`), the others rows of the decision tables (`docs/domain/decisions.json`). Not to be edited:',
      `change \`locales/${language}/\` and run \`npm run conversations -- ${language}\` again.`,
    ].join('\n'),
    ...flowNames.flatMap((flow) => flowChapter(flow, book)),
    ...answersChapter(book),
    ...botChapter(book),
  ].join('\n\n');
}

interface Book {
  language: string;
  texts: Texts;
  /** Messages that stand there already; a second time only their name is given. */
  printed: Set<string>;
}

function flowChapter(flow: FlowName, book: Book): string[] {
  const title = `## ${book.texts.label(book.language, `bot:flows.${flow}`)} \`${flow}\``;
  return [title, ...talksOf(flow).flatMap((talk, i) => talkSection(flow, talk, i + 1, book))];
}

function talkSection(flow: FlowName, { from, entry, steps, stops }: Talk, number: number, book: Book): string[] {
  const begins = from ? `from the question \`${flow}.${from.node}\`` : `entered at \`${flow}.${entry}\``;
  let asked: Place | null = from;
  const lines = steps.flatMap(({ given, replies, rows }) => {
    const answered = given && asked ? [customer(asked, given, rows, book)] : [];
    const last = replies.at(-1);
    asked = last?.flow && last.flow !== 'answers' ? { flow: last.flow, node: last.node } : null;
    return [...answered, ...replies.flatMap((reply) => bot(reply, book))];
  });
  return [`### ${flow} ${number}: ${begins}`, ...lines, `*Then: ${stops}.*`];
}

function customer(asked: Place, given: Given, rows: readonly string[], { language, texts }: Book): string {
  const option = given.option ?? (given.leftOut ? 'skip' : undefined);
  const label =
    option === undefined
      ? renderValue(givenValue(asked.flow, asked.node, given), language, texts, 'plain')
      : texts.label(language, optionKey(asked, option));
  return `**→ ${label}** \`${option ?? 'typed'}\`${marks(rows)}`;
}

function optionKey({ flow, node }: Place, option: string): string {
  return findNode(flow, node)?.pick
    ? `flows:contactSupport.${option}.short`
    : `flows:${flow}.${node}.options.${option}`;
}

function bot(reply: Reply, { language, texts, printed }: Book): string[] {
  const node = reply.flow && reply.flow !== 'answers' ? findNode(reply.flow, reply.node) : undefined;
  const short = texts.label(language, `flows:${reply.flow}.${reply.node}.short`);
  const head = `\`${reply.flow}.${reply.node}\` “${short}”${marks([...(node?.says ?? []), ...listOf(node?.row)])}${node?.inferred ? ' · our own conclusion' : ''}`;
  const words = reply.parts.map((part) => render(part, language, texts)).filter(Boolean);
  const buttons = reply.choices
    .filter(({ command }) => !command)
    .map(({ part }) => `[${render(part, language, texts, 'plain')}]`);
  const message = [quote(words.join('\n\n')), ...(buttons.length ? [buttons.join(' ')] : [])];
  const key = [reply.flow, reply.node, ...message].join('\n');
  if (printed.has(key)) return [`${head} (as above)`];
  printed.add(key);
  return [head, ...message];
}

function answersChapter({ language, texts }: Book): string[] {
  const said = sayings();
  const names = Object.keys(answerTable) as AnswerName[];
  const answers = names.flatMap((name) => {
    const { says = [], row, inferred } = answerTable[name];
    const words = (said.get(`answers.${name}`) ?? []).map(({ text }) => render(text, language, texts));
    const short = texts.label(language, `flows:answers.${name}.short`);
    return [
      `\`answers.${name}\` “${short}”${marks([...says, ...listOf(row)])}${inferred ? ' · our own conclusion' : ''}`,
      ...words.map(quote),
    ];
  });
  return [`## ${texts.label(language, 'bot:flows.answers')} \`answers\``, ...answers];
}

/** Greeting, menu, commands, misunderstandings, errors: by their keys, since they may come up anywhere. */
function botChapter({ language, texts }: Book): string[] {
  const files = { bot: texts.file(language, 'bot') };
  const counted = new Set<string>();
  const rows = textsOf({ language, files }).flatMap(({ key, text }) => {
    const stem = /^(counts\.\w+)_\w+$/.exec(key)?.[1];
    if (!stem) return [`| \`${key}\` | ${cell(text)} |`];
    if (counted.has(stem)) return [];
    counted.add(stem);
    const forms = samples.map((count) => render({ key: `bot:${stem}`, count }, language, texts));
    return [`| \`${stem}\` | ${cell(forms.join(' / '))} |`];
  });
  return ['## Greeting, commands, errors `bot.json`', ['| Key | Text |', '|---|---|', ...rows].join('\n'), ''];
}

const marks = (names: readonly string[]) => (names.length ? ` · ${names.join(' ')}` : '');
const quote = (text: string) =>
  text
    .split('\n')
    .map((line) => `> ${line}`.trim())
    .join('\n');
const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', '<br>');
