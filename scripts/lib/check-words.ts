/** What the checks of the flows decide, in words for people who do not program; used in the drawings. */
import type { CheckName } from '../../src/flow/define-flow.ts';

interface Words {
  question: string;
  /** The words for a label; a label without words stands as it is. */
  answers: Record<string, string>;
}

export const checkWords: Record<CheckName, Words> = {
  due: { question: 'Is the password e-mail overdue?', answers: { notYet: 'not yet', overdue: 'yes' } },
  dateKnown: { question: 'Is the day of the application known?', answers: { known: 'yes', unknown: 'no' } },
  loginKnown: { question: 'Is it known that the log-in works?', answers: { known: 'yes', unknown: 'no' } },
  hadCpsKnown: { question: 'Is it known that there was a CPS account?', answers: { known: 'yes', unknown: 'no' } },
  levelOfPoints: {
    question: 'How many points?',
    answers: {
      none: '0',
      below: '1 to 499',
      invited: '500',
      some: '501 to 1999',
      anyOfThree: '2000 to 2500',
      corporate: 'more than 2500',
    },
  },
  invited: { question: 'At least 500 points?', answers: { below: 'no', yes: 'yes' } },
  earlier: {
    question: 'Has this talk passed on a request before?',
    answers: {
      none: 'no, or it is closed',
      open: 'it is open',
      atDesk: 'it is at the agents’ desk',
      enough: 'several within a day',
    },
  },
  reachable: { question: 'Has CPS Priority support an address here?', answers: { yes: 'yes', no: 'no' } },
  topicKnown: { question: 'Is it known what it is about?', answers: { known: 'yes', unknown: 'no' } },
  nextField: { question: 'What does support still need to know?', answers: {} },
  delivery: {
    question: 'Has CPS Priority support an address here?',
    answers: { passedOn: 'yes', kept: 'no', atDesk: 'one is at the agents’ desk', enough: 'several within a day' },
  },
};
