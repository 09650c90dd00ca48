import { defineDetails, defineIntents } from '../src/flow/define-flow.ts';

/** What the bot does when it has understood what somebody wants. */
export const intents = defineIntents({
  'register-account': { flow: 'register' },
  documents: { answer: 'documents' },
  'old-email': { answer: 'oldEmail' },
  'validation-wait': { answer: 'validationTime' },
  password: { answer: 'password' },
  'register-products': { answer: 'registerProducts' },
  'migrate-button-missing': { flow: 'migrateButtonMissing' },
  'green-tick-missing': { flow: 'greenTickMissing' },
  'product-details-forgotten': { answer: 'details' },
  'join-cps': { answer: 'join' },
  tiers: { flow: 'tiers' },
  'payment-method': { flow: 'payment' },
  'payment-due': { flow: 'payment' },
  'member-number-changed': { answer: 'memberNumber' },
  'talk-to-human': { flow: 'contactSupport' },
  'start-over': { command: 'startOver' },
  'change-language': { command: 'language' },
  cancel: { command: 'cancel' },
  greeting: { command: 'hello' },
  thanks: { command: 'thanks' },
});

/** What the bot does on a wish that certain words tell, whatever intent they would pass for. */
export const details = defineDetails({
  link: { answer: 'link' },
  faq: { answer: 'faq' },
  usableAtOnce: { answer: 'usableAtOnce' },
  everyProductPoints: { answer: 'everyProductPoints' },
  contact: { answer: 'contact' },
  price: { answer: 'notInGuide' },
  moneyProblem: { flow: 'payment', at: 'moneyProblem' },
  refusal: { flow: 'register', at: 'refusal' },
  passwordFails: { flow: 'register', at: 'mailArrived' },
  noPasswordMail: { flow: 'register', at: 'mailArrived' },
  applied: { flow: 'register', at: 'mailArrived' },
});
