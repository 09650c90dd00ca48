import type { Activity, Attachment } from 'botbuilder';

/** Teams repeats a message's text as HTML, and cards are no files. */
const isFile = ({ contentType = '' }: Partial<Attachment>) =>
  !/^(text\/html$|application\/vnd\.microsoft\.card\.)/.test(contentType);

/**
 * Parts a customer's files from what the customer says (rule G2: documents are never accepted). `said` is undefined when
 * nothing else was sent; `refused` tells the bot, under an id of its own so that a repeated delivery is one.
 */
export function withoutFiles(activity: Partial<Activity>): {
  said: Partial<Activity> | undefined;
  refused: Partial<Activity> | undefined;
} {
  const { attachments, ...said } = activity;
  if (!attachments?.some(isFile)) return { said, refused: undefined };
  const { from, recipient, conversation, channelId, serviceUrl, locale, timestamp, id } = activity;
  const about = {
    from,
    recipient,
    conversation,
    channelId,
    serviceUrl,
    locale,
    timestamp,
    ...(id ? { id: `${id}:files` } : {}),
  };
  return {
    said: said.text?.trim() || said.value ? said : undefined,
    refused: { ...about, type: 'event', name: 'support/uploadRefused' } as Partial<Activity>,
  };
}
