import type { Snapshot } from '../store/index.ts';
import { loadReportLayouts } from './report-layouts.ts';
import { instantsOf, type ReportPeriod } from './report-period.ts';

const SIGNED = "SELECT filing_id, signed_at AS at FROM act WHERE state = 'signed' UNION ALL SELECT filing_id, signed_at FROM issued_act";
const ACTS = `SELECT filing_id, at AS since, at AS until FROM (${SIGNED})`;
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

/** A report that somebody asked for: what it was and of which days. */
export type AskedReport = { readonly report: string; readonly period: ReportPeriod; readonly at: string };

type Stay = { readonly since: string; readonly until: string };
/** Answers whether some stay began by an instant and before another, and went on to a third. */
type Stays = (began: string, before: string, lasted: string) => boolean;

/** Answers whether a report, when it was asked for, held one of some filings; one that the office data does not name is taken to hold whatever it can. */
export function reportsHolding(read: Snapshot, resourcesDir: string, filings: readonly string[]): (asked: AskedReport) => Promise<boolean> {
  const sources = new Map(loadReportLayouts(resourcesDir).map(({ id, source }) => [id, source]));
  const ids = JSON.stringify(filings);
  const known = new Map<string | undefined, Promise<Stays>>();
  const staysOf = (source: string | undefined): Promise<Stays> => {
    let stays = known.get(source);
    if (!stays)
      known.set(source, (stays = readStays(read, source === undefined ? Object.values(STANDS).join(' UNION ALL ') : STANDS[source], ids)));
    return stays;
  };
  return async ({ report, period, at }) => {
    const { from, until } = instantsOf(period);
    return (await staysOf(sources.get(report)))(at, until, from);
  };
}

/** In the order in which they began, each with the latest end so far. */
async function readStays(read: Snapshot, stands: string | undefined, ids: string): Promise<Stays> {
  const stays: Stay[] = [];
  if (stands !== undefined)
    for await (const piece of read.pieces<Stay>(
      `SELECT since, until FROM (${stands}) WHERE filing_id IN (SELECT value FROM json_each(?))`,
      ids,
    ))
      stays.push(...piece);
  stays.sort((a, b) => (a.since < b.since ? -1 : a.since > b.since ? 1 : 0));
  let latest = '';
  const ends = stays.map(({ until }) => (latest = until > latest ? until : latest));
  return (began, before, lasted) => {
    let [low, high] = [0, stays.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const { since } = stays[middle]!;
      if (since <= began && since < before) low = middle + 1;
      else high = middle;
    }
    return low > 0 && ends[low - 1]! >= lasted;
  };
}
