/** The core's replies as Bot Framework activities, in the customer's language. */
import type { Activity, Attachment } from 'botbuilder';
import { formLink } from '../conversation/node-reply.ts';
import type { Reply } from '../conversation/state.ts';
import { render } from '../language/render.ts';
import type { Texts } from '../language/texts.ts';

export function toActivity(reply: Reply, language: string, texts: Texts): Partial<Activity> {
  const say = (part: Parameters<typeof render>[0]) => render(part, language, texts);
  const { flow, node, outcome, intent, ticket } = reply;
  return {
    type: 'message',
    text: reply.parts.map(say).filter(Boolean).join('\n\n'),
    textFormat: 'markdown',
    locale: language,
    inputHint: reply.choices.length ? 'expectingInput' : 'acceptingInput',
    ...(reply.link ? { attachments: [formCard(say({ key: 'bot:openForm' }))] } : {}),
    ...(reply.choices.length
      ? {
          suggestedActions: {
            to: [],
            actions: reply.choices.map((choice) => {
              const label = render(choice.part, language, texts, 'plain');
              const command = choice.command ? { channelData: { support: 'command' } } : {};
              return { type: 'imBack', title: label, value: label, ...command };
            }),
          },
        }
      : {}),
    channelData: {
      support: {
        language,
        flow,
        node,
        ...(outcome ? { outcome } : {}),
        ...(intent ? { intent } : {}),
        ...(ticket ? { ticket } : {}),
      },
    },
  };
}

const formCard = (title: string): Attachment => ({
  contentType: 'application/vnd.microsoft.card.hero',
  content: { buttons: [{ type: 'openUrl', title, value: formLink }] },
});
