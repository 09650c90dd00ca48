import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mayServe } from '../../src/bot/service-hosts.ts';

const teams = 'https://smba.trafficmanager.net/emea/';
const hosts = [
  'smba.trafficmanager.net',
  'api.botframework.com',
  'directline.botframework.com',
  'europe.directline.botframework.com',
  'india.directline.botframework.com',
  'webchat.botframework.com',
  'europe.webchat.botframework.com',
  'india.webchat.botframework.com',
];

describe('a service address', () => {
  it('gets the bot’s token when it is one of Microsoft’s, exactly', () => {
    for (const host of hosts)
      for (const url of [`https://${host}`, `https://${host}/`, `https://${host}/emea/`, `https://${host}/de/1-2_3`])
        expect(mayServe(url, true), url).toBe(true);
    for (const url of [
      'http://smba.trafficmanager.net/',
      'ftp://smba.trafficmanager.net/',
      '//smba.trafficmanager.net/',
      'https://smba.trafficmanager.net.evil.example/',
      'https://evilsmba.trafficmanager.net/',
      'https://evil.smba.trafficmanager.net/',
      'https://evil.trafficmanager.net/',
      'https://trafficmanager.net/',
      'https://smba.trafficmanager.net:8443/',
      'https://smba.trafficmanager.net@evil.example/',
      'https://user@smba.trafficmanager.net/',
      'https://:secret@smba.trafficmanager.net/',
      'https://evil.example/smba.trafficmanager.net',
      'https://evil.example?smba.trafficmanager.net',
      'https://evil.example#smba.trafficmanager.net',
      'http://127.0.0.1:1',
      'nonsense',
      '',
    ])
      expect(mayServe(url, true), url).toBe(false);
  });

  it('does not when it is written so that another program may read another host in it', () => {
    for (const url of [
      'https://smba.trafficmanager.net./',
      'https://SMBA.trafficmanager.net/',
      'HTTPS://smba.trafficmanager.net/',
      'https://ｓmba.trafficmanager.net/',
      'https://smba。trafficmanager.net/',
      'https://smba.trafficmanager%2enet/',
      'https://smba.traffic\u00admanager.net/',
      'https://smba.trafficmanager.net:443/',
      'https://smba.trafficmanager.net\\@evil.example/',
      'https://smba.trafficmanager.net\\.evil.example/',
      'https:\\\\smba.trafficmanager.net/',
      'https:/smba.trafficmanager.net/',
      'https:smba.trafficmanager.net/',
      'https:///smba.trafficmanager.net/',
      'https://@smba.trafficmanager.net/',
      'https://smba.traffic\nmanager.net/',
      'https://smba.trafficmanager.net/\t',
      ' https://smba.trafficmanager.net/',
      'https://smba.trafficmanager.net/?@evil.example',
      'https://smba.trafficmanager.net/#@evil.example',
      'https://smba.trafficmanager.net?x',
      'https://smba.trafficmanager.net/emea/../x',
    ])
      expect(mayServe(url, true), JSON.stringify(url)).toBe(false);
  });

  it('is never another host, whatever stands before, behind or inside', () => {
    const bits = fc.constantFrom(
      ...['evil', 'europe', 'www', '.', '-', '@', ':', '/', '\\', '?', '#', '%', '%2e', '。', '\t', '\n', '443', 'x:y'],
      ...hosts,
    );
    const some = fc.array(bits, { maxLength: 3 }).map((list) => list.join(''));
    const scheme = fc.constantFrom(
      'https://',
      'https://',
      'https://',
      'http://',
      'https:\\\\',
      'https:/',
      'wss://',
      '',
    );
    fc.assert(
      fc.property(
        scheme,
        some,
        fc.constantFrom(...hosts),
        some,
        fc.string({ maxLength: 3 }),
        (start, before, host, behind, any) => {
          const url = start + before + host + behind + any;
          if (!mayServe(url, true)) return;
          expect(hosts.map((one) => `https://${one}`)).toContain(new URL(url).origin);
          expect(hosts, 'as who knows no rules reads it').toContain(/^https:\/\/([^/]+)/.exec(url)?.[1]);
          // Paths are put behind it as text.
          expect(new URL(`${url.replace(/\/$/, '')}/v3/conversations`).origin).toBe(new URL(url).origin);
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('of a name that only ends like one of them is another', () => {
    const label = fc.stringMatching(/^[a-z0-9-]{1,12}\.?$/);
    fc.assert(
      fc.property(label, fc.constantFrom(...hosts), (before, host) => {
        expect(mayServe(`https://${before}${host}/`, true)).toBe(hosts.includes(before + host));
      }),
    );
  });

  it('without an app id is on this machine', () => {
    for (const url of ['http://127.0.0.1:56150', 'http://localhost:1/_connector', 'http://[::1]:1'])
      expect(mayServe(url, false), url).toBe(true);
    for (const url of [
      teams,
      'http://169.254.169.254/',
      'http://10.0.0.1',
      'http://localhost.evil.example',
      'ftp://localhost',
    ])
      expect(mayServe(url, false), url).toBe(false);
  });
});
