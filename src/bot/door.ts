import type { InvokeResponse } from 'botbuilder';
import { SupportAdapter } from './adapter.ts';
import { type AuthenticationOptions, ChannelAuthentication } from './authentication.ts';
import type { Inbound } from './guard.ts';
import { SupportBot, type SupportBotOptions } from './support-bot.ts';

/** Everything that needs the SDK, in one module to be loaded when it is wanted. */
export interface Door {
  adapter: SupportAdapter;
  /** @param admit called once the sender is known; may refuse */
  receive(activity: Inbound, authorization: string, admit: () => void): Promise<InvokeResponse | undefined>;
}

export type DoorOptions = SupportBotOptions & AuthenticationOptions;

export function createDoor(options: DoorOptions): Door {
  const { turns, desk } = options;
  const adapter = new SupportAdapter(new ChannelAuthentication(options));
  const bot = new SupportBot({ turns, desk });
  return {
    adapter,
    receive: (activity, authorization, admit) =>
      adapter.receive(activity, authorization, (context) => {
        admit();
        return bot.run(context);
      }),
  };
}
