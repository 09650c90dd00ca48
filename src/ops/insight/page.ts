/** The page `GET /insight`, and the file of the command: everything in one, no script, nothing from elsewhere. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { html, type Markup } from '../../http/html.ts';
import type { Insight, Slice } from './insight.ts';
import { bar } from './pictures.ts';
import { about, type Row, type Section, sections, type Table } from './sections.ts';
import { speaker, type Words } from './words.ts';

const styles = readFileSync(join(import.meta.dirname, 'page.css'), 'utf8');
const sheet = createHash('sha256').update(styles).digest('base64');
/** Also stands in the page itself, for when it is opened as a file. */
export const policy = `default-src 'none'; style-src 'sha256-${sheet}'; base-uri 'none'; form-action 'none'`;

/** @param links to the pages of each language and week; a file has none */
export function insightPage(insight: Insight, slice: Slice, words: Words, { links }: { links: boolean }): string {
  const { say, number } = speaker(words);
  const title = say('title');
  const key = html`<p class="key"><span class="went">${say('stops.wentOn')}</span> <span class="stopped">${say('stops.stopped')}</span></p>\n`;
  return html`<!doctype html>
<html lang="${words.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<style>${{ markup: styles }}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${about(insight, slice, words).map((text) => html`<p>${text}</p>\n`)}${links ? choices(insight, slice, words) : undefined}${sections(
  insight,
  words,
).map((section, at) => sectionMarkup(section, at, number, at === 0 && !insight.tooFew ? key : undefined))}</main>
</body>
</html>
`.markup;
}

function choices({ languages, weeks }: Insight, slice: Slice, words: Words): Markup {
  const { say, languageName } = speaker(words);
  function link(name: keyof Slice, value: string | undefined, label: string): Markup {
    const query = new URLSearchParams({ lang: words.language });
    for (const [key, one] of Object.entries({ ...slice, [name]: value })) if (one) query.set(key, one);
    const current = slice[name] === value ? html` aria-current="true"` : undefined;
    return html`<li><a href="?${query.toString()}"${current}>${label}</a></li>`;
  }
  const list = (name: keyof Slice, options: readonly { value: string; label: string }[]) =>
    html`<nav aria-label="${say(`choose.${name}`)}"><h2>${say(`choose.${name}`)}</h2><ul>${[
      link(name, undefined, say('choose.all')),
      ...options.map(({ value, label }) => link(name, value, label)),
    ]}</ul></nav>\n`;
  return html`${list(
    'language',
    languages.filter(({ name }) => name !== 'other').map(({ name }) => ({ value: name, label: languageName(name) })),
  )}${list(
    'week',
    weeks.slice(-12).map(({ name }) => ({ value: name, label: name })),
  )}`;
}

type Show = (value: number) => string;

function sectionMarkup(
  { heading, about: text, none, picture, tables }: Section,
  at: number,
  show: Show,
  key?: Markup,
): Markup {
  return html`<section aria-labelledby="part-${at}">
<h2 id="part-${at}">${heading}</h2>
<p>${text}</p>
${key}${picture}${tables.map((table) => tableMarkup(table, show))}${none === undefined ? undefined : html`<p>${none}</p>\n`}</section>
`;
}

function tableMarkup({ caption, columns, rows, isMatrix, notes = [] }: Table, show: Show): Markup {
  const numbers = rows.flatMap(({ cells }) => cells.filter((cell) => typeof cell === 'number'));
  const most = Math.max(1, ...numbers);
  const shade = (cell: Row['cells'][number]) =>
    isMatrix && typeof cell === 'number' && cell > 0 ? html` class="shade${Math.ceil((4 * cell) / most)}"` : undefined;
  const line = (row: Row) => {
    const cells = row.cells.map(
      (cell) => html`<td${shade(cell)}>${typeof cell === 'number' ? show(cell) : (cell ?? '–')}</td>`,
    );
    return html`<tr><th scope="row">${row.head}${row.bar && bar(row.bar)}</th>${cells}</tr>\n`;
  };
  const bodies = [...Map.groupBy(rows, ({ group }) => group)].map(([group, some]) => {
    const head = html`<tr><th class="group" colspan="${columns.length}" scope="rowgroup">${group}</th></tr>\n`;
    return html`<tbody>\n${group === undefined ? undefined : head}${some.map(line)}</tbody>\n`;
  });
  const heads = columns.map(
    (column, at) => html`<th scope="col"${at > 0 ? html` class="head"` : undefined}><span>${column}</span></th>`,
  );
  return html`<table${isMatrix ? html` class="matrix"` : undefined}>
<caption>${caption}${notes.map((note) => html`<span class="note">${note}</span>`)}</caption>
<thead><tr>${heads}</tr></thead>
${bodies}</table>
`;
}
