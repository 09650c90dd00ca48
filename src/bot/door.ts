import type { InvokeResponse } from 'botbuilder';
import type { Log } from '../ops/log.ts';
import { SupportAdapter } from './adapter.ts';
import { type AuthenticationOptions, ChannelAuthentication } from './authentication.ts';
import { createDelivery } from './delivery.ts';
import type { Inbound } from './guard.ts';
import { SupportBot, type SupportBotOptions } from './support-bot.ts';

/** Everything that needs the SDK, in one module to be loaded when it is wanted. */
export interface Door {
  adapter: SupportAdapter;
  /** @param admit called once the sender is known; may refuse */
  receive(activity: Inbound, authorization: string, admit: () => void): Promise<InvokeResponse | undefined>;
}

export interface DoorOptions extends Omit<SupportBotOptions, 'deliver'>, AuthenticationOptions {
  log: Log;
  pause: (ms: number) => Promise<void>;
}

export function createDoor(options: DoorOptions): Door {
  const { turns, desk, log, pause } = options;
  const adapter = new SupportAdapter(new ChannelAuthentication(options));
  const bot = new SupportBot({ turns, desk, deliver: createDelivery({ log, pause }) });
  return {
    adapter,
    receive: (activity, authorization, admit) =>
      adapter.receive(activity, authorization, (context) => {
        admit();
        return bot.run(context);
      }),
  };
}
