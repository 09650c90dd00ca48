import { defineFlow } from '../src/flow/define-flow.ts';

/** Which levels a number of points opens (decision table D; what counts as a number: its table of inputs). */
export const tiers = defineFlow('tiers', {
  start: 'points',
  checks: {
    // 499|500, 1999|2000 and 2500|2501 are the boundaries; 2000 is an example, no threshold (F37).
    level: {
      by: 'levelOfPoints',
      to: {
        none: 'noPoints',
        below: 'below',
        invited: 'invited',
        some: 'someLevels',
        anyOfThree: 'anyOfThree',
        corporate: 'corporate',
      },
      rows: {
        none: 'D0',
        below: ['D1', 'D499'],
        invited: 'D500',
        some: ['D501', 'D1999'],
        anyOfThree: ['D2000', 'D2001', 'D2499', 'D2500'],
        corporate: ['D2501', 'Dmore'],
      },
    },
  },
  nodes: {
    points: { step: 'join', ask: 'points', next: 'level' },
    noPoints: {
      retell: 'points',
      says: ['F28', 'F34'],
      choose: { checkTicks: { flow: 'greenTickMissing' }, fine: 'noted' },
    },
    below: { retell: 'points', says: ['F34'], choose: { checkTicks: { flow: 'greenTickMissing' }, fine: 'noted' } },
    invited: { says: ['F34', 'F35', 'F36'], inferred: true, end: ['payment'] },
    someLevels: { says: ['F34', 'F35', 'F36'], end: ['payment'] },
    anyOfThree: { says: ['F37', 'F38'], end: ['payment'] },
    corporate: { says: ['F38', 'F39'], end: ['payment'] },
    noted: { says: ['F34'], end: [] },
  },
});
