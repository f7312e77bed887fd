import pg from 'pg';

const BATCH = 20_000;

/**
 * Puts registered filings of earlier years into an empty registry of so many courts: all that a registry keeps of one but the bytes of its
 * documents. The links of the feed are not those of a real chain; nobody reads that far back here.
 */
export async function fillBase(url: string, filings: number): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('SET synchronous_commit = off');
    await client.query(
      `INSERT INTO workstation (id, court, name, public_key, enrolment_code, enrolled_at)
       SELECT gen_random_uuid(), code, 'Earlier desk', md5(code), 'earlier', '2025-01-01T00:00:00Z' FROM court`,
    );
    await client.query(
      `CREATE TABLE base_court AS SELECT row_number() OVER (ORDER BY code) - 1 AS n, code, feed_seq, (SELECT id FROM workstation w WHERE w.court = code) AS desk FROM court`,
    );
    const courts = Number((await client.query<{ n: string }>('SELECT count(*) AS n FROM base_court')).rows[0]!.n);
    for (let first = 0; first < filings; first += BATCH) {
      const last = Math.min(filings, first + BATCH) - 1;
      await client.query('BEGIN');
      await client.query(
        `CREATE TEMP TABLE new_filing ON COMMIT DROP AS
         SELECT g AS n, c.code AS court, c.desk, c.feed_seq + (g / ${courts}) * 4 AS seq, gen_random_uuid() AS id, g / ${courts} + 1 AS sequence,
           (SELECT array_agg(md5(random()::text || g || k) || md5(g::text || k || random())) FROM generate_series(1, 6) k) AS hashes
         FROM generate_series($1::integer, $2::integer) g JOIN base_court c ON c.n = g % ${courts}`,
        [first, last],
      );
      for (const statement of BASE_ROWS) await client.query(statement);
      await client.query('COMMIT');
    }
    await client.query(`UPDATE court SET feed_seq = coalesce((SELECT max(seq) FROM feed WHERE court = code), feed_seq)`);
    await client.query('DROP TABLE base_court');
    await client.query('ANALYZE');
    await client.query('CHECKPOINT');
  } finally {
    await client.end();
  }
}

const MESSAGE = `jsonb_build_object('court', court, 'kind', 'claim', 'language', 'kk', 'id', id, 'parties', jsonb_build_array(jsonb_build_object('side', 'claimant', 'type', 'person', 'name', repeat('Ә', 30), 'address', repeat('Қ', 40))),
  'documents', (SELECT jsonb_agg(jsonb_build_object('role', 'annex', 'title', 'Құжат', 'fileName', '1.pdf', 'size', 8192, 'sha256', h, 'signatures', '[]'::jsonb)) FROM unnest(hashes[1:5]) h))`;
const STATE = `jsonb_build_object('id', id, 'state', 'registered', 'incomingNumber', court || '-25-' || lpad(sequence::text, 6, '0'), 'talon', jsonb_build_object('sha256', hashes[6]), 'acts', '[]'::jsonb)`;

/** What each filing left behind: 6 documents with who may read them, the filing, its case, two commands, four feed items, a lease that ended, a notice. */
const BASE_ROWS = [
  `INSERT INTO document (sha256, size, stored_at) SELECT h, 8192, '2025-06-01T09:00:00Z' FROM new_filing, unnest(hashes) h`,
  `INSERT INTO cabinet_document (sha256) SELECT h FROM new_filing, unnest(hashes[1:5]) h`,
  `INSERT INTO court_document (court, sha256) SELECT court, h FROM new_filing, unnest(hashes) h`,
  `INSERT INTO filing (id, court, cabinet_number, message, received_at, state, verdict, defects, incoming_number, case_number, registered_at, talon_sha256, talon_qr, talon_issued_at)
   SELECT id, court, '2506' || lpad(n::text, 8, '0'), ${MESSAGE}, '2025-06-01T09:00:00Z', 'registered', 'valid', '[]', court || '-25-' || lpad(sequence::text, 6, '0'),
     court || '-25-00-2/' || sequence, '2025-06-01T10:00:00Z', hashes[6], repeat('A', 300), '2025-06-01T10:00:01Z' FROM new_filing`,
  `INSERT INTO filing_milestone (filing, state, at) SELECT id, 'registered', '2025-06-01T10:00:00Z' FROM new_filing`,
  `INSERT INTO notice (id, court, filing, about, kind, subject, name, language, asked, rest, addresses, facts, state, created_at, changed_at)
   SELECT gen_random_uuid(), court, id, id, 'registered', id, repeat('Ә', 30), 'kk', 'cabinet', '[]', '{}', '{}', 'delivered', '2025-06-01T10:00:00Z', '2025-06-02T10:00:00Z' FROM new_filing`,
  `INSERT INTO court_case (number, court, opened_by) SELECT court || '-25-00-2/' || sequence, court, id FROM new_filing`,
  `INSERT INTO applied_command (workstation, id, kind, actor, done_at, applied_at, envelope_sha256, answer)
   SELECT desk, gen_random_uuid(), kind, gen_random_uuid(), '2025-06-01T10:00:00Z', '2025-06-01T10:00:01Z', hashes[1], ${STATE} FROM new_filing, unnest(ARRAY['filing.register', 'talon.issue']) kind`,
  `INSERT INTO feed (court, seq, kind, version, subject, at, data, data_bytes)
   SELECT court, seq + k, CASE WHEN k = 1 THEN 'filing.submitted' ELSE 'filing.changed' END, 1, id::text, '2025-06-01T10:00:00Z', CASE WHEN k = 1 THEN ${MESSAGE} ELSE ${STATE} END, 900
   FROM new_filing, generate_series(1, 4) k`,
  `INSERT INTO feed_link (court, seq, hash) SELECT court, seq + k, hashes[k] FROM new_filing, generate_series(1, 4) k`,
  `WITH lease AS (INSERT INTO filing_lease (id, court, filing, workstation, reserved, taken_at, ended_at, ended_how)
     SELECT gen_random_uuid(), court, id, desk, false, '2025-06-01T09:30:00Z', '2025-06-01T10:00:00Z', 'registered' FROM new_filing RETURNING id, court)
   INSERT INTO lease_event (court, lease, event, at) SELECT court, id, event, '2025-06-01T10:00:00Z' FROM lease, unnest(ARRAY['taken', 'registered']) event`,
];
