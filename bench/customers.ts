/** Who speaks to the servers that are measured beside ours. */
import { randomUUID } from 'node:crypto';
import { expect, send } from './lib/activity.ts';
import type { Say } from './lib/measure.ts';
import { questions, stages } from './servers/waterfall-texts.ts';

/** A visit: after so many messages a customer goes, and another one comes. */
export const messagesInVisit = 30;

/** Says something else each time; the answer must end with it. */
export function echoCustomer(): Say {
  let conversation = '';
  let count = 0;
  return async (connection) => {
    if (count % messagesInVisit === 0) conversation = randomUUID();
    const text = `tere ${++count}`;
    const [reply] = await send(connection, conversation, { text });
    expect(text, text, reply?.text, reply?.text?.endsWith(text));
  };
}

const steps = [
  { text: 'tere', wanted: questions.stage },
  { text: stages[0], wanted: questions.points },
  { text: '1800', wanted: `${questions.done} 1800` },
];

/** Goes through the three steps again and again. */
export function waterfallCustomer(): Say {
  let conversation = '';
  let count = 0;
  return async (connection) => {
    if (count % messagesInVisit === 0) conversation = randomUUID();
    const { text, wanted } = steps[count++ % steps.length]!;
    const [reply] = await send(connection, conversation, { text });
    expect(text, wanted, reply?.text, reply?.text?.startsWith(wanted));
  };
}
