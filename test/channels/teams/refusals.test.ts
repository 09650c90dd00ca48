/** Who is refused at the desk, and what; nothing is changed by it. */

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { handleOf } from '../../../src/channels/teams/offered.ts';
import { appId, startSignIn } from '../../helpers/channel.ts';
import { type DeskHouse, openDesk, type Talk } from '../../helpers/desk.ts';
import { channel, contentOf, findAction, juris, mari, type User, wordsOf } from '../../helpers/teams.ts';

const guest: User = { id: '29:guest', name: 'Guest', userRole: 'guest' };
const stranger: User = { id: '29:stranger', name: 'Stranger' };

describe('at the desk of a team', () => {
  let house: DeskHouse;
  let talk: Talk;
  beforeEach(async () => {
    house = await openDesk({ members: [mari, juris, guest] });
    talk = await house.customer();
    await house.drain();
  });
  afterEach(() => house.close());

  /** @returns the words shown to the presser */
  async function send(user: User, data: object, more: object = {}) {
    const { body } = await house.teams.send(house.url, user, house.card(talk.ticket), data, more);
    return wordsOf(body.value);
  }
  const unchanged = async () =>
    expect(await house.ticket(talk.ticket)).toMatchObject({ status: 'waiting', revision: 0 });

  test.each([guest, stranger])('$name is no member: neither a press, nor words, nor a command', async (user) => {
    expect(await house.press(user, talk.ticket, 'claim')).toContain('Only members of the support team');
    await house.teams.write(house.url, user, house.card(talk.ticket).conversation, 'note: mine');
    expect(wordsOf(contentOf((await house.command(user, 'set up desk'))!))).toContain('Only members');
    expect(wordsOf(contentOf((await house.command(user, `history ${talk.ticket}`))!))).not.toContain('words');
    await unchanged();
    expect(house.logged).toContain('somebody who is not in the support team was refused at the desk');
  });

  test('a stranger who writes to the bot in person is told where the chat is', async () => {
    const personal = { id: 'a:1', conversationType: 'personal' };
    await house.teams.write(house.url, stranger, 'a:1', 'Hello', { conversation: personal, channelData: {} });
    expect(wordsOf(contentOf(house.teams.thread('a:1')[0]!))).toContain('desk of the support team');
  });

  test('an altered ticket, verb, revision or seal is refused, and said in the log without a word of it', async () => {
    const other = await house.customer();
    await house.drain();
    const { desk } = findAction(contentOf(house.card(talk.ticket)), 'claim')!.data as { desk: object };
    const forgeries = [
      { ticket: other.ticket },
      { verb: 'close' },
      { revision: 7 },
      { seal: 'x'.repeat(43) },
      { seal: undefined },
      { shared: undefined },
      { ticket: { $ne: '' } },
    ];
    for (const change of forgeries) {
      expect(await send(mari, { desk: { ...desk, ...change } }), JSON.stringify(change)).toContain('cannot be used');
    }
    for (const data of [{}, { desk: null }, { desk: [] }, { desk: 'claim' }])
      expect(await send(mari, data), JSON.stringify(data)).toContain('cannot be used');
    await unchanged();
    expect(await house.ticket(other.ticket)).toMatchObject({ status: 'waiting', revision: 0 });
    expect(house.logged).toContain('a forged card was refused at the desk');
    expect(house.logged.join()).not.toContain(talk.ticket);
  });

  test('a value that was not offered is refused: a ready answer, a place, a field, a cause, a colleague', async () => {
    await house.press(mari, talk.ticket, 'claim');
    const before = await house.ticket(talk.ticket);
    const inputs: [verb: string, inputs: object][] = [
      ['ready', { ready: '__proto__' }],
      ['ready', {}],
      ['guide', { place: 'contactSupport' }],
      ['guide', { place: 'tiers.nowhere' }],
      ['ask', { field: 'password' }],
      ['ask', {}],
      ['close', { cause: 'cardRefused', verdict: 'right' }],
      ['close', { cause: 'other', verdict: 'perhaps' }],
      ['close', {}],
      ['handOver', { to: handleOf(stranger) }],
      ['handOver', { to: handleOf(guest) }],
      ['handOver', {}],
      ['answer', { text: '   ' }],
      ['answer', { text: 'x'.repeat(4001) }],
    ];
    for (const [verb, given] of inputs) {
      const shown = await house.press(mari, talk.ticket, verb, given);
      expect(shown, `${verb} ${JSON.stringify(given)}`).toMatch(
        /^(That choice is not|There is nothing|That is too long|Please choose)/,
      );
    }
    expect(await house.ticket(talk.ticket)).toMatchObject({
      revision: before.revision,
      owner: { id: mari.id },
    });
  });

  test('the same press delivered again does the same once', async () => {
    await house.press(mari, talk.ticket, 'claim');
    for (const id of ['again', 'again', 'again'])
      await house.press(mari, talk.ticket, 'answer', { text: 'Once' }, { id });
    const said = async () => (await talk.lines()).filter(({ text }) => text === 'Mari Maasikas: Once');
    expect(await said()).toHaveLength(1);
    // Teams delivers again up to some minutes later, when other things were done.
    for (let i = 0; i < 20; i++) await house.press(mari, talk.ticket, 'note', { text: `meanwhile ${i}` });
    await house.press(mari, talk.ticket, 'answer', { text: 'Once' }, { id: 'again' });
    expect(await said()).toHaveLength(1);
  });

  test('the desk is set up only in a channel of the team', async () => {
    const elsewhere = { channelData: { team: { id: '19:other' }, channel: { id: '19:there' } } };
    const said = await house.command(mari, 'set up desk', elsewhere);
    expect(wordsOf(contentOf(said!))).toContain('only in the channels of the support team');
    const inPerson = { conversation: { id: 'a:1', conversationType: 'personal' } };
    const alone = await house.command(mari, 'set up desk', { ...inPerson, channelData: {} });
    expect(wordsOf(contentOf(alone!))).toContain('only be set up in a channel of the support team');
    expect(house.places.known()?.channel).toBe(channel);
  });
});

