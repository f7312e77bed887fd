import type { Anomaly } from '../../shared/contract/index.ts';
import type { Reference } from '../reference/index.ts';
import type { Reading } from '../store/index.ts';
import { findingId } from './finding.ts';

type Row = {
  rule: string;
  severity: Anomaly['severity'];
  document_id: string | null;
  field: string | null;
  related_id: string | null;
  position: number | null;
  params: string;
};
type OverrideRow = { finding: string; severity: string; name: string | null; at: string; reason: string };

/** What was noticed about a filing, gravest first, each with what it rests on and who decided to go on in spite of it. */
export function readFindings(read: Reading, { findings }: Reference, filingId: string): Anomaly[] {
  const overrides = new Map(
    read
      .all<OverrideRow>(
        'SELECT o.finding, o.severity, u.name, o.at, o.reason FROM finding_override o LEFT JOIN app_user u ON u.id = o.by_user WHERE o.filing_id = ?',
        filingId,
      )
      .map((row) => [row.finding, row]),
  );
  return read
    .all<Row>(
      `SELECT a.rule, a.severity, a.document_id, a.field, a.related_id, d.position, a.params
       FROM anomaly a LEFT JOIN document d ON d.id = a.document_id WHERE a.filing_id = ? ORDER BY a.rowid`,
      filingId,
    )
    .sort((a, b) => WEIGHT[a.severity] - WEIGHT[b.severity])
    .map((row) => {
      const id = findingId({ rule: row.rule, position: row.position, field: row.field, relatedId: row.related_id });
      const word = overrides.get(id);
      // the registry asked for the head only where the desk had called it fatal
      const override = row.severity === 'fatal' && word?.severity !== 'fatal' ? undefined : word;
      return {
        ...{ id, rule: row.rule, severity: row.severity, documentId: row.document_id, field: row.field },
        params: JSON.parse(row.params) as Anomaly['params'],
        source: findings.rule(row.rule)?.source ?? null,
        related: row.related_id === null ? null : relatedOf(read, row.related_id),
        override: override ? { by: override.name ?? '', at: override.at, reason: override.reason } : null,
      };
    });
}
const WEIGHT: Readonly<Record<Anomaly['severity'], number>> = { fatal: 0, error: 1, warn: 2 };

function relatedOf(read: Reading, id: string): Anomaly['related'] {
  const row = read.get<{ cabinet_number: string | null; incoming_number: string | null; received_at: string }>(
    'SELECT cabinet_number, incoming_number, received_at FROM filing WHERE id = ?',
    id,
  );
  return row ? { id, number: row.incoming_number ?? row.cabinet_number ?? '', receivedAt: row.received_at } : null;
}

/**
 * What a decision stands in the way of: errors that nobody has answered for, and what only the head of office may let pass. Where defects are marked,
 * the errors are answered by them. A case that the clerk names answers an unknown one.
 */
export function openFindings(
  read: Reading,
  reference: Reference,
  filingId: string,
  given: { readonly flagged: boolean; readonly chosenCase: string | null },
): Anomaly[] {
  return readFindings(read, reference, filingId).filter(
    ({ severity, override, rule }) =>
      override === null &&
      (severity === 'fatal' || (severity === 'error' && !given.flagged && !(rule === 'case-unknown' && given.chosenCase !== null))),
  );
}
