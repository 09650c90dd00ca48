/** What passes between the bot and Web Chat, as Web Chat's store sees it (Redux actions). */

/**
 * @param {{ webChat: any, language(): string, onConnected(): void, onAnswer(language: string | undefined): void, onAgent?(id: string): void,
 *   onSent?(): void, onArrived?(): void, onErased?(text: string): void, prepare?(activity: any): any }} options
 * `onAnswer` is called for each message of the bot, also those of an earlier visit; `onAgent` for each one that an agent wrote, and for
 * the question of a flow into which an agent has sent the customer; `onSent` for what the customer sends, and `onArrived` for everything that comes, the customer's own words among it; `onErased` for the
 * last message of a conversation; `prepare` may change a message of the bot before it is shown.
 */
export function createChatStore(options) {
  const {
    webChat,
    language,
    onConnected,
    onAnswer,
    onAgent,
    onSent,
    onArrived,
    onErased,
    prepare = (shown) => shown,
  } = options;
  return webChat.createStore({}, ({ dispatch }) => (next) => (action) => {
    if (action.type === 'DIRECT_LINE/CONNECT_FULFILLED') {
      const result = next(action);
      // The bot speaks first; after a return it knows from its own state that it has greeted already.
      dispatch({ type: 'WEB_CHAT/SEND_EVENT', payload: { name: 'webchat/join', value: { language: language() } } });
      onConnected();
      return result;
    }
    if (action.type === 'DIRECT_LINE/POST_ACTIVITY' && action.payload.activity.type === 'message') onSent?.();
    if (action.type === 'DIRECT_LINE/INCOMING_ACTIVITY') {
      onArrived?.();
      const { activity } = action.payload;
      if (activity.type === 'message' && activity.from?.role === 'bot') {
        const { agent, ticket, flow, language: answered, receipt } = activity.channelData?.support ?? {};
        if (agent || (ticket && flow)) onAgent?.(activity.id);
        onAnswer(answered);
        if (receipt) onErased?.(activity.text);
        const shown = prepare(withoutCommands(activity));
        return next({ ...action, payload: { ...action.payload, activity: shown } });
      }
    }
    return next(action);
  });
}

/** The bar above the chat has the commands already: only the answers to the question stay below it. */
export function withoutCommands(activity) {
  const actions = activity.suggestedActions?.actions;
  if (!actions) return activity;
  const kept = actions.filter((action) => action.channelData?.support !== 'command');
  return { ...activity, suggestedActions: { ...activity.suggestedActions, actions: kept } };
}
