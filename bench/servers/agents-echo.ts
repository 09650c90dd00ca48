/** The echo of the Microsoft 365 Agents SDK's samples: AgentApplication with MemoryStorage and a counter, its express server, no client id. */
import { createServer } from 'node:net';
import { AgentApplication, MemoryStorage, type TurnContext, type TurnState } from '@microsoft/agents-hosting';
import { startServer } from '@microsoft/agents-hosting-express';

const echo = new AgentApplication<TurnState>({ storage: new MemoryStorage() });
echo.onActivity('message', async (context: TurnContext, state: TurnState) => {
  const counter: number = state.getValue('conversation.counter') || 0;
  await context.sendActivity(`[${counter}]You said: ${context.activity.text}`);
  state.setValue('conversation.counter', counter + 1);
});

/** The SDK's server prints the port that it was given, so it cannot be given "any". */
const free = createServer().listen(0, '127.0.0.1', () => {
  const { port } = free.address() as { port: number };
  free.close(() => startServer(echo, { port }));
});
