import { hasCheckDigit } from '../../shared/domain/identifier.ts';
import { LIMITS, type Party } from '../../shared/registry/index.ts';
import { contentFitsName, type DocumentRecord, type FilingRecord } from '../intake/index.ts';
import type { FilingKind, Reference } from '../reference/index.ts';
import type { Reading } from '../store/index.ts';
import { findCompetence } from './competence.ts';
import { findContents } from './contents.ts';
import { findDuplicates, textOf } from './duplicates.ts';
import { dutyOf, findDuty } from './duty-of-filing.ts';
import { findingMaker, type Finding, type MakeFinding } from './finding.ts';
import { formFieldsOf, readCourtDay } from './form-fields.ts';
import { languageOfText } from './language-of-text.ts';
import { isOddName } from './names.ts';
import { documentState } from './signature-state.ts';

export type CheckedAt = { readonly reference: Reference; /** Code of the court that this desk belongs to. */ readonly court: string };

/** What the program noticed about a filing. It advises: nothing here refuses anybody. */
export function findAnomalies(
  read: Reading,
  { reference, court }: CheckedAt,
  filing: FilingRecord,
  documents: readonly DocumentRecord[],
): Finding[] {
  const make = findingMaker(reference.findings);
  const kind = reference.kind(filing.kind);
  const { message } = filing;
  return [
    ...aboutForm(read, filing, kind, make),
    ...findContents(reference, kind, filing, documents, make),
    ...findCompetence(reference, court, kind, message, make),
    ...findDuty(dutyOf(reference, kind, filing), kind, filing, documents, make),
    ...(documents.length === 0 ? [make('no-documents')] : []),
    ...documents.flatMap((document, i) =>
      aboutDocument(read, document, i === 0, filing.message.paper !== undefined || document.annexId !== null, make),
    ),
    ...aboutLanguage(read, filing, documents[0], make),
    ...findDuplicates(read, filing, documents, kind, make, reference.findings.textLikeness),
  ];
}

function aboutForm(read: Reading, { message, kind: id }: FilingRecord, kind: FilingKind | null, make: MakeFinding): Finding[] {
  const found: Finding[] = [];
  if (!kind) found.push(make('kind-unknown', { field: 'kind', params: { kind: id } }));
  if (message.language !== 'kk' && message.language !== 'ru') found.push(make('language-unknown', { field: 'language' }));
  const people = message.representative ? [...message.parties, message.representative as Party] : message.parties;
  if (people.some((p) => [p.iin, p.bin].some((number) => number && !hasCheckDigit(number))))
    found.push(make('identifier-implausible', { field: 'parties' }));
  if (people.some((p) => isOddName(p))) found.push(make('name-odd', { field: 'parties' }));
  for (const field of kind?.fields ?? []) {
    const value = formFieldsOf(message)[field.id];
    if (field.type === 'date' && value && readCourtDay(value) === null)
      found.push(make('date-impossible', { field: `fields.${field.id}`, params: { date: value.slice(0, 40) } }));
  }
  const isKnownCase = (number: string) => read.get('SELECT 1 FROM court_case WHERE number = ?', number) !== undefined;
  if (kind?.registering === 'joins-case' && !message.case) found.push(make('case-unknown', { field: 'case', params: { number: '' } }));
  else if (message.case && !isKnownCase(message.case.trim()))
    found.push(make('case-unknown', { field: 'case', params: { number: message.case } }));
  return found;
}

function aboutDocument(read: Reading, d: DocumentRecord, isMain: boolean, onPaper: boolean, make: MakeFinding): Finding[] {
  const found: Finding[] = [];
  const about = (rule: string, more: Parameters<MakeFinding>[1] = {}) => found.push(make(rule, { documentId: d.id, ...more }));
  if (d.size > LIMITS.documentBytes) about('document-too-large', { params: { size: d.size } });
  for (const state of [d.state, ...d.signatures.map((s) => s.state)]) {
    if (state === 'missing') about('document-missing');
    if (state === 'hash-mismatch') about('document-hash-mismatch');
  }
  if (d.state !== 'stored') return found;
  if (d.contentType === 'empty') about('document-empty');
  else if (d.contentType && !contentFitsName(d.contentType, d.fileName))
    about('document-type-mismatch', { params: { contentType: d.contentType } });
  if (d.contentType === 'archive') about('document-archive');
  for (const flag of flagsOf(read, d.sha256)) about(`document-${flag}`);
  if (onPaper) return found;
  const state = documentState(d);
  if (state === 'absent') about('signature-missing', isMain ? {} : { atMost: 'warn' });
  if (state === 'invalid') about('signature-invalid');
  if (state === 'check-signer' && isMain) about('signer-not-applicant');
  if (d.signatures.some((s) => s.report?.format === 'none' && s.report.overall === 'invalid')) about('signature-unreadable');
  return found;
}

function flagsOf(read: Reading, sha256: string): string[] {
  const row = read.get<{ flags: string }>('SELECT flags FROM document_flags WHERE sha256 = ?', sha256);
  return row ? (JSON.parse(row.flags) as string[]) : [];
}

/** The language of the main text against the one that the filing names; a text that was not read says nothing. */
function aboutLanguage(read: Reading, { message }: FilingRecord, main: DocumentRecord | undefined, make: MakeFinding): Finding[] {
  if (!main || (message.language !== 'kk' && message.language !== 'ru')) return [];
  const language = languageOfText(textOf(read, main.id));
  return language === null || language === message.language ? [] : [make('language-differs', { documentId: main.id, field: 'language' })];
}
