/** Which lists of `bot.json` accept.* hold further words for an option: its own, and those of a plain yes or no that it means. */
const meansYes = ['worked', 'both', 'ready', 'mailHere', 'done', 'sent', 'next', 'filled', 'found', 'send', 'continue'];
const meansNo = ['failed', 'otherwise', 'notYet', 'notLooked', 'missing', 'cancel', 'stop', 'none'];

export function acceptKeys(option: string): string[] {
  const lists = [option];
  if (meansYes.includes(option)) lists.push('yes');
  if (meansNo.includes(option)) lists.push('no');
  if (option === 'noOrUnsure') lists.push('no', 'unsure', 'unknown');
  if (option === 'continue') lists.push('next');
  return lists.map((list) => `bot:accept.${list}`);
}
