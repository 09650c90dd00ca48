-- A batch of commits in one statement, hence one transaction, one trip and one flush.
-- Either every commit of it is written, or (some did not fit) nothing is and `conflicts` says which.
--
-- Locks are taken in one order everywhere, sorted within each step: targets, documents, transcripts, outbox rows.
-- Plans are pinned: statistics lag behind a table that grows, and a hash join over it would be a thousand times slower.
CREATE FUNCTION store_commit(
  the_writer uuid, the_batch bigint,
  -- Documents, sorted: the commit each belongs to, the version that was read, the new value (NULL removes it).
  doc_commit integer[], doc_kind text[], doc_id text[], doc_version bigint[], doc_value text[],
  -- Transcripts, sorted, with how many lines each gets; lines: which of them, and its number among the new ones.
  head_conversation text[], head_count bigint[],
  line_head integer[], line_offset bigint[], line_value text[],
  -- Outbox rows in the order of the commits. row_expected: true must be there, false must not; row_content NULL removes.
  row_commit integer[], row_id text[], row_expected boolean[],
  row_target text[], row_waiting boolean[], row_due double precision[], row_content text[],
  -- Notifications.
  told text[],
  OUT conflict_commits integer[], OUT conflict_reasons text[],
  -- The last line of each transcript.
  OUT last_seqs bigint[]
)
LANGUAGE plpgsql
SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off SET plan_cache_mode = force_generic_plan
AS $$
#variable_conflict use_column
DECLARE
  written bigint;
BEGIN
  last_seqs := '{}';

  IF cardinality(row_id) > 0 THEN
    -- Rows of one target get their places in the order in which they become visible.
    PERFORM pg_advisory_xact_lock(one.hash) FROM (
      SELECT DISTINCT hashtextextended(given.target, 0) AS hash FROM unnest(row_target, row_expected) AS given (target, expected)
      WHERE given.expected IS FALSE AND given.target IS NOT NULL ORDER BY 1
    ) AS one;
  END IF;

  WITH locked AS MATERIALIZED (
    SELECT document.kind, document.id, document.version
    FROM unnest(doc_kind, doc_id) AS given (kind, id)
    JOIN document ON document.kind = given.kind AND document.id = given.id
    ORDER BY document.kind, document.id FOR UPDATE OF document
  )
  SELECT array_agg(given.commit),
    array_agg(format('%s/%s is at version %s, not %s: read it again', given.kind, given.id, coalesce(locked.version, 0), given.version))
  INTO conflict_commits, conflict_reasons
  FROM unnest(doc_commit, doc_kind, doc_id, doc_version) AS given (commit, kind, id, version)
  LEFT JOIN locked ON locked.kind = given.kind AND locked.id = given.id
  WHERE coalesce(locked.version, 0) <> given.version;

  IF cardinality(row_id) > 0 THEN
    WITH locked AS MATERIALIZED (
      SELECT outbox.id FROM unnest(row_id) AS given (id) JOIN outbox ON outbox.id = given.id
      ORDER BY outbox.id FOR UPDATE OF outbox
    )
    SELECT conflict_commits || array_agg(given.commit), conflict_reasons || array_agg(
      format('outbox row "%s" is %s', given.id, CASE WHEN given.expected THEN 'not there' ELSE 'there already' END))
    INTO conflict_commits, conflict_reasons
    FROM unnest(row_commit, row_id, row_expected) AS given (commit, id, expected)
    LEFT JOIN locked ON locked.id = given.id
    WHERE given.expected <> (locked.id IS NOT NULL);
  END IF;

  IF cardinality(conflict_commits) > 0 THEN
    RETURN;
  END IF;

  INSERT INTO document AS stored (kind, id, version, value)
  SELECT given.kind, given.id, given.version + 1, given.value
  FROM unnest(doc_kind, doc_id, doc_version, doc_value) AS given (kind, id, version, value)
  WHERE given.value IS NOT NULL
  ON CONFLICT (kind, id) DO UPDATE SET version = excluded.version, value = excluded.value
  WHERE stored.version = excluded.version - 1;
  GET DIAGNOSTICS written = ROW_COUNT;
  IF written <> cardinality(doc_value) - cardinality(array_positions(doc_value, NULL)) THEN
    -- Somebody made a document of that name since we looked.
    RAISE serialization_failure;
  END IF;
  IF array_position(doc_value, NULL) IS NOT NULL THEN
    DELETE FROM document USING unnest(doc_kind, doc_id, doc_value) AS given (kind, id, value)
    WHERE document.kind = given.kind AND document.id = given.id AND given.value IS NULL;
  END IF;

  IF cardinality(head_conversation) > 0 THEN
    WITH head AS (
      INSERT INTO transcript AS stored (conversation, last_seq)
      SELECT given.conversation, given.count FROM unnest(head_conversation, head_count) AS given (conversation, count)
      ON CONFLICT (conversation) DO UPDATE SET last_seq = stored.last_seq + excluded.last_seq
      RETURNING conversation, last_seq
    )
    SELECT array_agg(head.last_seq ORDER BY head.conversation) INTO last_seqs FROM head;
    INSERT INTO line (conversation, seq, value)
    SELECT head_conversation[given.head], last_seqs[given.head] - head_count[given.head] + given.seq, given.value
    FROM unnest(line_head, line_offset, line_value) AS given (head, seq, value);
  END IF;

  IF cardinality(row_id) > 0 THEN
    INSERT INTO outbox (id, target, waiting, due_at, content)
    SELECT given.id, given.target, given.waiting, given.due, given.content
    FROM unnest(row_id, row_expected, row_target, row_waiting, row_due, row_content)
      WITH ORDINALITY AS given (id, expected, target, waiting, due, content, nr)
    WHERE given.expected IS FALSE AND given.content IS NOT NULL ORDER BY given.nr;
    UPDATE outbox SET target = given.target, waiting = given.waiting, due_at = given.due, content = given.content,
      lease_from = NULL, lease_until = NULL
    FROM unnest(row_id, row_expected, row_target, row_waiting, row_due, row_content)
      AS given (id, expected, target, waiting, due, content)
    WHERE outbox.id = given.id AND given.expected AND given.content IS NOT NULL;
    DELETE FROM outbox USING unnest(row_id, row_content) AS given (id, content)
    WHERE outbox.id = given.id AND given.content IS NULL;
  END IF;

  INSERT INTO writer AS stored (id, batch, last_seqs) VALUES (the_writer, the_batch, store_commit.last_seqs)
  ON CONFLICT (id) DO UPDATE SET batch = excluded.batch, last_seqs = excluded.last_seqs, seen_at = excluded.seen_at
  WHERE stored.batch = excluded.batch - 1;
  GET DIAGNOSTICS written = ROW_COUNT;
  IF written = 0 THEN
    RAISE EXCEPTION 'batch % was called off', the_batch;
  END IF;

  PERFORM pg_notify('cps_support_store', given.message) FROM unnest(told) AS given (message);
