import { defineAnswers } from '../src/flow/define-flow.ts';

/** Single facts that somebody may simply ask for, also in the middle of a flow: answered, then the open question is put again. */
export const answers = defineAnswers({
  link: { says: ['F4', 'F5', 'F12'], link: 'form', offers: ['register'] },
  documents: { says: ['F6', 'F7', 'F8', 'F9', 'F10', 'F11'], offers: ['register'] },
  oldEmail: { says: ['F12', 'F25'], offers: ['migrateButtonMissing'] },
  validationTime: { says: ['F13', 'F14', 'F15', 'F16'], offers: ['register'] },
  password: { says: ['F15', 'F16', 'F18', 'F20'], offers: ['register'] },
  registerProducts: { says: ['F22', 'F23', 'F24'], offers: ['migrateButtonMissing', 'greenTickMissing'] },
  details: { says: ['F30', 'F31', 'F32'], inferred: true, offers: ['greenTickMissing'] },
  join: { says: ['F34', 'F35', 'F36'], offers: ['tiers'] },
  limits: { says: ['F35', 'F37', 'F38'], offers: ['tiers'] },
  memberNumber: { says: ['F47'] },
  usableAtOnce: { says: ['F46'], offers: ['payment'] },
  faq: { says: ['F48'] },
  everyProductPoints: { offers: ['greenTickMissing'] },
  contact: { says: ['F18', 'F26'], offers: ['contactSupport'] },
  notInGuide: { row: 'G1', offers: ['contactSupport'] },
});
