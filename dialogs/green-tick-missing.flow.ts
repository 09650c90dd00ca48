import { defineFlow } from '../src/flow/define-flow.ts';

const support = { flow: 'contactSupport', topic: 'tickMissing' } as const;

/** Why a product has no green tick (decision table C). */
export const greenTickMissing = defineFlow('greenTickMissing', {
  start: 'which',
  nodes: {
    which: {
      choose: {
        some: 'viewProduct',
        all: 'viewProduct',
        notStarted: 'notStarted',
        noPoints: 'noPoints',
        sumWrong: 'sumWrong',
      },
      rows: { notStarted: 'C1', noPoints: 'C8', sumWrong: 'C9' },
    },
    notStarted: {
      says: ['F22', 'F23', 'F26'],
      choose: { migrate: { flow: 'migrateButtonMissing' }, byHand: { flow: 'register', at: 'registerByHand' } },
    },
    viewProduct: {
      says: ['F29', 'F30', 'F31'],
      fromSentence: true,
      choose: {
        serialNumber: 'serialNumber',
        purchaseDate: 'purchaseDate',
        purchaseCountry: 'purchaseCountry',
        dealer: 'dealer',
        otherField: 'otherField',
        nothingEmpty: 'saved',
      },
      rows: { serialNumber: 'C2', purchaseDate: 'C3', purchaseCountry: 'C4', dealer: 'C5', otherField: 'C6' },
    },
    // F32 would by its grammar cover the serial number too, but that can be read off the product: no guess here.
    serialNumber: {
      says: ['F31'],
      inferred: true,
      choose: { filled: 'saved', cannotRead: support, refused: support },
    },
    purchaseDate: { says: ['F31', 'F32'], choose: { filled: 'saved' } },
    purchaseCountry: { says: ['F31', 'F32'], choose: { filled: 'saved' } },
    dealer: { says: ['F31', 'F32'], choose: { filled: 'saved', notInList: support } },
    otherField: { says: ['F30', 'F31'], choose: { filled: 'saved', unclear: support } },
    saved: { choose: { yes: 'tickThere', another: 'viewProduct', no: 'reload' } },
    reload: { inferred: true, choose: { yes: 'tickThere', no: 'stillMissing' }, rows: { no: 'C7' } },
    stillMissing: { says: ['F29'], next: support },
    noPoints: { choose: { checkDetails: 'viewProduct', insist: support, leave: 'leftOpen' } },
    sumWrong: { says: ['F28'], next: { flow: 'contactSupport', topic: 'pointsWrong' } },
    tickThere: { says: ['F28'], end: ['tiers'] },
    leftOpen: { end: ['tiers'] },
  },
});
