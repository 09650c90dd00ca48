/** A customer who asks for a human, and the agent who takes the request. */
import type { Page } from 'playwright-core';
import { createDeskTurns } from '../../src/bot/desk-turns.ts';
import type { DocKey, Store } from '../../src/store/port.ts';
import { readTicket } from '../../src/support/ticket.ts';
import { testWorld, texts } from '../helpers/world.ts';
import { piece, said, type } from './website.ts';

/** From the greeting to the request that is passed on. */
export async function askForHuman(page: Page, language: string): Promise<void> {
  await said(page, piece(language, 'bot:menu.text'));
  for (const [text, next] of [
    [texts.label(language, 'bot:commands.human.label'), 'flows:contactSupport.topic.text'],
    ['10', 'flows:contactSupport.question.text'],
    ['Kur?', 'flows:contactSupport.company.text'],
    ['Foto SIA', 'flows:contactSupport.email.text'],
    ['es@example.com', 'flows:contactSupport.reply.text'],
    ['1', 'flows:contactSupport.summary.text'],
    ['1', 'flows:contactSupport.sent.text'],
  ] as const) {
    await type(page, text);
    await said(page, piece(language, next));
  }
}

/** Of the only request in a store that nobody has taken yet. */
export async function agentOf(store: Store) {
  const waiting: DocKey[] = [];
  for await (const { key, value } of store.scan('ticket'))
    if (readTicket(value).status === 'waiting') waiting.push(key);
  const [key] = waiting;
  if (!key || waiting.length > 1) throw new Error(`one request was expected, and ${waiting.length} wait`);
  const ticket = key.replace('ticket/', '');
  const desk = createDeskTurns({
    store,
    texts,
    settings: { reachable: true, desk: true, supportLanguage: 'et' },
    random: (bytes) => new Uint8Array(bytes),
    now: Date.now,
    understand: testWorld().understand,
  });
  const mari = { id: 'mari', name: 'Mari', language: 'et' };
  let pressed = 0;
  const press = (action: Parameters<typeof desk.act>[1]) => desk.act(ticket, action, mari, `p${++pressed}`);
  const messages = async (by: 'agent' | 'customer') => {
    const [doc] = await store.read([key]);
    return readTicket(doc!.value).messages.filter(({ from }) => from === by);
  };
  return {
    claims: () => press({ verb: 'claim' }),
    /** Into a flow. */
    guides: () => press({ verb: 'guide', flow: 'greenTickMissing', node: 'which' }),
    answers: (text: string) => press({ verb: 'answer', text }),
    /** What the customer has written to the agent. */
    reads: async () => (await messages('customer')).map(({ text }) => text),
    /** What is known of each answer: `delivered`, `seen` ... */
    deliveries: async () => (await messages('agent')).map(({ delivery }) => delivery),
  };
}
