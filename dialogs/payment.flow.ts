import { defineFlow } from '../src/flow/define-flow.ts';

const support = { flow: 'contactSupport', topic: 'payment' } as const;

/** When and how the membership is paid (decision table E). "On" the due date is the card's, "by" it the transfer's. */
export const payment = defineFlow('payment', {
  start: 'method',
  nodes: {
    method: {
      row: 'E1',
      step: 'payment',
      fromSentence: true,
      says: ['F40', 'F41'],
      choose: { card: 'card', transfer: 'transfer', compare: 'compare', otherMethod: 'otherMethod' },
      rows: { otherMethod: 'E8' },
    },
    card: { row: ['E2', 'E3', 'E5', 'E7'], says: ['F43', 'F44', 'F46'], next: 'cardMore' },
    cardMore: {
      retell: 'card',
      choose: {
        enough: 'finished',
        thirtyDays: 'thirtyCard',
        invoiceMissing: 'invoiceMissing',
        overdue: 'moneyProblem',
        problem: 'moneyProblem',
      },
      rows: { thirtyDays: 'E4', invoiceMissing: 'E10', overdue: 'E11', problem: 'E9' },
    },
    thirtyCard: { says: ['F44'], next: 'cardMore' },
    // The surcharge stands here and in the comparison's transfer line only (F42).
    transfer: { row: ['E2', 'E3', 'E5', 'E6', 'E7'], says: ['F42', 'F43', 'F45', 'F46'], next: 'transferMore' },
    transferMore: {
      retell: 'transfer',
      choose: {
        enough: 'finished',
        thirtyDays: 'thirtyTransfer',
        invoiceMissing: 'invoiceMissing',
        overdue: 'moneyProblem',
        problem: 'moneyProblem',
      },
      rows: { thirtyDays: 'E4', invoiceMissing: 'E10', overdue: 'E11', problem: 'E9' },
    },
    thirtyTransfer: { says: ['F45'], next: 'transferMore' },
    otherMethod: { says: ['F41'], next: 'method' },
    compare: {
      says: ['F42', 'F43', 'F44', 'F45', 'F46'],
      choose: { card: 'finished', transfer: 'finished', later: 'finished' },
    },
    invoiceMissing: { says: ['F43'], choose: { today: 'waitForInvoice', earlier: 'invoiceLate' } },
    waitForInvoice: { says: ['F43'], inferred: true, end: [] },
    invoiceLate: { says: ['F43'], next: support },
    moneyProblem: { next: support },
    finished: { row: 'E12', says: ['F47'], end: [] },
  },
});
