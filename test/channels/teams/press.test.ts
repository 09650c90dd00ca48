import { expect, test } from 'vitest';
import { causes, fields, places, readyAnswers, verdictChoices } from '../../../src/channels/teams/cards/choices.ts';
import { createSay } from '../../../src/channels/teams/cards/say.ts';
import { commandOf, readInputs } from '../../../src/channels/teams/press.ts';
import type { Topic } from '../../../src/flow/define-flow.ts';
import { flowTable } from '../../../src/flow/flow-table.ts';
import { openTicket } from '../../../src/support/ticket.ts';
import { friday, texts } from '../../helpers/world.ts';

const nobody = async () => undefined;
const topics = Object.keys(flowTable.contactSupport.nodes.topic?.choose ?? {}) as Topic[];

test.each(texts.languages)(
  'in %s: whatever a card offers is taken, for every topic, and has a name of its own',
  async (language) => {
    expect(topics.length).toBeGreaterThan(5);
    const say = createSay(language, texts, 'Europe/Tallinn');
    for (const topic of topics) {
      const ticket = openTicket(
        { id: 'T1', openedAt: friday, language, topic, stage: '', fields: [], ledger: [] },
        'c1',
        'directline',
      );
      const offered = {
        ready: readyAnswers(say).map(({ value }) => ({ ready: value })),
        guide: places(say).map(({ value }) => ({ place: value })),
        ask: fields(say, ticket).map(({ value }) => ({ field: value })),
        close: causes(say, ticket).flatMap(({ value: cause }) =>
          verdictChoices(say).map(({ value: verdict }) => ({ cause, verdict })),
        ),
      };
      for (const [verb, inputs] of Object.entries(offered)) {
        expect(inputs.length, verb).toBeGreaterThan(0);
        for (const given of inputs)
          expect(await commandOf(verb, readInputs(given)!, nobody, ticket), JSON.stringify(given)).toMatchObject({
            verb,
          });
      }
      for (const choices of [
        readyAnswers(say),
        places(say),
        fields(say, ticket),
        causes(say, ticket),
        verdictChoices(say),
      ]) {
        const titles = choices.map(({ title }) => title);
        expect(
          titles.filter((title, i) => titles.indexOf(title) !== i),
          'two choices that look the same',
        ).toEqual([]);
        expect(titles.join(), 'no key stands for a text').not.toMatch(/\w\.(short|title)\b/);
      }
    }
  },
);
