/** A mail's body, written twice from one source: as plain text, and as HTML in which nothing is loaded and every word is literal. */

export type Block =
  | { heading: string }
  | { text: string }
  | { facts: readonly { label: string; value: string }[] }
  | { list: readonly string[] }
  /** Who said what, in the language of the talk (BCP 47). */
  | { talk: readonly { who: string; words: string }[]; language: string };

export function plainBody(blocks: readonly Block[]): string {
  return `${blocks.map(plain).filter(Boolean).join('\n\n')}\n`;
}

function plain(block: Block): string {
  if ('heading' in block) return `${block.heading}\n${'-'.repeat(block.heading.length)}`;
  if ('text' in block) return block.text;
  if ('facts' in block) return block.facts.map(({ label, value }) => `${label}: ${indented(value)}`).join('\n');
  if ('list' in block) return block.list.map((item) => `- ${indented(item)}`).join('\n');
  return block.talk.map(({ who, words }) => `${who}: ${indented(words)}`).join('\n\n');
}

/** Further lines of somebody's words do not begin where a line of ours does, so nobody can be made to have said them. */
const indented = (words: string) => words.replace(/\r\n?|[\u2028\u2029]/g, '\n').replace(/\n(?=.)/g, '\n    ');

export function htmlBody(blocks: readonly Block[], language: string, title: string): string {
  return [
    '<!doctype html>',
    `<html lang="${literal(language)}">`,
    `<head><meta charset="utf-8"><title>${literal(title)}</title></head>`,
    '<body style="margin:24px;max-width:46em;font:16px/1.5 sans-serif;color:#1b2733;background:#ffffff">',
    `<h1 style="font-size:22px;line-height:1.3">${literal(title)}</h1>`,
    ...blocks.map(html),
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

const cell = 'padding:4px 16px 4px 0;text-align:left;vertical-align:top';
const words = 'white-space:pre-wrap;overflow-wrap:anywhere';

function html(block: Block): string {
  if ('heading' in block) return `<h2 style="font-size:18px;margin:24px 0 8px">${literal(block.heading)}</h2>`;
  if ('text' in block) return `<p style="${words}">${literal(block.text)}</p>`;
  if ('facts' in block) {
    const rows = block.facts.map(
      ({ label, value }) =>
        `<tr><th scope="row" style="${cell};font-weight:600">${literal(label)}</th><td style="${cell};${words}">${literal(value)}</td></tr>`,
    );
    return `<table style="border-collapse:collapse">\n${rows.join('\n')}\n</table>`;
  }
  if ('list' in block)
    return `<ul>\n${block.list.map((item) => `<li style="${words}">${literal(item)}</li>`).join('\n')}\n</ul>`;
  const said = block.talk.map(
    ({ who, words: own }) =>
      `<p style="margin:0 0 12px"><strong>${literal(who)}:</strong> <span lang="${literal(block.language)}" style="${words}">${literal(own)}</span></p>`,
  );
  return `<div>\n${said.join('\n')}\n</div>`;
}

const signs: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const literal = (text: string) => text.replace(/[&<>"']/g, (sign) => signs[sign] ?? sign);
