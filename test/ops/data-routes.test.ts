import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDataDesk } from '../../src/ops/data-desk.ts';
import { dataRoutes } from '../../src/ops/data-routes.ts';
import { type House, openHouse } from '../helpers/converse.ts';
import { type Serving, serve } from '../helpers/serve.ts';

const operatorToken = 'operator-token-of-this-test';
let house: House;
let serving: Serving;
beforeAll(async () => {
  house = await openHouse();
  await house.say('c', 'zyxomma');
  const desk = createDataDesk({ store: house.store, now: Date.now, random: randomBytes });
  serving = await serve([dataRoutes({ desk, operatorToken })]);
});
afterAll(async () => {
  await serving.close();
  await house.close();
});

const ask = async (work: string, body: object, headers: Record<string, string> = {}) => {
  const response = await fetch(`${serving.url}/data/${work}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as { error?: { code: string } } };
};
/** As from another machine, through a proxy. */
const outside = { 'x-forwarded-for': '203.0.113.7' };

test('nobody from outside gets an answer, or learns that there is something', async () => {
  for (const work of ['show', 'erase', 'find']) {
    expect((await ask(work, { of: 'c' }, outside)).status).toBe(404);
    const wrong = { ...outside, authorization: 'Bearer wrong' };
    expect((await ask(work, { of: 'c' }, wrong)).body.error?.code).toBe('NotFound');
    expect((await ask(work, { of: 'c' }, { origin: serving.url })).status, 'a page on this machine').toBe(403);
  }
  expect((await house.store.lines('c', 0, 10)).length).toBeGreaterThan(0);
});

test('an operator gets what is stored, with the token or on this machine', async () => {
  const token = { ...outside, authorization: `Bearer ${operatorToken}` };
  expect(JSON.stringify((await ask('show', { of: 'c' }, token)).body)).toContain('zyxomma');
  expect((await ask('find', { of: 'ZYXO' })).body).toEqual([{ conversation: 'c', tickets: [] }]);
  expect((await ask('show', { of: 'nobody' })).body.error?.code).toBe('NothingStored');
  expect((await ask('show', { of: { $ne: 1 } })).status).toBe(400);
});
