import { courtDayOf } from '../../shared/domain/court-day.ts';
import { workingMinutes } from '../../shared/domain/working-time.ts';
import type { Reference } from '../reference/index.ts';
import { giveWay, type Snapshot } from '../store/index.ts';
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
export async function readLedger(
  read: Snapshot,
  reference: Reference,
  { span, now }: { readonly span: LedgerSpan; readonly now: string },
): Promise<Ledger> {
  const { compare, graceMinutes } = reference.fairnessOn(courtDayOf(span.from));
  const rows: Row[] = [];
  const found = read.pieces<Row>(
    `SELECT f.id, ${compare === 'kind' ? 'f.kind' : "''"} AS queue, f.received_at AS receivedAt, f.registered_at AS registeredAt, f.kind,
       coalesce(f.incoming_number, f.cabinet_number, '') AS number, f.claimant, u.name AS person, f.postponed_until AS postponedUntil,
       f.postpone_reason AS postponeReason, f.intake
     FROM filing f LEFT JOIN app_user u ON u.id = f.registered_by
     WHERE f.received_at < @until AND (f.registered_at IS NULL OR f.registered_at >= @from)`,
    span,
  );
  for await (const piece of found)
    for (const row of piece)
      rows.push({ ...row, receivedAt: toInstant(row.receivedAt), registeredAt: row.registeredAt && toInstant(row.registeredAt) });
  const byId = new Map(rows.map((row) => [row.id, row]));
  const graceMs = graceMinutes * 60_000;
  const first = passedOver(rows, waitsOf(rows, span), graceMs);
  await giveWay();
  const waiting = await readWaiting(
    read,
    byId,
    first.map(({ id }) => id),
  );
  // the reason may change while it waits: what passed it over later is told with the reason that held then
  const stretches = await inPieces(first, ({ id, queue, receivedAt, since, until }) =>
    whyItWaitedDuring(waiting(id), { from: since, until }).map((why) => ({ id, queue, receivedAt, ...why })),
  );
  const ends = new Map<string, string>();
  // from the last to the first, since the time of one ends where the next of its filing begins
  const lines = await inPieces(
    passedOver(rows, stretches, graceMs).toReversed(),
    ({ id, firstBy, since, ahead, reason, words }): PassedOverLine[] => {
      const row = byId.get(id)!;
      const passing = byId.get(firstBy)!;
      const end = ends.get(id) ?? row.registeredAt ?? now;
      ends.set(id, since);
      return [
        {
          ...{ filingId: id, number: row.number, kind: row.kind, claimant: row.claimant, receivedAt: row.receivedAt },
          ...{ registeredAt: row.registeredAt, registeredBy: row.person, since, ahead, reason, words },
          ...{ firstId: firstBy, firstNumber: passing.number, firstBy: passing.person },
          minutes: workingMinutes(reference.workingTime, since, end),
        },
      ];
    },
  );
  const registered = rows.filter(({ registeredAt }) => registeredAt !== null && registeredAt < span.until);
  const unexplained = stretches.filter(({ reason }) => reason === 'none');
  const early = outOfTurn(registered, unexplained, graceMs);
  return {
    passedOver: lines.toReversed(),
    registered: registered.map(({ id, kind, claimant, person }) => ({ filingId: id, kind, claimant, person, outOfTurn: early.has(id) })),
  };
}

/** What is worked on before others have their turn. */
const AT_ONCE = 500;
/** What comes of each, with the turn of others in between. */
async function inPieces<T, Out>(all: readonly T[], of: (one: T) => readonly Out[]): Promise<Out[]> {
  const out: Out[] = [];
  for (const [n, one] of all.entries()) {
    out.push(...of(one));
    if (n % AT_ONCE === AT_ONCE - 1) await giveWay();
  }
  return out;
}

/** What is known of why each of these filings waited. */
async function readWaiting(read: Snapshot, rows: ReadonlyMap<string, Row>, ids: readonly string[]) {
  const wanted = JSON.stringify(ids);
  const steps = new Map<string, (Step & { readonly seq: number })[]>();
  const told = read.pieces<{ subject: string; seq: number; action: string; at: string; details: string }>(
    `SELECT j.subject, j.seq, j.action, j.at, j.details FROM json_each(?) f CROSS JOIN journal j ON j.subject = f.value
     WHERE j.action IN (${TOLD_BY.map(() => '?').join(', ')})`,
    wanted,
    ...TOLD_BY,
  );
  for await (const piece of told)
    for (const { subject, details, ...entry } of piece) {
      const step = { ...entry, details: JSON.parse(details) as Record<string, unknown> };
      const known = steps.get(subject);
      if (known) known.push(step);
      else steps.set(subject, [step]);
    }
  for (const known of steps.values()) known.sort((a, b) => a.seq - b.seq);
  const words = await read.gather<{ id: string; at: string }>(
    `SELECT o.filing_id AS id, o.at FROM json_each(?) f CROSS JOIN finding_override o ON o.filing_id = f.value WHERE o.severity = 'fatal'`,
    wanted,
  );
  const said = new Map<string, string>();
  for (const { id, at } of words) if (at > (said.get(id) ?? '')) said.set(id, at);
  const grave = await read.gather<{ id: string }>(
    `SELECT f.id FROM filing f WHERE f.state IN ('received','checking') AND f.id IN (SELECT value FROM json_each(?))
       AND EXISTS (SELECT 1 FROM anomaly a WHERE a.filing_id = f.id AND a.severity = 'fatal')`,
    wanted,
  );
  const forHead = new Set(grave.map(({ id }) => id));
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
