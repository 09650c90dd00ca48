const empty = new Set(['area', 'base', 'br', 'col', 'hr', 'img', 'input', 'link', 'meta', 'source', 'wbr']);

/** What a validator would object to first: tags that do not match, double ids and attributes, pictures without `alt`, labels that name nothing. */
export function htmlProblems(html: string): string[] {
  const problems: string[] = [];
  if (!/^<!doctype html>\n<html lang="[a-z]{2,3}">/.test(html)) problems.push('no doctype with language');
  if (!/<title>[^<]+<\/title>/.test(html)) problems.push('no title');
  const open: string[] = [];
  const ids = new Set<string>();
  const withoutScripts = html.replace(/(<script\b[^>]*>).*?(?=<\/script>)/gs, '$1');
  for (const [, closing, name = '', attributes = '', selfClosing] of withoutScripts.matchAll(
    /<(\/?)([a-z][a-z0-9]*)((?:\s+[a-z-]+(?:="[^"]*")?)*)\s*(\/?)>/gi,
  )) {
    if (closing) {
      const expected = open.pop();
      if (expected !== name) problems.push(`</${name}> closes <${expected}>`);
      continue;
    }
    const found = [...attributes.matchAll(/([a-z-]+)(?:="([^"]*)")?/gi)];
    const given = new Map(found.map(([, key = '', value]) => [key.toLowerCase(), value]));
    if (given.size !== found.length) problems.push(`<${name}> has an attribute twice`);
    const id = given.get('id');
    if (id !== undefined && ids.has(id)) problems.push(`id ${id} twice`);
    if (id !== undefined) ids.add(id);
    if (name === 'img' && !given.has('alt')) problems.push('img without alt');
    if (name === 'iframe' && !given.get('title')) problems.push('iframe without title');
    if (given.has('style') || found.some(([, key = '']) => key.startsWith('on')))
      problems.push(`<${name}> has inline code`);
    if (!empty.has(name) && !selfClosing) open.push(name);
  }
  if (open.length > 0) problems.push(`not closed: ${open.join(' ')}`);
  for (const [, target = ''] of html.matchAll(/href="#([^"]+)"/g))
    if (!ids.has(target)) problems.push(`#${target} leads nowhere`);
  if ((html.match(/<h1\b/g) ?? []).length !== 1) problems.push('not exactly one h1');
  if (/&(?![a-z]+;|#\d+;)/i.test(withoutScripts)) problems.push('bare &');
  return problems;
}
