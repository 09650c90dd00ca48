import {
  type Activity,
  CloudAdapterBase,
  type ConversationReference,
  INVOKE_RESPONSE_KEY,
  type InvokeResponse,
  type ResourceResponse,
  TurnContext,
} from 'botbuilder';
import type { AuthenticateRequestResult, BotFrameworkAuthentication, ConnectorClient } from 'botframework-connector';
import type { Inbound } from './guard.ts';

/**
 * The SDK's cloud adapter without what a turn of ours does not need: no second validation, no clients built per turn, no
 * proxy around the context. `continueConversationAsync` and `createConversationAsync` are the SDK's own.
 */
export class SupportAdapter extends CloudAdapterBase {
  constructor(authentication: BotFrameworkAuthentication) {
    super(authentication);
  }

  /**
   * Authenticates and runs one turn.
   * @returns what the channel gets as its answer: the replies with `deliveryMode: 'expectReplies'`, the answer to an invoke
   * @throws Refusal 401 or 503
   */
  async receive(
    activity: Inbound,
    authorization: string,
    turn: (context: TurnContext) => Promise<void>,
  ): Promise<InvokeResponse | undefined> {
    const caller = await this.botFrameworkAuthentication.authenticateRequest(activity, authorization);
    if (caller.callerId !== undefined) activity.callerId = caller.callerId;
    const context = new TurnContext(this, activity);
    context.turnState.set(this.BotIdentityKey, caller.claimsIdentity);
    context.turnState.set(this.OAuthScopeKey, caller.audience);
    context.turnState.set(this.ConnectorFactoryKey, caller.connectorFactory);
    await turn(context);
    return answerOf(context);
  }

  override async sendActivities(context: TurnContext, activities: Partial<Activity>[]): Promise<ResourceResponse[]> {
    await this.#connect(context);
    return super.sendActivities(context, activities);
  }

  override async updateActivity(
    context: TurnContext,
    activity: Partial<Activity>,
  ): Promise<ResourceResponse | undefined> {
    await this.#connect(context);
    return (await super.updateActivity(context, activity)) ?? undefined;
  }

  override async deleteActivity(context: TurnContext, reference: Partial<ConversationReference>): Promise<void> {
    await this.#connect(context);
    return super.deleteActivity(context, reference);
  }

  async #connect(context: TurnContext): Promise<void> {
    if (context.turnState.get<ConnectorClient>(this.ConnectorClientKey)) return;
    const factory = context.turnState.get<AuthenticateRequestResult['connectorFactory']>(this.ConnectorFactoryKey);
    const connector = await factory?.create(
      context.activity.serviceUrl,
      context.turnState.get<string>(this.OAuthScopeKey),
    );
    if (connector) context.turnState.set(this.ConnectorClientKey, connector);
  }
}

function answerOf(context: TurnContext): InvokeResponse | undefined {
  const { type, deliveryMode } = context.activity;
  if (deliveryMode === 'expectReplies') return { status: 200, body: { activities: context.bufferedReplyActivities } };
  if (type !== 'invoke') return undefined;
  return context.turnState.get<Activity>(INVOKE_RESPONSE_KEY)?.value ?? { status: 501 };
}
