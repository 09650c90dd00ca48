/** Every flow, one line each: what the bot can talk about. */
export { answers } from './answers.ts';
export { details, intents } from './intents.ts';

import { contactSupport } from './contact-support.flow.ts';
import { greenTickMissing } from './green-tick-missing.flow.ts';
import { migrateButtonMissing } from './migrate-button-missing.flow.ts';
import { payment } from './payment.flow.ts';
import { register } from './register.flow.ts';
import { tiers } from './tiers.flow.ts';

export const flows = { register, migrateButtonMissing, greenTickMissing, tiers, payment, contactSupport };
