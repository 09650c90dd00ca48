/** axe-core in a page or frame under test. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Frame } from 'playwright-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export interface Finding {
  /** axe's name of the rule. */
  rule: string;
  where: string;
  /** Inside Microsoft's Web Chat, not in what is ours. */
  isWebChat: boolean;
  /** axe could not decide; a person has to look. */
  isDoubt: boolean;
}

// Each frame is asked by itself, with all rules, best practices included.
const look = `(async () => {
  const { violations, incomplete } = await axe.run(document, { elementRef: true, iframes: false, preload: false });
  const isOurs = (element) => element?.getRootNode().host?.id === 'support-chat' || element?.closest('#support-chat');
  const list = (found, isDoubt) => found.flatMap(({ id, nodes }) => nodes.map(({ element, target }) => ({
    rule: id,
    where: target.flat().join(' '),
    isWebChat: Boolean(element?.closest('body > main > #chat')),
    isShop: document.getElementById('support-chat') !== null && !isOurs(element),
    isDoubt,
  })));
  return [...list(violations, false), ...list(incomplete, true)];
})()`;

/** What axe finds; what belongs to the website that embeds the widget is left out, and that a frame is to be asked by itself. */
export async function findings(frame: Frame): Promise<Finding[]> {
  if (!(await frame.evaluate('typeof axe === "object"'))) await frame.evaluate(source);
  const found = (await frame.evaluate(look)) as (Finding & { isShop: boolean })[];
  return found
    .filter(({ isShop, rule }) => !isShop && rule !== 'frame-tested')
    .map(({ rule, where, isWebChat, isDoubt }) => ({ rule, where, isWebChat, isDoubt }));
}
