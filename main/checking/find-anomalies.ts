import { hasCheckDigit } from '../../shared/domain/identifier.ts';
import type { Anomaly } from '../../shared/contract/index.ts';
import { LIMITS } from '../../shared/registry/index.ts';
import { contentFitsName, type DocumentRecord, type FilingRecord } from '../intake/index.ts';
import type { Reference } from '../reference/index.ts';
import { documentState } from './signature-state.ts';

/** What the program noticed about a filing. It advises: nothing here refuses anybody. */
export function findAnomalies(
  filing: FilingRecord,
  documents: readonly DocumentRecord[],
  reference: Reference,
  isKnownCase: (number: string) => boolean,
): Anomaly[] {
  return [
    ...aboutFiling(filing, reference, isKnownCase),
    ...(documents.length === 0 ? [anomaly('no-documents', 'error')] : []),
    ...documents.flatMap((d, i) => aboutDocument(d, i === 0, filing.message.paper !== undefined)),
  ];
}

const anomaly = (
  rule: string,
  severity: Anomaly['severity'],
  documentId: string | null = null,
  params: Anomaly['params'] = {},
): Anomaly => ({ rule, severity, documentId, params });

function aboutFiling(filing: FilingRecord, reference: Reference, isKnownCase: (number: string) => boolean): Anomaly[] {
  const { message } = filing;
  const rule = reference.kindRule(filing.kind);
  const found: Anomaly[] = [];
  if (!rule) found.push(anomaly('kind-unknown', 'error', null, { kind: filing.kind }));
  if (message.language !== 'kk' && message.language !== 'ru') found.push(anomaly('language-unknown', 'warn'));
  if (message.parties.length === 0) found.push(anomaly('party-missing', 'error'));
  const people = message.representative ? [...message.parties, message.representative] : message.parties;
  if (people.some((p) => [p.iin, p.bin].some((id) => id && !hasCheckDigit(id)))) found.push(anomaly('identifier-implausible', 'warn'));
  if (rule?.duty && !message.payment) found.push(anomaly('payment-missing', 'warn'));
  if (rule?.registering === 'joins-case' && !message.case) found.push(anomaly('case-unknown', 'error', null, { number: '' }));
  else if (message.case && !isKnownCase(message.case.trim())) found.push(anomaly('case-unknown', 'error', null, { number: message.case }));
  return found;
}

function aboutDocument(d: DocumentRecord, isMain: boolean, onPaper: boolean): Anomaly[] {
  const found: Anomaly[] = [];
  const about = (rule: string, severity: Anomaly['severity'], params?: Anomaly['params']) =>
    found.push(anomaly(rule, severity, d.id, params));
  if (d.size > LIMITS.documentBytes) about('document-too-large', 'error', { size: d.size });
  for (const state of [d.state, ...d.signatures.map((s) => s.state)]) {
    if (state === 'missing') about('document-missing', 'error');
    if (state === 'hash-mismatch') about('document-hash-mismatch', 'error');
  }
  if (d.state !== 'stored') return found;
  if (d.contentType === 'empty') about('document-empty', 'error');
  else if (d.contentType && !contentFitsName(d.contentType, d.fileName))
    about('document-type-mismatch', 'error', { contentType: d.contentType });
  const state = documentState(d);
  if (state === 'absent' && !onPaper) about('signature-missing', isMain ? 'error' : 'warn');
  if (state === 'check-signer' && isMain && !onPaper) about('signer-not-applicant', 'error');
  if (d.signatures.some((s) => s.report?.format === 'none' && s.report.overall === 'invalid')) about('signature-unreadable', 'error');
  return found;
}
