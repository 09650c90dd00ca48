/** Who sets the desk up, where, and what becomes of the requests that are open then. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type DeskHouse, openDesk } from '../../helpers/desk.ts';
import { channel, contentOf, juris, mari, team, tenant, type User, wordsOf } from '../../helpers/teams.ts';
import { texts } from '../../helpers/world.ts';

const other = '19:other@thread.tacv2';
const inOther = { channelData: { tenant: { id: tenant }, team: { id: team }, channel: { id: other } } };
const bot = { id: '28:bot', name: 'CPS' };
const said = (key: string) => texts.label('en', `desk:${key}`);

describe('with a registered bot, in another channel of the team', () => {
  let house: DeskHouse;
  const open = async (...members: User[]) => {
    house = await openDesk({ members, registration: { appId: 'app' } });
  };
  afterEach(() => house.close());

  const setUp = async (user: User) => wordsOf(contentOf((await house.command(user, 'set up desk', inOther))!));
  /** Teams tells who has put the bot into the team, in one of its two ways. */
  const adds = (user: User, more: object) =>
    house.teams.write(house.url, user, channel, '', { text: undefined, ...more });
  const ways = {
    installationUpdate: { type: 'installationUpdate', action: 'add' },
    conversationUpdate: { type: 'conversationUpdate', membersAdded: [bot] },
  };

  test('an owner sets it up', async () => {
    await open(mari, juris);
    expect(await setUp(mari)).toBe(said('setup.done'));
    expect(house.places.known()).toMatchObject({ channel: other, team, setBy: mari.name });
  });

  test.each(Object.entries(ways))('a member does not, nor by adding the app again: %s', async (_, way) => {
    await open(mari, juris);
    expect(await setUp(juris)).toBe(said('refused.notOwner'));
    await adds(juris, way);
    expect(await setUp(juris)).toBe(said('refused.notOwner'));
    expect(house.places.known()?.channel).toBe(channel);
  });

  test.each(['user', ''])(
    'where the roster names no owner (%j): whoever has added the app, nobody else',
    async (userRole) => {
      const [first, second] = [mari, juris].map((user) => ({ ...user, userRole }));
      await open(first!, second!);
      expect(await setUp(first!)).toBe(said('refused.notOwner'));
      await adds(first!, { type: 'installationUpdate', action: 'add' });
      expect(await setUp(second!)).toBe(said('refused.notOwner'));
      expect(await setUp(first!)).toBe(said('setup.done'));
      await adds(second!, { type: 'installationUpdate', action: 'remove' });
      await adds(second!, { type: 'conversationUpdate', membersAdded: [second] });
      const elsewhere = { channelData: { team: { id: '19:else' } } };
      await adds(second!, { type: 'installationUpdate', action: 'add', ...elsewhere });
      expect(await setUp(second!)).toBe(said('refused.notOwner'));
    },
  );

  test('an owner among many members is still found', async () => {
    const many = Array.from({ length: 150 }, (_, i): User => ({ id: `29:${i}`, name: `User ${i}`, userRole: 'user' }));
    await open(...many, mari);
    await adds(many[0]!, { type: 'installationUpdate', action: 'add' });
    expect(await setUp(many[0]!)).toBe(said('refused.notOwner'));
  });
});

describe('the desk moves to another channel', () => {
  let house: DeskHouse;
  beforeEach(async () => {
    house = await openDesk();
  });
  afterEach(() => house.close());

  test('open requests get a card there, and the one left behind says where they went; closed ones stay', async () => {
    const [waiting, claimed, closed] = [await house.customer(), await house.customer(), await house.customer()];
    await house.drain();
    await house.press(mari, claimed.ticket, 'claim');
    await house.press(mari, closed.ticket, 'claim');
    await house.press(mari, closed.ticket, 'close', { cause: 'answered', verdict: 'right' });
    const before = [waiting, claimed, closed].map(({ ticket }) => house.card(ticket));
    await house.command(mari, 'set up desk', inOther);
    await house.later(2000);
    const now = (id: string) => wordsOf(contentOf(house.teams.posts().find((post) => post.id === id)!));
    for (const { ticket } of [waiting, claimed]) {
      const { card } = await house.ticket(ticket);
      expect(before.map(({ id }) => id)).not.toContain(card?.activity);
    }
    expect(now(before[0]!.id)).toBe(said('moved'));
    expect(now(before[1]!.id)).toBe(said('moved'));
    expect(now(before[2]!.id)).toContain(closed.ticket);
    expect(await house.ticket(closed.ticket)).toMatchObject({ card: { activity: before[2]!.id } });
    await house.teams.write(house.url, mari, before[1]!.conversation, 'From the old thread');
    expect((await claimed.lines()).at(-1)?.text).toBe('Mari Maasikas: From the old thread');
  });

  test('set up once more where it is: cards stay where they are', async () => {
    const { ticket } = await house.customer();
    await house.drain();
    const { id } = house.card(ticket);
    expect(wordsOf(contentOf((await house.command(mari, 'set up desk'))!))).toBe(said('setup.again'));
    await house.later(2000);
    expect(house.teams.cards(ticket).map((post) => post.id)).toEqual([id]);
  });
});
