/** Markup that is safe to send as it is. */
export interface Markup {
  readonly markup: string;
}

const signs: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

type Part = string | number | Markup | readonly Markup[] | undefined;
const text = (part: Part): string => {
  if (part === undefined) return '';
  if (typeof part === 'object') return 'markup' in part ? part.markup : part.map(({ markup }) => markup).join('');
  return String(part).replace(/[&<>"']/g, (sign) => signs[sign] ?? '');
};

/** A template whose values are escaped, for text and for quoted attributes, unless they are markup themselves. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Markup {
  return { markup: strings.reduce((done, string, at) => done + text(parts[at - 1]) + string) };
}

/** A block of data for a script; `<` is escaped so that no value can end the block. */
export function jsonBlock(id: string, nonce: string, value: unknown): Markup {
  const json = JSON.stringify(value).replaceAll('<', '\\u003c');
  return { markup: `<script type="application/json" id="${id}" nonce="${nonce}">${json}</script>` };
}
