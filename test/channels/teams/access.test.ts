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
    ...{
      conversation: { id: '19:channel', tenantId },
      channelData: { tenant: { id: tenantId }, team: { id: '19:team' } },
    },
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

test('in another team, in a group chat or nowhere nobody is let in, nor asked about; in person a member is', async () => {
  const at = (change: object) => ({ ...activity(tenant), ...change }) as unknown as Activity;
  for (const team of [{ id: '19:another' }, {}, undefined]) {
    const elsewhere = at({ channelData: { tenant: { id: tenant }, team } });
    expect(await from(new Error('must not be asked'))(elsewhere)).toEqual({ denied: 'elsewhere' });
  }
  const personal = {
    conversation: { id: 'a:1', conversationType: 'personal' },
    channelData: { tenant: { id: tenant } },
  };
  expect(await from(mari)(at(personal))).toMatchObject({ member: mari });
  const other = { ...personal, channelData: { tenant: { id: 'other' }, team: { id: '19:team' } } };
  expect(await from(mari)(at(other))).toEqual({ denied: 'foreignTenant' });
});
