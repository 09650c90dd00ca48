/** The core's replies as Bot Framework activities, in the customer's language. */
import type { Activity, Attachment } from 'botbuilder';
import { formLink } from '../conversation/node-reply.ts';
import type { Reply } from '../conversation/state.ts';
import { literal, render } from '../language/render.ts';
import type { Texts } from '../language/texts.ts';

export function toActivity(reply: Reply, language: string, texts: Texts): Partial<Activity> {
  const say = (part: Parameters<typeof render>[0]) => render(part, language, texts);
  const { flow, node, outcome, intent, ticket, receipt, from: agent, typed } = reply;
  const said = reply.parts.map(say).filter(Boolean).join('\n\n');
  return {
    type: 'message',
    // Who writes stands in the text: not every client shows the sender's name.
    text: typed === undefined ? (agent ? `**${literal(agent)}:** ${said}` : said) : `${agent}: ${typed}`,
    textFormat: typed === undefined ? 'markdown' : 'plain',
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
        ...(reply.export ? { export: true } : {}),
        ...(receipt ? { receipt } : {}),
        ...(agent ? { agent } : {}),
      },
    },
  };
}

const formCard = (title: string): Attachment => ({
  contentType: 'application/vnd.microsoft.card.hero',
  content: { buttons: [{ type: 'openUrl', title, value: formLink }] },
});
