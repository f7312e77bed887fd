import { filingOfSubjectSql, type Reading } from '../store/index.ts';

export type WaitingSubject = {
  /** A filing id, a word of `BESIDE_FILING` before it for what is said beside the filing, or `workstation`. */
  readonly subject: string;
  readonly cabinetNumber: string | null;
  readonly incomingNumber: string | null;
  /** In the order they are sent. */
  readonly kinds: readonly string[];
  readonly since: string;
  readonly nextAttemptAt: string | null;
  /** Why the last attempt did not go through; null when there was none. */
  readonly code: string | null;
  /** An entry before it was not accepted and waits for a person. */
  readonly behindParked: boolean;
};

/** The list is to be read by a person; the count tells the rest. */
const SHOWN = 200;

/** What waits to be sent, by what it is about, oldest first; `more` are not listed. */
export function waitingSubjects(read: Reading): { readonly subjects: readonly WaitingSubject[]; readonly more: number } {
  const open = "state <> 'done' AND state IN ('waiting', 'sending')";
  const { n } = read.get<{ n: number }>(`SELECT count(DISTINCT subject) AS n FROM outbox WHERE ${open}`)!;
  const rows = read.all<Omit<WaitingSubject, 'kinds' | 'behindParked'> & { kinds: string; behindParked: number }>(
    `SELECT o.subject, coalesce(f.cabinet_number, f.incoming_number, f.claimant) AS cabinetNumber, f.incoming_number AS incomingNumber, json_group_array(o.kind ORDER BY o.position) AS kinds,
       min(o.at) AS since, max(o.next_attempt_at) AS nextAttemptAt, max(CASE WHEN o.state <> 'parked' THEN o.last_code END) AS code,
       EXISTS (SELECT 1 FROM outbox p WHERE p.subject = o.subject AND p.state <> 'done' AND p.state = 'parked') AS behindParked
     FROM outbox o LEFT JOIN filing f ON f.id = ${filingOfSubjectSql('o.subject')}
     WHERE o.state <> 'done' AND o.state IN ('waiting', 'sending') GROUP BY o.subject ORDER BY min(o.position) LIMIT ${SHOWN}`,
  );
  const subjects = rows.map((row) => ({ ...row, kinds: JSON.parse(row.kinds) as string[], behindParked: row.behindParked === 1 }));
  return { subjects, more: n - subjects.length };
}
