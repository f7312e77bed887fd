import type { Snapshot } from '../store/index.ts';
import { loadReportLayouts } from './report-layouts.ts';
import { instantsOf, type ReportPeriod } from './report-period.ts';

const SIGNED = "SELECT filing_id, signed_at AS at FROM act WHERE state = 'signed' UNION ALL SELECT filing_id, signed_at FROM issued_act";
const ACTS = `SELECT filing_id, at AS since, at AS until FROM (${SIGNED})`;
/** What tells that a filing is at this desk from then on. */
const ARRIVED = "'filing.received', 'filing.taken-on-paper'";
/** After every instant. */
const OPEN = "'9999'";

/**
 * By source, from when until when a filing stands in a report of that time: rather a report too many than one that is left out. Sources that name no
 * filing are not here.
 */
export const STANDS: Readonly<Record<string, string>> = {
  received: 'SELECT id AS filing_id, received_at AS since, received_at AS until FROM filing',
  registered: 'SELECT id AS filing_id, registered_at AS since, registered_at AS until FROM filing WHERE registered_at IS NOT NULL',
  acts: ACTS,
  dispatches: ACTS,
  overrides: 'SELECT filing_id, at AS since, at AS until FROM finding_override',
  'passed-over': `SELECT id AS filing_id, received_at AS since, coalesce(registered_at, ${OPEN}) AS until FROM filing`,
  // a proposal that was made anew or recalled has left no time of its own
  returns: `SELECT id AS filing_id, received_at AS since, ${OPEN} AS until FROM filing
    WHERE id IN (SELECT filing_id FROM proposal UNION SELECT filing_id FROM proposal_recall UNION SELECT filing_id FROM (${SIGNED}))`,
};

/** A report that somebody asked for: what it was and of which days; `seq` is the place of its entry in the journal. */
export type AskedReport = { readonly report: string; readonly period: ReportPeriod; readonly seq: number };

/** `came` is the place of the entry that tells of its arrival at this desk; before all others where that is not known any more. */
type Stay = { readonly since: string; readonly until: string; readonly came: number };
/** Answers at which place the first of the filings came that stand in a report of a period. */
type FirstOf = (period: ReportPeriod) => number;

/**
 * Answers whether a report, when it was asked for, can have held one of some filings. Whether that had come is told by the order of the journal: the clock of a
 * desk and that of the registry need not agree. A report that the office data does not name is taken to hold whatever it can.
 */
export function reportsHolding(read: Snapshot, resourcesDir: string, filings: readonly string[]): (asked: AskedReport) => Promise<boolean> {
  const sources = new Map(loadReportLayouts(resourcesDir).map(({ id, source }) => [id, source]));
  const ids = JSON.stringify(filings);
  const known = new Map<string | undefined, Promise<FirstOf>>();
  return async ({ report, period, seq }) => {
    const source = sources.get(report);
    let first = known.get(source);
    if (!first)
      known.set(source, (first = readStays(read, source === undefined ? Object.values(STANDS).join(' UNION ALL ') : STANDS[source], ids)));
    return (await first)(period) < seq;
  };
}

/** The same days are asked for again and again: each are looked up once. */
async function readStays(read: Snapshot, stands: string | undefined, ids: string): Promise<FirstOf> {
  const stays: Stay[] = [];
  if (stands !== undefined)
    for await (const piece of read.pieces<Stay>(
      `SELECT since, until, coalesce((SELECT min(seq) FROM journal WHERE subject = filing_id AND +action IN (${ARRIVED})), 0) AS came
       FROM (${stands}) WHERE filing_id IN (SELECT value FROM json_each(?))`,
      ids,
    ))
      stays.push(...piece);
  const known = new Map<string, number>();
  return (period) => {
    const days = `${period.from}/${period.until}`;
    let first = known.get(days);
    if (first === undefined) {
      const { from, until } = instantsOf(period);
      first = stays.reduce((least, stay) => (stay.since < until && stay.until >= from ? Math.min(least, stay.came) : least), Infinity);
      known.set(days, first);
    }
    return first;
  };
}