describe('with signed messages', () => {
  // The SDK prints the public key for each token that it refuses.
  beforeEach(() => void vi.spyOn(console, 'error').mockReturnValue());
  afterEach(() => vi.restoreAllMocks());

  test('somebody of another tenant is refused, whatever the card says', async () => {
    const service = await startSignIn('answers', ['msteams']);
    const own = '22222222-2222-3333-4444-555555555555';
    const env = {
      MicrosoftAppId: appId,
      MicrosoftAppPassword: 'p',
      MicrosoftAppType: 'SingleTenant',
      MicrosoftAppTenantId: own,
    };
    const house = await openDesk({ env, cloud: service.cloud });
    house.clock.now = Date.now();
    // So that nothing is sent, for which it would ask Microsoft for a token.
    await house.places.stop('test', house.clock.now);
    const { ticket } = await house.customer();
    const token = await service.sign({ serviceurl: house.teams.url });
    const post = { id: '1', conversation: `${channel};messageid=1`, activity: { type: 'message' }, updates: 0 };
    const data = { desk: house.seal.put({ verb: 'claim', ticket, revision: 0, shared: true }) };
    const { status, body } = await house.teams.send(house.url, mari, post, data, {}, token);
    expect(status).toBe(200);
    expect(wordsOf(body.value)).toContain('another organisation');
    expect(await house.ticket(ticket)).toMatchObject({ status: 'waiting', revision: 0 });
    expect(house.logged).toContain('somebody of another tenant was refused at the desk');
    expect(
      house.teams.requests.filter(({ path }) => path.includes('members')),
      'nobody was asked about them',
    ).toEqual([]);
    await service.close();
    await house.close();
  });
});
