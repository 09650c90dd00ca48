import type { InvokeResponse } from 'botbuilder';
import { AuthenticationConstants, ClaimsIdentity, type ConnectorClient } from 'botframework-connector';
import { SupportAdapter } from './adapter.ts';
import { type AuthenticationOptions, ChannelAuthentication } from './authentication.ts';
import type { Inbound } from './guard.ts';
import { SupportBot, type SupportBotOptions } from './support-bot.ts';

/** Everything that needs the SDK, in one module to be loaded when it is wanted. */
export interface Door {
  adapter: SupportAdapter;
  /** For speaking first: a client of a channel's service, with the bot's own token. */
  connect(serviceUrl: string): Promise<ConnectorClient>;
  /** Looks at the token before anything else of a request is read. @throws Refusal 401 or 503 */
  knock(authorization: string): Promise<void>;
  /** @param admit called once the sender is known; may refuse */
  receive(activity: Inbound, authorization: string, admit: () => void): Promise<InvokeResponse | undefined>;
}

export type DoorOptions = SupportBotOptions & AuthenticationOptions;

export function createDoor(options: DoorOptions): Door {
  const { turns, desk } = options;
  const authentication = new ChannelAuthentication(options);
  const adapter = new SupportAdapter(authentication);
  const bot = new SupportBot({ turns, desk });
  return {
    adapter,
    connect(serviceUrl) {
      const { appId } = options.config;
      const claims = [AuthenticationConstants.AudienceClaim, AuthenticationConstants.AppIdClaim];
      const self = new ClaimsIdentity(claims.map((type) => ({ type, value: appId })));
      return authentication.createConnectorFactory(self).create(serviceUrl);
    },
    knock: async (authorization) => void (await authentication.identify(authorization)),
    receive: (activity, authorization, admit) =>
      adapter.receive(activity, authorization, (context) => {
        admit();
        return bot.run(context);
      }),
  };
}
