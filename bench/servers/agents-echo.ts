/** The echo of the Microsoft 365 Agents SDK's own samples: AgentApplication with MemoryStorage and a counter, express, no client id. */
import { AgentApplication, MemoryStorage, type TurnContext, type TurnState } from '@microsoft/agents-hosting';
import { startServer } from '@microsoft/agents-hosting-express';

