import type { ChecklistItem } from '../../shared/contract/index.ts';
import type { FilingRecord } from '../intake/index.ts';
import type { KindRule } from '../reference/index.ts';
import type { Reading } from '../store/index.ts';

/** Checks that a person ticks; opening a case asks for more than joining one. `undecided` is a decision about an unconfirmed signature. */
export function manualChecks(filing: FilingRecord, rule: KindRule | null): readonly string[] {
  const own =
    rule?.registering === 'opens-case'
      ? ['authority', 'jurisdiction', 'attachments', 'legible', 'pretrial']
      : ['authority', 'attachments', 'legible'];
  if (filing.message.paper) return [...own, 'signed-by-hand'];
  return filing.signature === 'undecided' || filing.signature === 'not-checked' ? [...own, 'undecided'] : own;
}

/** The list beside the document: what the program found, then what the person has to see. */
export function checklistOf(read: Reading, filing: FilingRecord, rule: KindRule | null): ChecklistItem[] {
  const found = new Set(read.all<{ rule: string }>('SELECT rule FROM anomaly WHERE filing_id = ?', filing.id).map((r) => r.rule));
  const auto = (id: string, passed: boolean): ChecklistItem => ({ id, auto: true, passed, by: null, at: null });
  const items = [
    // whoever brought it on paper signed by hand, which only a person sees
    ...(filing.message.paper
      ? []
      : [
          auto('signature', filing.signature === 'valid' || filing.signature === 'check-signer'),
          auto('identity', filing.signature === 'valid'),
        ]),
    auto('files', filing.intake === 'ready' && ![...found].some((r) => r.startsWith('document-') || r === 'no-documents')),
    ...(rule?.duty ? [auto('fee', !found.has('payment-missing'))] : []),
  ];
  const marks = new Map(
    read
      .all<{ check_id: string; by_name: string; at: string }>(
        'SELECT m.check_id, u.name AS by_name, m.at FROM check_mark m JOIN app_user u ON u.id = m.by_user WHERE m.filing_id = ?',
        filing.id,
      )
      .map((m) => [m.check_id, m]),
  );
  return [
    ...items,
    ...manualChecks(filing, rule).map((id) => {
      const mark = marks.get(id);
      return { id, auto: false, passed: mark !== undefined, by: mark?.by_name ?? null, at: mark?.at ?? null };
    }),
  ];
}
