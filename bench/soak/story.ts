/** A request from the first word to its end, the customer's and the agent's side in turn. */
import type { Desk } from './desk.ts';
import { agents } from './desk.ts';
import { type Page, type PageTools, supportOf } from './page.ts';
import { label, pick, request } from './talks.ts';

/**
 * seen: the customer stays, and sees every answer. unseen: goes away before the answer, which then comes by mail. unclaimed:
 * nobody takes it until it was brought up again.
 */
export type Course = 'seen' | 'unseen' | 'unclaimed';

/** @throws GivenUp */
export async function deskStory(
  { desk, open }: PageTools & { desk: Desk; open(language: string): Promise<Page> },
  { language, course, number }: { language: string; course: Course; number: number },
): Promise<void> {
  const page = await open(language);
  await page.come('socket');
  for (const said of request(language, `customer${number}@example.com`)) await page.say(said);
  const passedOn = await page.waitFor('the number of the request', (one) => supportOf(one)?.ticket !== undefined);
  const ticket = supportOf(passedOn)!.ticket!;
  const agent = pick(agents);
  const at = (node: string) => page.waitFor(`handoff.${node}`, (one) => supportOf(one)?.node === `handoff.${node}`);
  const answer = (text: string) => page.waitFor('the agent’s answer', (one) => one.text === `${agent.name}: ${text}`);

  if (course === 'unclaimed') await at('unclaimed');
  await desk.press(agent, ticket, 'claim');
  await at('joined');
  for (const n of [1, 2]) {
    await page.say({ text: `klients ${number}.${n} (*_~)`, quiet: true });
    await desk.says(ticket, `klients ${number}.${n}`);
    const text = `nõustaja ${number}.${n}`;
    if (course === 'unseen' && n === 2) {
      page.go();
      await desk.press(agent, ticket, 'answer', { text });
      await desk.says(ticket, text);
      // By mail, because nobody saw it.
      await desk.says(ticket, label('et', 'desk:card.delivery.mailed'));
      await page.come('socket');
    } else {
      if (n === 1) await desk.write(agent, ticket, text);
      else await desk.press(agent, ticket, 'answer', { text });
    }
    await answer(text);
    await page.see();
  }
  await page.say({ text: label(language, 'bot:transcript.label') });
  await desk.press(agent, ticket, 'close', { cause: 'answered', verdict: 'right' });
  await page.waitFor(
    'the end of the request',
    (one) => one.text?.includes(ticket) === true && supportOf(one)?.node === 'rating',
  );
  await page.say({ text: label(language, 'bot:rating.options.good') });
  page.go();
}
