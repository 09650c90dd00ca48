/** What Teams tells of something that was written or pressed, besides the words. */
import type { Activity } from 'botbuilder';

interface TeamsData {
  tenant?: { id?: string };
  team?: { id?: string };
  channel?: { id?: string };
}
export const teamsData = ({ channelData }: Partial<Activity>): TeamsData => (channelData ?? {}) as TeamsData;

export const isPersonal = ({ conversation }: Activity): boolean => conversation.conversationType === 'personal';
export const isToBot = (activity: Activity): boolean => mentions(activity).includes(activity.recipient.id);
/** To a colleague, or to a whole channel. */
export const isToOthers = (activity: Activity): boolean =>
  mentions(activity).some((mentioned) => mentioned !== activity.recipient.id);

function mentions({ entities = [] }: Activity): string[] {
  return entities.flatMap((entity) => {
    const { type, mentioned } = entity as { type: string; mentioned?: { id?: string } };
    return type === 'mention' && mentioned?.id ? [mentioned.id] : [];
  });
}

/**
 * Whether a file or a picture came with the words. Formatted words come once more as `text/html`, in which a file of a channel
 * leaves a mark only; a card is what Teams shows of a link.
 */
export const bringsFile = ({ attachments = [] }: Activity): boolean =>
  attachments.some(({ contentType = '', content }) => {
    if (contentType.startsWith('application/vnd.microsoft.card.')) return false;
    return contentType !== 'text/html' || fileInHtml.test(typeof content === 'string' ? content : '');
  });

/** Older clients write an emoji as a picture. */
const fileInHtml = /<attachment\b|<img\b(?![^>]*schema\.skype\.com\/Emoji)/i;