END $$;

-- Whether a batch was stored whose answer was lost. One that was not is called off: should its statement still be under
-- way somewhere, it fails. Returns what store_commit returned, or NULL.
CREATE FUNCTION store_settle(the_writer uuid, the_batch bigint) RETURNS bigint[]
LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO writer AS stored (id, batch, last_seqs) VALUES (the_writer, the_batch, NULL)
  ON CONFLICT (id) DO UPDATE SET batch = excluded.batch, last_seqs = NULL, seen_at = excluded.seen_at
  WHERE stored.batch < excluded.batch;
  RETURN (SELECT writer.last_seqs FROM writer WHERE writer.id = the_writer);
END $$;

CREATE FUNCTION store_erase(doc_kind text[], doc_id text[], conversations text[], row_id text[]) RETURNS void
LANGUAGE plpgsql
SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off SET plan_cache_mode = force_generic_plan
AS $$
BEGIN
  PERFORM 1 FROM unnest(doc_kind, doc_id) AS given (kind, id)
  JOIN document ON document.kind = given.kind AND document.id = given.id
  ORDER BY document.kind, document.id FOR UPDATE OF document;
  PERFORM 1 FROM unnest(conversations) AS given (conversation) JOIN transcript USING (conversation)
  ORDER BY transcript.conversation FOR UPDATE OF transcript;
  DELETE FROM document USING unnest(doc_kind, doc_id) AS given (kind, id)
  WHERE document.kind = given.kind AND document.id = given.id;
  DELETE FROM line USING unnest(conversations) AS given (conversation) WHERE line.conversation = given.conversation;
  DELETE FROM transcript USING unnest(conversations) AS given (conversation)
  WHERE transcript.conversation = given.conversation;
  DELETE FROM outbox USING unnest(row_id) AS given (id) WHERE outbox.id = given.id;
END $$;
