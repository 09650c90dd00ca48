import { defineFlow } from '../src/flow/define-flow.ts';

/** The walk-through: from the papers to the paid membership (decision table A). */
export const register = defineFlow('register', {
  start: 'start',
  checks: {
    // The calendar of decision table G: overdue only from the working day after the due date.
    due: { by: 'due', to: { notYet: 'wait', overdue: 'lookedEverywhere' }, rows: { notYet: 'A7', overdue: 'A7b' } },
    dateKnown: { by: 'dateKnown', to: { known: 'due', unknown: 'sentOn' } },
    invited: { by: 'invited', to: { below: 'notYetInvited', yes: 'invitation' } },
  },
  nodes: {
    start: {
      choose: { newAccount: 'overview', applied: 'mailArrived', haveAccount: 'login' },
      rows: { newAccount: 'A1', haveAccount: 'A1b', applied: 'A1c' },
    },
    overview: { says: ['F1', 'F2', 'F3'], next: 'authorised' },

    // Part 1: the business account
    authorised: {
      step: 'documents',
      says: ['F7'],
      choose: { yes: 'vat', noOrUnsure: 'needAuthorised' },
      rows: { yes: 'A2', noOrUnsure: 'A2b' },
    },
    needAuthorised: { step: 'documents', says: ['F7'], choose: { settled: 'vat', stop: 'comeBack' } },
    vat: {
      step: 'documents',
      choose: { yes: 'documentsVat', no: 'documentsOther', unknown: 'whatVat', privatePerson: 'notACompany' },
      rows: { yes: 'A3', no: 'A3b', unknown: 'A3c', privatePerson: 'A3d' },
    },
    whatVat: {
      step: 'documents',
      inferred: true,
      choose: { yes: 'documentsVat', no: 'documentsOther', unknown: 'vatUnknown' },
    },
    vatUnknown: {
      step: 'documents',
      choose: { settled: 'vat', human: { flow: 'contactSupport', topic: 'documentQuestion' }, stop: 'comeBack' },
    },
    notACompany: {
      step: 'documents',
      says: ['F6', 'F8'],
      choose: { human: { flow: 'contactSupport', topic: 'documentQuestion' }, company: 'vat', stop: 'comeBack' },
    },
    documentsVat: {
      step: 'documents',
      says: ['F6'],
      choose: { ready: 'hadCps', question: { flow: 'contactSupport', topic: 'documentQuestion', back: 'hadCps' } },
    },
    documentsOther: {
      step: 'documents',
      says: ['F8', 'F9', 'F10', 'F11'],
      choose: { ready: 'hadCps', question: { flow: 'contactSupport', topic: 'documentQuestion', back: 'hadCps' } },
    },
    // Before the link: nothing in the guide tells how to add the old address afterwards (order trap of table A).
    hadCps: {
      step: 'oldEmail',
      choose: { yes: 'enterOldEmail', no: 'noOldEmail', unsure: 'searchMail', noMailbox: 'enterAnyway' },
      rows: { yes: 'A4', no: 'A4b', unsure: 'A4c', noMailbox: 'A4d' },
    },
    enterOldEmail: { step: 'oldEmail', says: ['F12', 'F23', 'F25'], choose: { next: 'apply' } },
    noOldEmail: { step: 'oldEmail', says: ['F22', 'F23'], choose: { next: 'apply' } },
    searchMail: { step: 'oldEmail', says: ['F12'], inferred: true, choose: { next: 'apply' } },
    enterAnyway: {
      step: 'oldEmail',
      says: ['F12'],
      inferred: true,
      choose: { next: 'apply', human: { flow: 'contactSupport', topic: 'other', back: 'apply' } },
    },
    apply: {
      step: 'form',
      row: 'A5',
      says: ['F4', 'F5', 'F6', 'F8'],
      link: 'form',
      fromSentence: true,
      choose: { sent: 'sentOn', problem: 'formError', later: 'comeBack' },
      rows: { sent: 'A6', problem: 'A6b' },
    },
    formError: {
      step: 'form',
      choose: { human: { flow: 'contactSupport', topic: 'documentQuestion' }, again: 'apply' },
    },
    sentOn: {
      step: 'waiting',
      ask: 'pastDate',
      choose: { today: 'dateUnderstood', yesterday: 'dateUnderstood', unknown: 'daysPassed' },
      means: { today: 'today', yesterday: 'yesterday' },
      next: 'dateUnderstood',
    },
    dateUnderstood: { next: 'country' },
    country: {
      step: 'waiting',
      ask: 'country',
      choose: { estonia: 'due', latvia: 'due', skip: 'due' },
      means: { estonia: 'EE', latvia: 'LV' },
      next: 'due',
    },
    daysPassed: { step: 'waiting', says: ['F14'], choose: { yes: 'lookedEverywhere', no: 'waitNoDate' } },
    wait: {
      step: 'waiting',
      says: ['F13', 'F14', 'F15', 'F16'],
      inferred: true,
      choose: { mailHere: 'setPassword', notYet: 'due', refusal: 'refusal', later: 'comeBack' },
      rows: { mailHere: 'A7c' },
    },
    waitNoDate: {
      step: 'waiting',
      row: 'A7',
      says: ['F13', 'F14', 'F15', 'F16'],
      inferred: true,
      choose: { mailHere: 'setPassword', notYet: 'lookedEverywhere', refusal: 'refusal', later: 'comeBack' },
      rows: { mailHere: 'A7c', notYet: 'A7b' },
    },
    comeBack: { end: [] },
    mailArrived: {
      step: 'waiting',
      says: ['F18'],
      also: { yes: 'mailHere', no: 'notYet' },
      choose: { yes: 'setPassword', no: 'dateKnown', refusal: 'refusal' },
      rows: { yes: 'A7c', refusal: 'A8c' },
    },
    lookedEverywhere: {
      step: 'waiting',
      says: ['F14', 'F18'],
      choose: { nothing: 'noPasswordMail', notLooked: 'lookFirst', found: 'setPassword', refusal: 'refusal' },
      rows: { nothing: 'A8b', notLooked: 'A8', refusal: 'A8c' },
    },
    lookFirst: {
      step: 'waiting',
      inferred: true,
      choose: { found: 'setPassword', nothing: 'noPasswordMail', later: 'comeBack' },
    },
    noPasswordMail: {
      says: ['F14', 'F15', 'F26'],
      next: { flow: 'contactSupport', topic: 'noPasswordMail' },
    },
    refusal: { row: 'A8c', next: { flow: 'contactSupport', topic: 'documentQuestion' } },
    setPassword: {
      step: 'password',
      says: ['F18'],
      choose: { worked: 'login', failed: 'resetOnce' },
      rows: { worked: 'A9', failed: 'A9b' },
    },
    // Only now: F16 forbids it before the e-mail, not after.
    resetOnce: {
      step: 'password',
      says: ['F16', 'F18'],
      inferred: true,
      choose: { worked: 'login', failed: { flow: 'contactSupport', topic: 'passwordFails' } },
    },

    // Part 2: the CPS membership
    login: {
      step: 'products',
      says: ['F20'],
      choose: { yes: 'myProducts', neverGotMail: 'dateKnown', wrongPassword: 'resetOnce', oldLogin: 'newLogin' },
      rows: { yes: 'A10', neverGotMail: 'A10b', wrongPassword: 'A10c', oldLogin: 'A10d' },
    },
    newLogin: { step: 'products', inferred: true, choose: { yes: 'myProducts', failed: 'resetOnce' } },
    myProducts: {
      step: 'products',
      says: ['F22', 'F23'],
      choose: { both: 'migrate', otherwise: 'registerByHand' },
      rows: { both: 'A11', otherwise: 'A11b' },
    },
    migrate: {
      step: 'products',
      says: ['F23', 'F24'],
      choose: { done: 'ticks', missing: { flow: 'migrateButtonMissing', back: 'ticks' } },
    },
    registerByHand: { step: 'products', says: ['F22', 'F26'], choose: { done: 'ticks', later: 'comeBack' } },
    ticks: {
      step: 'points',
      choose: { yes: 'allCounted', no: { flow: 'greenTickMissing', back: 'ticks' } },
      rows: { yes: 'A12', no: 'A12b' },
    },
    allCounted: { row: 'A13', says: ['F28'], next: { flow: 'tiers', back: 'invited' } },
    notYetInvited: { step: 'join', says: ['F34'], choose: { addProducts: 'registerByHand', later: 'comeBack' } },
    invitation: {
      step: 'join',
      says: ['F34'],
      choose: { yes: 'chooseLevel', no: 'noInvitation' },
      rows: { no: 'A14' },
    },
    noInvitation: {
      step: 'join',
      says: ['F34'],
      choose: {
        checkTicks: { flow: 'greenTickMissing', back: 'invitation' },
        allTicked: { flow: 'contactSupport', topic: 'noInvitation' },
        later: 'comeBack',
      },
    },
    chooseLevel: {
      step: 'join',
      says: ['F35', 'F36'],
      choose: { next: { flow: 'payment', back: 'done' }, question: { flow: 'tiers', back: 'chooseLevel' } },
      rows: { next: 'A15' },
    },
    done: { row: 'A16', says: ['F46', 'F47', 'F48'], end: [] },
  },
});
