import { defineFlow } from '../src/flow/define-flow.ts';

const support = { flow: 'contactSupport', topic: 'migrateMissing' } as const;

/** Why the blue MIGRATE PRODUCTS button is not there: asked in the order B1, B2, B7, B3, B4; the first hit ends it (decision table B). */
export const migrateButtonMissing = defineFlow('migrateButtonMissing', {
  start: 'loginKnown',
  checks: {
    // What the walk-through has just heard is not asked again.
    loginKnown: { by: 'loginKnown', to: { known: 'rightTab', unknown: 'newAccount' } },
    hadCpsKnown: { by: 'hadCpsKnown', to: { known: 'oldEmailGiven', unknown: 'hadCps' } },
  },
  nodes: {
    newAccount: {
      says: ['F20'],
      choose: { yes: 'rightTab', no: { flow: 'register', at: 'mailArrived' }, other: 'somethingElse' },
      rows: { no: 'B1', other: 'B8' },
    },
    rightTab: {
      says: ['F22', 'F24'],
      choose: { yes: 'productsListed', no: 'openMyProducts', other: 'somethingElse' },
      rows: { no: 'B2', other: 'B8' },
    },
    openMyProducts: { says: ['F22', 'F24'], choose: { yes: 'pressButton', no: 'productsListed' } },
    pressButton: { says: ['F23', 'F24'], end: ['greenTickMissing'] },
    productsListed: {
      choose: { yes: 'maybeMigrated', no: 'hadCpsKnown', other: 'somethingElse' },
      rows: { yes: 'B7', other: 'B8' },
    },
    maybeMigrated: { inferred: true, choose: { none: { flow: 'greenTickMissing' }, some: support } },
    hadCps: {
      choose: { yes: 'oldEmailGiven', no: 'nothingToMigrate', other: 'somethingElse' },
      rows: { no: 'B3', other: 'B8' },
    },
    nothingToMigrate: { says: ['F22', 'F23'], inferred: true, end: ['greenTickMissing', 'tiers'] },
    oldEmailGiven: {
      says: ['F23'],
      choose: { yes: 'certain', no: 'notGiven', unsure: 'notGivenUnsure', other: 'somethingElse' },
      rows: { no: 'B4', unsure: 'B5', yes: 'B6', other: 'B8' },
    },
    // Never a promise that support can add the button afterwards: F26 says "or contact", not what they will do.
    notGiven: { says: ['F25', 'F26'], inferred: true, choose: { registerAgain: 'registerAgain', human: support } },
    notGivenUnsure: {
      says: ['F25', 'F26'],
      inferred: true,
      choose: { registerAgain: 'registerAgain', human: support },
    },
    registerAgain: { says: ['F22', 'F26'], end: ['greenTickMissing', 'tiers'] },
    certain: { says: ['F25', 'F26'], inferred: true, next: support },
    somethingElse: { says: ['F26'], next: support },
  },
});
