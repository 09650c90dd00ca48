/** Which lists of `bot.json` accept.* hold further words for an option: its own, and those of a plain yes or no that it means. */
const meansYes = ['worked', 'both', 'settled', 'ready', 'done', 'sent', 'next', 'filled', 'human', 'send', 'continue'];
const meansNo = ['failed', 'otherwise', 'notYet', 'notLooked', 'missing', 'cancel', 'stop', 'none', 'enough'];

/** @param among all options of the question: a plain yes or no counts only where one of them alone can mean it */
export function acceptKeys(option: string, among: readonly string[] = [option]): string[] {
  const lists = [option];
  if (isOnly(option, meansYes, 'yes', among)) lists.push('yes');
  if (isOnly(option, meansNo, 'no', among)) lists.push('no');
  if (option === 'noOrUnsure') lists.push('no', 'unsure', 'unknown');
  if (option === 'continue') lists.push('next');
  if (['ready', 'settled', 'filled', 'sent', 'worked'].includes(option)) lists.push('done');
  // "I do not know" and "I am not sure" are one, where only one of them is offered; where none is, a field is left out.
  const doubts = ['unknown', 'unsure'];
  const offered = among.filter((other) => doubts.includes(other));
  if (doubts.includes(option) && offered.length === 1) lists.push(...doubts);
  if (option === 'skip') lists.push('later', ...(offered.length === 0 ? doubts : []));
  return [...new Set(lists)].map((list) => `bot:accept.${list}`);
}

function isOnly(option: string, means: readonly string[], plain: string, among: readonly string[]): boolean {
  return (
    means.includes(option) && !among.some((other) => other !== option && (other === plain || means.includes(other)))
  );
}
