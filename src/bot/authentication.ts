import {
  type Activity,
  ConfigurationBotFrameworkAuthentication,
  type ConfigurationBotFrameworkAuthenticationOptions,
} from 'botbuilder';
import type {
  AuthenticateRequestResult,
  ClaimsIdentity,
  ConnectorFactory,
  UserTokenClient,
} from 'botframework-connector';
import type { Config } from '../config.ts';
import { Refusal } from '../http/refusal.ts';
import { createBounded } from './bounded.ts';
import { guardedConnectors } from './connectors.ts';
import { unauthorized } from './guard.ts';
import { mayServe } from './service-hosts.ts';
import { plausibleToken } from './token-check.ts';
import { withTimeout } from './with-timeout.ts';

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

/**
 * The SDK's authentication with what it leaves open closed: tokens without expiry, for other addresses or from elsewhere are
 * refused before it, a hanging key server ends in a 503, and connectors go to known hosts only and repeat nothing by themselves.
 * A token that was found good is not verified again while it holds.
 */
export class ChannelAuthentication extends ConfigurationBotFrameworkAuthentication {
  #options: AuthenticationOptions;
  #allows: (serviceUrl: string) => boolean;
  #verified = createBounded<AuthenticateRequestResult>(1000);
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
  }

  /** @throws Refusal 401 without detail, 503 when the keys cannot be had */
  override async authenticateRequest(activity: Activity, authorization: string): Promise<AuthenticateRequestResult> {
    const { config, now, patience = 10_000 } = this.#options;
    if (config.appId === '') return this.#once('', () => super.authenticateRequest(activity, authorization));
    const seconds = now() / 1000;
    const plausible = plausibleToken(authorization, {
      appId: config.appId,
      serviceUrl: activity.serviceUrl,
      now: seconds,
    });
    if (!plausible || !this.#allows(activity.serviceUrl)) throw unauthorized;
    // Keys are endorsed for channels, so a token that is good for one may not be for another.
    return this.#once(`${activity.channelId} ${plausible.token}`, () =>
      withTimeout(super.authenticateRequest(activity, authorization), patience).catch((error: unknown) => {
        throw isOurFault(error) ? keysMissing : unauthorized;
      }),
    );
  }

  async #once(key: string, verify: () => Promise<AuthenticateRequestResult>): Promise<AuthenticateRequestResult> {
    const known = this.#verified.get(key);
    if (known) return known;
    const verified = await verify();
    const result = { ...verified, connectorFactory: this.createConnectorFactory(verified.claimsIdentity) };
    this.#verified.set(key, result);
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

const keysMissing = new Refusal(503, 'TryAgain', 'Tokens cannot be verified at the moment.', { 'retry-after': '10' });

/** The sign-in service could not be reached, or gave no keys: the token may be a good one. */
function isOurFault(error: unknown): boolean {
  const { name, statusCode } = (error ?? {}) as { name?: unknown; statusCode?: unknown };
  return name === 'TimeoutError' || name === 'FetchError' || statusCode === 500;
}
