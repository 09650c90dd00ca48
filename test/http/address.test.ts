/** Who is taken for somebody on this machine, whom the operators' routes answer without a token. */
import { describe, expect, test } from 'vitest';
import { sendJson } from '../../src/http/refusal.ts';
import { oneRoute, serve } from '../helpers/serve.ts';

const isLocal = async (headers: string): Promise<boolean> => {
  const route = oneRoute(async (_, response, { local }) => sendJson(response, 200, { local }), 'GET');
  const serving = await serve([route]);
  const said = await serving.raw(`GET /thing HTTP/1.1\r\n${headers}\r\nconnection: close\r\n\r\n`);
  await serving.close();
  return (JSON.parse(said.slice(said.indexOf('{'))) as { local: boolean }).local;
};

describe('a request that asks for localhost', () => {
  test.each(['localhost', 'localhost:3978', '127.0.0.1', '[::1]:3978'])('itself is local: %s', async (host) => {
    expect(await isLocal(`host: ${host}`)).toBe(true);
  });

  test.each([
    ...['Via: 1.1 proxy', 'Forwarded: for=203.0.113.1', 'X-Real-IP: 203.0.113.1', 'X-Forwarded-For: 203.0.113.1'],
    ...['X-Forwarded-Proto: https', 'X-Forwarded-Host: support.example.com', 'X-FORWARDED-PORT: 443', 'Via:'],
  ])('through a proxy on this machine is not: %s', async (header) => {
    expect(await isLocal(`host: localhost\r\n${header}`)).toBe(false);
  });

  test('by another name is not', async () => {
    expect(await isLocal('host: rebound.example')).toBe(false);
  });
});
