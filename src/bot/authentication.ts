import {
  type Activity,
  CallerIdConstants,
  ConfigurationBotFrameworkAuthentication,
  type ConfigurationBotFrameworkAuthenticationOptions,
} from 'botbuilder';
import {
  type AuthenticateRequestResult,
  AuthenticationConstants,
  ClaimsIdentity,
  type ConnectorFactory,
  type UserTokenClient,
} from 'botframework-connector';
import { compactVerify } from 'jose';
import type { Config } from '../config.ts';
import { createBounded } from './bounded.ts';
import { guardedConnectors } from './connectors.ts';
import { unauthorized } from './guard.ts';
import { mayServe } from './service-hosts.ts';
import { createSigningKeys, type SigningKey } from './signing-keys.ts';
import { plausibleToken } from './token-check.ts';

export interface AuthenticationOptions {
  config: Pick<Config, 'appId' | 'appPassword' | 'appType' | 'appTenantId'>;
  now: () => number;
  /** Which addresses may get the bot's token. */
  allows?: (serviceUrl: string) => boolean;
  /** Addresses of the sign-in service, for tests and other clouds; all of them or none. */
  cloud?: ConfigurationBotFrameworkAuthenticationOptions;
  /** Milliseconds that the sign-in service has to answer. */
  patience?: number;
}

/** Who sends, as far as the token alone tells. */
interface Caller extends Pick<SigningKey, 'endorsements'> {
  serviceUrl: string;
  /** Seconds since 1970. */
  expires: number;
  result: AuthenticateRequestResult;
}

/**
 * The SDK's authentication with what it leaves open closed. It would look at a token only together with the body, take tokens
 * without an end, follow some elsewhere, and ask for the keys again with every token while they are away. So tokens are verified
 * here, the bot being one of the public cloud, and connectors go to known hosts only and repeat nothing by themselves.
 */
export class ChannelAuthentication extends ConfigurationBotFrameworkAuthentication {
  #options: AuthenticationOptions;
  #allows: (serviceUrl: string) => boolean;
  #keyOf: ReturnType<typeof createSigningKeys>;
  /** By what stands in `Authorization`: what was found good is not verified again while it holds. */
  #verified = createBounded<Caller>(1000);
  #anybody: Promise<AuthenticateRequestResult> | undefined;
  #connectors = new Map<string, ConnectorFactory>();
  #userTokens: Promise<UserTokenClient> | undefined;

  constructor(options: AuthenticationOptions) {
    const { appId, appPassword, appType, appTenantId } = options.config;
    super({
      MicrosoftAppId: appId,
      MicrosoftAppPassword: appPassword,
      MicrosoftAppType: appType,
      MicrosoftAppTenantId: appTenantId,
      ...options.cloud,
    });
    this.#options = options;
    this.#allows = options.allows ?? ((serviceUrl) => mayServe(serviceUrl, appId !== ''));
    const { ToBotFromChannelOpenIdMetadataUrl: other } = options.cloud ?? {};
    const metadataUrl = other ?? AuthenticationConstants.ToBotFromChannelOpenIdMetadataUrl;
    this.#keyOf = createSigningKeys({ metadataUrl, now: options.now, patience: options.patience ?? 10_000 });
  }

  /**
   * Looks at everything of a token for which the body is not needed.
   * @throws Refusal 401 without detail, 503 when the keys cannot be had
   */
  async identify(authorization: string): Promise<Caller> {
    const { config, now } = this.#options;
    const seconds = now() / 1000;
    const known = this.#verified.get(authorization);
    if (known && seconds < known.expires) return known;
    const token = plausibleToken(authorization, { appId: config.appId, now: seconds });
    if (!token || !this.#allows(token.serviceUrl)) throw unauthorized;
    const signing = await this.#keyOf(token.kid);
    if (!signing) throw unauthorized;
    await compactVerify(token.token, signing.key, { algorithms: ['RS256'] }).catch(() => {
      throw unauthorized;
    });
    const claims = Object.entries(token.claims).map(([type, value]) => ({ type, value: value as string }));
    const claimsIdentity = new ClaimsIdentity(claims, true);
    const caller = {
      serviceUrl: token.serviceUrl,
      expires: token.expires,
      endorsements: signing.endorsements,
      result: {
        audience: AuthenticationConstants.ToChannelFromBotOAuthScope,
        callerId: CallerIdConstants.PublicAzureChannel,
        claimsIdentity,
        connectorFactory: this.createConnectorFactory(claimsIdentity),
      },
    };
    this.#verified.set(authorization, caller);
    return caller;
  }

  /** @throws Refusal as `identify`, and 401 when the token is not for this service, or its key not for this channel */
  override async authenticateRequest(activity: Activity, authorization: string): Promise<AuthenticateRequestResult> {
    if (this.#options.config.appId === '') {
      this.#anybody ??= super.authenticateRequest(activity, authorization).then((result) => ({
        ...result,
        connectorFactory: this.createConnectorFactory(result.claimsIdentity),
      }));
      return this.#anybody;
    }
    const { serviceUrl, endorsements, result } = await this.identify(authorization);
    const endorsed = endorsements.length === 0 || endorsements.includes(activity.channelId);
    if (serviceUrl !== activity.serviceUrl || !endorsed) throw unauthorized;
    return result;
  }

  override createConnectorFactory(identity: ClaimsIdentity): ConnectorFactory {
    const audience = identity.getClaimValue('aud') ?? '';
    const known =
      this.#connectors.get(audience) ?? guardedConnectors(super.createConnectorFactory(identity), this.#allows);
    this.#connectors.set(audience, known);
    return known;
  }

  /** Signs customers in, which this bot never does; the SDK wants one for every proactive message. */
  override createUserTokenClient(identity: ClaimsIdentity): Promise<UserTokenClient> {
    this.#userTokens ??= super.createUserTokenClient(identity);
    return this.#userTokens;
  }
}
