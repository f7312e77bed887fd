import { courtDayOf } from '../../shared/domain/court-day.ts';
import { workingMinutes } from '../../shared/domain/working-time.ts';
import type { Reference } from '../reference/index.ts';
import type { Reading } from '../store/index.ts';
import { outOfTurn, passedOver, waitsOf, type Turn } from './order-of-filings.ts';
import { TOLD_BY, whyItWaitedDuring, type Step, type WaitReason } from './why-it-waited.ts';

/** Instants as the store writes them: from one on and before another. */
export type LedgerSpan = { readonly from: string; readonly until: string };

/** A filing that waited for one reason while what had come later was registered; it has another line where the reason changed in between. */
export type PassedOverLine = {
  readonly filingId: string;
  readonly number: string;
  readonly kind: string;
  readonly claimant: string;
  readonly receivedAt: string;
  readonly registeredAt: string | null;
  readonly registeredBy: string | null;
  readonly since: string;
  readonly firstId: string;
  readonly firstNumber: string;
  /** Null: nobody has told by whom. */
  readonly firstBy: string | null;
  readonly ahead: number;
  /** Working time from then until it was registered, was passed over for another reason, or until now. */
  readonly minutes: number;
  readonly reason: WaitReason;
  /** The reason as it was written, where one was. */
  readonly words: string | null;
};
export type Registered = {
  readonly filingId: string;
  readonly kind: string;
  readonly claimant: string;
  readonly person: string | null;
  /** Registered while one that had come earlier waited without a recorded reason. */
  readonly outOfTurn: boolean;
};
export type Ledger = { readonly passedOver: readonly PassedOverLine[]; readonly registered: readonly Registered[] };

type Row = Turn & {
  readonly kind: string;
  readonly number: string;
  readonly claimant: string;
  readonly person: string | null;
  readonly postponedUntil: string | null;
  readonly postponeReason: string | null;
  readonly intake: string;
};

/** The order of registration against the order of receipt, of what was registered in a span. Only read: a pure function of the store and its journal. */
export function readLedger(
  read: Reading,
  reference: Reference,
  { span, now }: { readonly span: LedgerSpan; readonly now: string },
): Ledger {
  const { compare, graceMinutes } = reference.fairnessOn(courtDayOf(span.from));
  const rows = read
    .all<Row>(
      `SELECT f.id, ${compare === 'kind' ? 'f.kind' : "''"} AS queue, f.received_at AS receivedAt, f.registered_at AS registeredAt, f.kind,
       coalesce(f.incoming_number, f.cabinet_number, '') AS number, f.claimant, u.name AS person, f.postponed_until AS postponedUntil,
       f.postpone_reason AS postponeReason, f.intake
     FROM filing f LEFT JOIN app_user u ON u.id = f.registered_by
     WHERE f.received_at < @until AND (f.registered_at IS NULL OR f.registered_at >= @from)`,
      span,
    )
    .map((row) => ({ ...row, receivedAt: toInstant(row.receivedAt), registeredAt: row.registeredAt && toInstant(row.registeredAt) }));
  const byId = new Map(rows.map((row) => [row.id, row]));
  const graceMs = graceMinutes * 60_000;
  const first = passedOver(rows, waitsOf(rows, span), graceMs);
  const waiting = readWaiting(
    read,
    byId,
    first.map(({ id }) => id),
  );
  // the reason may change while it waits: what passed it over later is told with the reason that held then
  const stretches = first.flatMap(({ id, queue, receivedAt, since, until }) =>
    whyItWaitedDuring(waiting(id), { from: since, until }).map((why) => ({ id, queue, receivedAt, ...why })),
  );
  const ends = new Map<string, string>();
  // from the last to the first, since the time of one ends where the next of its filing begins
  const lines = passedOver(rows, stretches, graceMs)
    .toReversed()
    .map(({ id, firstBy, since, ahead, reason, words }): PassedOverLine => {
      const row = byId.get(id)!;
      const passing = byId.get(firstBy)!;
      const end = ends.get(id) ?? row.registeredAt ?? now;
      ends.set(id, since);
      return {
        ...{ filingId: id, number: row.number, kind: row.kind, claimant: row.claimant, receivedAt: row.receivedAt },
        ...{ registeredAt: row.registeredAt, registeredBy: row.person, since, ahead, reason, words },
        ...{ firstId: firstBy, firstNumber: passing.number, firstBy: passing.person },
        minutes: workingMinutes(reference.workingTime, since, end),
      };
    })
    .toReversed();
  const registered = rows.filter(({ registeredAt }) => registeredAt !== null && registeredAt < span.until);
  const unexplained = stretches.filter(({ reason }) => reason === 'none');
  const early = outOfTurn(registered, unexplained, graceMs);
  return {
    passedOver: lines,
    registered: registered.map(({ id, kind, claimant, person }) => ({ filingId: id, kind, claimant, person, outOfTurn: early.has(id) })),
  };
}

/** What is known of why each of these filings waited. */
function readWaiting(read: Reading, rows: ReadonlyMap<string, Row>, ids: readonly string[]) {
  const wanted = JSON.stringify(ids);
  const steps = new Map<string, Step[]>();
  for (const { subject, action, at, details } of read.all<{ subject: string; action: string; at: string; details: string }>(
    `SELECT subject, action, at, details FROM journal
     WHERE subject IN (SELECT value FROM json_each(?)) AND action IN (${TOLD_BY.map(() => '?').join(', ')}) ORDER BY seq`,
    wanted,
    ...TOLD_BY,
  )) {
    const step = { action, at, details: JSON.parse(details) as Record<string, unknown> };
    const known = steps.get(subject);
    if (known) known.push(step);
    else steps.set(subject, [step]);
  }
  const said = new Map(
    read
      .all<{ id: string; at: string }>(
        `SELECT filing_id AS id, max(at) AS at FROM finding_override
         WHERE severity = 'fatal' AND filing_id IN (SELECT value FROM json_each(?)) GROUP BY filing_id`,
        wanted,
      )
      .map(({ id, at }) => [id, at]),
  );
  const forHead = new Set(
    read
      .all<{ id: string }>(
        `SELECT f.id FROM filing f WHERE f.state IN ('received','checking') AND f.id IN (SELECT value FROM json_each(?))
           AND EXISTS (SELECT 1 FROM anomaly a WHERE a.filing_id = f.id AND a.severity = 'fatal')`,
        wanted,
      )
      .map(({ id }) => id),
  );
  const wiped = read.get<{ before: string | null }>(
    "SELECT max(json_extract(details, '$.before')) AS before FROM journal WHERE action = 'journal.wiped' AND wiped_by IS NULL",
  )!.before;
  const wipedBefore = wiped === null ? null : toInstant(wiped);
  return (id: string) => {
    const { postponedUntil, postponeReason, intake } = rows.get(id)!;
    return {
      steps: steps.get(id) ?? [],
      headSaidAt: said.get(id) ?? null,
      forHead: forHead.has(id) && !said.has(id),
      arriving: intake === 'arriving',
      postponed: postponedUntil === null ? null : { until: postponedUntil, reason: postponeReason },
      wipedBefore,
    };
  };
}

/** One form for all: registries write instants with and without milliseconds. */
const toInstant = (text: string): string => new Date(text).toISOString();
