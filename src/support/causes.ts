/** What a request can turn out to have been about, by its topic: counted, so that texts and flows can be mended where they fail. */
import type { Topic } from '../flow/define-flow.ts';

const everywhere = ['answered', 'canonSide', 'duplicate', 'noReply', 'other'] as const;

const forTopic: Record<Topic, readonly string[]> = {
  noPasswordMail: ['mailInSpam', 'wrongAddress', 'validationPending', 'documentsRefused'],
  passwordFails: ['resetTooEarly', 'wrongAddress', 'wrongSite'],
  migrateMissing: ['oldEmailMissing', 'wrongTab', 'byHand'],
  tickMissing: ['detailWrong', 'otherOwner', 'notListed'],
  pointsWrong: ['productMissing', 'detailWrong', 'otherOwner'],
  noInvitation: ['tooFewPoints', 'switchOff', 'validationPending'],
  tierQuestion: ['tooFewPoints', 'switchOff'],
  payment: ['cardRefused', 'invoiceMissing', 'transferPending'],
  documentQuestion: ['documentsRefused', 'documentKind'],
  other: ['outOfScope'],
};

export function causesOf(topic: Topic): readonly string[] {
  return [...forTopic[topic], ...everywhere];
}
