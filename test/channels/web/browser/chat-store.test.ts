import { expect, test } from 'vitest';
import { loadBrowserModule } from './load.ts';

const { createChatStore, withoutCommands } = await loadBrowserModule('chat-store.js');

interface Action {
  type: string;
  payload?: Record<string, unknown>;
}

/** Web Chat's store as far as a middleware sees it. */
function play(actions: Action[]) {
  const passed: Action[] = [];
  const dispatched: Action[] = [];
  const answered: unknown[] = [];
  let connected = 0;
  const webChat = {
    createStore: (
      _: object,
      middleware: (store: object) => (next: (action: Action) => void) => (action: Action) => void,
    ) => {
      const run = middleware({ dispatch: (action: Action) => dispatched.push(action) })((action) =>
        passed.push(action),
      );
      for (const action of actions) run(action);
    },
  };
  createChatStore({
    webChat,
    language: () => 'lv',
    onConnected: () => {
      connected += 1;
    },
    onAnswer: (language: unknown) => answered.push(language),
  });
  return { passed, dispatched, answered, connected };
}
const incoming = (activity: object): Action => ({ type: 'DIRECT_LINE/INCOMING_ACTIVITY', payload: { activity } });
const command = { title: 'Back', channelData: { support: 'command' } };
const option = { title: 'Yes' };

test('tells the bot that somebody came, in the language, once the line is open', () => {
  const { dispatched, passed, connected } = play([{ type: 'DIRECT_LINE/CONNECT_FULFILLED' }]);
  expect(dispatched).toEqual([
    { type: 'WEB_CHAT/SEND_EVENT', payload: { name: 'webchat/join', value: { language: 'lv' } } },
  ]);
  expect(passed).toHaveLength(1);
  expect(connected).toBe(1);
});

test('takes the commands out of a bot’s message and reports its language', () => {
  const activity = {
    type: 'message',
    from: { role: 'bot' },
    suggestedActions: { to: [], actions: [option, command] },
    channelData: { support: { language: 'et' } },
  };
  const { passed, answered } = play([incoming(activity)]);
  expect(passed[0]?.payload?.activity).toEqual({ ...activity, suggestedActions: { to: [], actions: [option] } });
  expect(activity.suggestedActions.actions).toHaveLength(2);
  expect(answered).toEqual(['et']);
});

test('leaves the customer’s messages, and messages without buttons, as they are', () => {
  const own = { type: 'message', from: { role: 'user' }, suggestedActions: { actions: [command] } };
  expect(play([incoming(own)]).passed[0]?.payload?.activity).toBe(own);
  const plain = { type: 'message', text: 'x' };
  expect(withoutCommands(plain)).toBe(plain);
  expect(play([incoming({ ...plain, from: { role: 'bot' } })]).answered).toEqual([undefined]);
});

test('what the page adds to a message of the bot, and the last message of a conversation', () => {
  const erased: string[] = [];
  const passed: Action[] = [];
  const run = (action: Action) => {
    const webChat = {
      createStore: (_: object, middleware: (store: object) => (next: (one: Action) => void) => (one: Action) => void) =>
        middleware({})((one) => passed.push(one))(action),
    };
    createChatStore({
      webChat,
      onAnswer: () => {},
      onErased: (text: string) => erased.push(text),
      prepare: (activity: object) => ({ ...activity, prepared: true }),
    });
  };
  run(incoming({ type: 'message', text: 'gone', from: { role: 'bot' }, channelData: { support: { receipt: 'R-1' } } }));
  run(
    incoming({ type: 'message', text: 'mine', from: { role: 'user' }, channelData: { support: { receipt: 'R-1' } } }),
  );
  expect(erased).toEqual(['gone']);
  expect(passed.map(({ payload }) => (payload as { activity: { prepared?: boolean } }).activity.prepared)).toEqual([
    true,
    undefined,
  ]);
});

test('an agent’s words, and the question of a flow into which an agent has sent the customer', () => {
  const from: string[] = [];
  const webChat = {
    createStore: (_: object, middleware: (store: object) => (next: (one: Action) => void) => (one: Action) => void) =>
      middleware({})(() => {}),
  };
  const run = createChatStore({ webChat, onAnswer: () => {}, onAgent: (id: string) => from.push(id) });
  const says = (id: string, support: object) =>
    run(incoming({ type: 'message', id, from: { role: 'bot' }, channelData: { support } }));
  says('answer', { agent: 'Mari', flow: null, ticket: 'T' });
  says('guide', { flow: 'greenTickMissing', node: 'which', ticket: 'T' });
  says('joined', { flow: null, node: 'handoff.joined', ticket: 'T' });
  says('own question', { flow: 'greenTickMissing', node: 'which' });
  expect(from).toEqual(['answer', 'guide']);
});
