-- The oldest waiting row of each target, if it is due and nobody holds it. Instances pass each other's rows by.
CREATE FUNCTION store_claim(now_ms double precision, how_many integer, lease_ms double precision)
RETURNS TABLE (content text)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
BEGIN
  -- A clock that was put back, or runs behind another instance's, must not make a lease longer than it was given.
  UPDATE outbox SET lease_from = now_ms, lease_until = now_ms + (lease_until - lease_from) WHERE lease_from > now_ms;
  RETURN QUERY
  WITH first AS MATERIALIZED (
    SELECT outbox.place, coalesce(outbox.lease_until, outbox.due_at) AS ready_at FROM outbox
    WHERE outbox.waiting AND outbox.due_at <= now_ms AND (outbox.lease_until IS NULL OR outbox.lease_until <= now_ms)
      AND NOT EXISTS (
        SELECT FROM outbox AS earlier
        WHERE earlier.target = outbox.target AND earlier.waiting AND earlier.place < outbox.place
      )
    ORDER BY outbox.due_at, outbox.place LIMIT how_many FOR UPDATE OF outbox SKIP LOCKED
  ), claimed AS (
    UPDATE outbox SET lease_from = now_ms, lease_until = now_ms + lease_ms FROM first WHERE outbox.place = first.place
    RETURNING first.ready_at, outbox.place, outbox.content
  )
  SELECT claimed.content FROM claimed ORDER BY claimed.ready_at, claimed.place;
END $$;
