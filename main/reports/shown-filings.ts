import type { Reading } from '../store/index.ts';
import { loadReportLayouts } from './report-layouts.ts';
import { instantsOf, type ReportPeriod } from './report-sources.ts';

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

/** Answers whether a report, when it was asked for, held one of some filings; one that the office data does not name is taken to hold whatever it can. */
export function reportsHolding(read: Reading, resourcesDir: string, filings: readonly string[]): (asked: AskedReport) => boolean {
  const sources = new Map(loadReportLayouts(resourcesDir).map(({ id, source }) => [id, source]));
  const known = new Map<string, readonly { readonly since: string; readonly until: string }[]>();
  const spansOf = (source: string | undefined) => {
    const name = source ?? '';
    let spans = known.get(name);
    if (!spans) {
      const from = source === undefined ? Object.values(STANDS).join(' UNION ALL ') : STANDS[source];
      spans =
        from === undefined
          ? []
          : read.all(`SELECT since, until FROM (${from}) WHERE filing_id IN (SELECT value FROM json_each(?))`, JSON.stringify(filings));
      known.set(name, spans);
    }
    return spans;
  };
  return ({ report, period, at }) => {
    const { from, until: end } = instantsOf(period);
    return spansOf(sources.get(report)).some(({ since, until }) => since < end && until >= from && since <= at);
  };
}
