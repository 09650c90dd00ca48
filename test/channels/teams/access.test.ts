import type { Activity } from 'botbuilder';
import { expect, test } from 'vitest';
import { createAccess } from '../../../src/channels/teams/access.ts';
import type { Places } from '../../../src/channels/teams/place.ts';
import type { Member } from '../../../src/channels/teams/roster.ts';

const tenant = '11111111-2222-3333-4444-555555555555';
const places = { known: () => undefined, language: async () => 'lv' } as unknown as Places;
const config = { appId: 'app', appTenantId: tenant, supportTeamId: '19:team' };
const logged: string[] = [];
const from = (member: Member | Error | undefined, change: Partial<typeof config> = {}) =>
  createAccess({
    roster: {
      async member() {
        if (member instanceof Error) throw member;
        return member;
      },
      members: async () => [],
    },
    ...{ places, supportLanguage: 'en', config: { ...config, ...change } },
    log: (_level, event) => logged.push(event),
  });
const activity = (tenantId: string) =>
  ({
    ...{ serviceUrl: 'https://smba.trafficmanager.net/', from: { id: '29:mari', name: 'Mari' } },
    ...{ conversation: { id: '19:channel', tenantId }, channelData: { tenant: { id: tenantId } } },
  }) as unknown as Activity;
const mari: Member = { id: '29:mari', name: 'Mari', role: 'user' };

test('a member of the team in the configured tenant, in the language they chose', async () => {
  expect(await from(mari)(activity(tenant))).toMatchObject({ person: { id: '29:mari', name: 'Mari', language: 'lv' } });
});

test('another tenant is refused before anybody is asked about it, and logged', async () => {
  const other = '99999999-2222-3333-4444-555555555555';
  expect(await from(new Error('must not be asked'))(activity(other))).toEqual({ denied: 'foreignTenant' });
  expect(logged.at(-1)).toContain('tenant');
});

test('whom the roster does not know is no member', async () => {
  expect(await from(undefined)(activity(tenant))).toEqual({ denied: 'notMember' });
});

test('a roster that cannot be read lets nobody in', async () => {
  expect(await from(new Error('503'))(activity(tenant))).toEqual({ denied: 'failed' });
});

test('with an app id, but no team configured, there is no desk', async () => {
  const nowhere = createAccess({
    roster: { member: async () => mari, members: async () => [] },
    ...{ places, supportLanguage: 'en', config: { ...config, supportTeamId: undefined }, log: () => undefined },
  });
  expect(await nowhere(activity(tenant))).toEqual({ denied: 'noTeam' });
});
