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
const CONTENTS: Statement = {
  name: 'store_contents',
  text: `SELECT document.kind, document.id, document.version, document.value, coalesce(transcript.last_seq, 0)
    FROM document
    LEFT JOIN transcript ON document.kind = 'conversation' AND transcript.conversation = document.id
    WHERE (document.kind, document.id) > ($1, $2) ORDER BY document.kind, document.id LIMIT $3`,
};
const ONLY_TRANSCRIPTS: Statement = {
  name: 'store_only_transcripts',
  text: `SELECT conversation, last_seq FROM transcript
    WHERE conversation > $1
      AND NOT EXISTS (SELECT FROM document WHERE document.kind = 'conversation' AND document.id = transcript.conversation)
    ORDER BY conversation LIMIT $2`,
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

  /** Row by row, a page at a time; each begins after the last row of the one before. */
  async function* pages<Row extends unknown[]>(
    statement: Statement,
    from: unknown[],
    after: (row: Row) => unknown[],
  ): AsyncIterable<Row> {
    for (let position = from; ; ) {
      const rows = (await database.query(statement, [...position, PAGE])) as Row[];
      yield* rows;
      const last = rows.at(-1);
      if (!last || rows.length < PAGE) return;
      position = after(last);
    }
  }

  return {
    read,
    lines,
    async *scan(kind: string): AsyncIterable<Doc> {
      const after = (row: DocColumns) => [kind, row[1]];
      for await (const row of pages<DocColumns>(SCAN, [kind, ''], after)) yield docOf(row);
    },
    async *contents(): AsyncIterable<{ doc: Doc; lines: number }> {
      const documents = pages<[...DocColumns, string]>(CONTENTS, ['', ''], ([kind, id]) => [kind, id]);
      for await (const [kind, id, version, value, last] of documents) {
        yield { doc: docOf([kind, id, version, value]), lines: Number(last) };
      }
      for await (const [id, last] of pages<[string, string]>(ONLY_TRANSCRIPTS, [''], ([id]) => [id])) {
        yield { doc: { key: `conversation/${id}`, version: 0, value: undefined }, lines: Number(last) };
      }
    },
    async *outbox(): AsyncIterable<OutboxRow> {
      const rows = pages<[place: string, content: string]>(OUTBOX, [-1], ([place]) => [place]);
      for await (const [, content] of rows) yield JSON.parse(content);
    },
  };
}
