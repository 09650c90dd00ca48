/** With what each server runs, for the printed table: versions as they are installed. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './server-process.ts';

const version = (name: string): string =>
  JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8')).version;
const named = (...names: string[]) => names.map((name) => `${name} ${version(name)}`).join(', ');

/** By the name of a scenario's server. */
export const settingsOf = (): Record<string, string> => ({
  floor: 'JSON parsed and written, no framework',
  restify: `${named('restify')}, its bodyParser, no plugin besides`,
  'restify-and-flush': 'the same; one O_DSYNC write of 2 KB for the answers that wait',
  'botbuilder-echo': `${named('botbuilder')} on restify as in its sample 02.echo-bot: CloudAdapter, no app id, expectReplies`,
  'agents-echo': `${named('@microsoft/agents-hosting', '@microsoft/agents-hosting-express')}: AgentApplication, MemoryStorage with a counter, no client id, expectReplies`,
  waterfall: `${named('botbuilder-dialogs')} on restify: WaterfallDialog of three prompts, ConversationState in MemoryStorage, saved each turn`,
  'ours-100':
    'as `npm start` starts it: restify, embedded store, each turn flushed before its answer; limits per address, requests and messages off, as one client makes all the load',
});
