/** Everything that only looks. Questions asked at the same time go to the server together. */
import type { Doc, DocKey, Json, Line, OutboxRow } from '../port.ts';
import { bigints, texts } from './arrays.ts';
import { createAsking } from './batches.ts';
import type { Database, Statement } from './connection.ts';

const READ: Statement = {
  name: 'store_read',
  text: `SELECT document.kind, document.id, document.version, document.value
    FROM unnest($1::text[], $2::text[]) AS given (kind, id)
    JOIN document ON document.kind = given.kind AND document.id = given.id`,
};
const LINES: Statement = {
  name: 'store_lines',
  text: `SELECT given.nr, line.seq, line.value
    FROM unnest($1::text[], $2::bigint[], $3::bigint[]) WITH ORDINALITY AS given (conversation, after, most, nr)
    CROSS JOIN LATERAL (
      SELECT seq, value FROM line WHERE line.conversation = given.conversation AND seq > given.after ORDER BY seq LIMIT given.most
    ) AS line
    ORDER BY given.nr, line.seq`,
};
const SCAN: Statement = {
  name: 'store_scan',
  text: 'SELECT kind, id, version, value FROM document WHERE kind = $1 AND id > $2 ORDER BY id LIMIT $3',
};
const OUTBOX: Statement = {
  name: 'store_outbox',
  text: 'SELECT place, content FROM outbox WHERE place > $1 ORDER BY place LIMIT $2',
};
const PAGE = 500;

type DocColumns = [kind: string, id: string, version: string, value: string];

const docOf = ([kind, id, version, value]: DocColumns): Doc => ({
  key: `${kind}/${id}`,
  version: Number(version),
  value: JSON.parse(value) as Json,
});

const partsOf = (key: DocKey) => {
  const slash = key.indexOf('/');
  return { kind: key.slice(0, slash), id: key.slice(slash + 1) };
};

export function createReads(database: Pick<Database, 'query'>) {
  const read = createAsking<DocKey[], Doc[]>(async (questions) => {
    const keys = [...new Set(questions.flat())].map(partsOf);
    const values = [texts(keys.map(({ kind }) => kind)), texts(keys.map(({ id }) => id))];
    const rows = (await database.query(READ, values)) as DocColumns[];
    const found = new Map(rows.map((row) => [`${row[0]}/${row[1]}`, row]));
    // Each gets values of its own: they may be changed by who asked.
    const answer = (key: DocKey): Doc => {
      const row = found.get(key);
      return row ? docOf(row) : { key, version: 0, value: undefined };
    };
    return questions.map((asked) => asked.map(answer));
  });

  const lines = createAsking<{ conversation: string; after: number; limit: number }, Line[]>(async (questions) => {
    const rows = await database.query(LINES, [
      texts(questions.map(({ conversation }) => conversation)),
      bigints(questions.map(({ after }) => after)),
      bigints(questions.map(({ limit }) => limit)),
    ]);
    const answers: Line[][] = questions.map(() => []);
    for (const [nr, seq, value] of rows as [string, string, string][]) {
      answers[Number(nr) - 1]!.push({ seq: Number(seq), value: JSON.parse(value) as Json });
    }
    return answers;
  });

  return {
    read,
    lines,
    async *scan(kind: string): AsyncIterable<Doc> {
      for (let after = ''; ; ) {
        const rows = (await database.query(SCAN, [kind, after, PAGE])) as DocColumns[];
        for (const row of rows) yield docOf(row);
        if (rows.length < PAGE) return;
        after = rows.at(-1)![1];
      }
    },
    async *outbox(): AsyncIterable<OutboxRow> {
      for (let after = '-1'; ; ) {
        const rows = (await database.query(OUTBOX, [after, PAGE])) as [string, string][];
        for (const [, content] of rows) yield JSON.parse(content);
        if (rows.length < PAGE) return;
        after = rows.at(-1)![0];
      }
    },
  };
}
