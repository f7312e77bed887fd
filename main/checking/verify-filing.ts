import { worstVerdict, type OverallVerdict, type VerificationReport } from '../../shared/domain/verdict.ts';
import { LIMITS } from '../../shared/registry/index.ts';
import type { Result } from '../../shared/result.ts';
import { readDocuments, readFiling, type DocumentRecord, type FilingRecord, type SignatureFile } from '../intake/index.ts';
import type { Reference } from '../reference/index.ts';
import { contentFromStream, verifyFile, type Policy, type TrustMaterial, type Verification } from '../signature/index.ts';
import type { BlobStore, Store } from '../store/index.ts';
import { findAnomalies } from './find-anomalies.ts';
import { identifySigner } from './identity.ts';
import { documentState, reportsOf, worstState } from './signature-state.ts';

export type VerifyParts = {
  readonly store: Store;
  readonly blobs: BlobStore;
  readonly reference: Reference;
  readonly clock: () => string;
  readonly policy: Policy;
  /** The trust material of the moment; read anew for each filing, because CRLs change under a running desk. */
  readonly trust: () => Promise<TrustMaterial>;
};

/** No signature of a person is larger; a bigger file is not parsed. */
const SIGNATURE_MAX_BYTES = 8 * 1024 * 1024;
/** An undecided verdict is tried again by itself after these minutes, then hourly. */
const RECHECK_MINUTES = [1, 5, 15, 60];

/**
 * Verifies every signature of every document that is here, at the time of the clock, and writes verdict, identity and
 * anomalies in one transaction. Answers the filing's verdict; null when the filing is unknown.
 */
export async function verifyFiling(parts: VerifyParts, id: string): Promise<OverallVerdict | null> {
  const filing = readFiling(parts.store.read, id);
  if (!filing) return null;
  const trust = await parts.trust();
  const reports = new Map<string, VerificationReport>();
  for (const document of readDocuments(parts.store.read, id)) {
    if (document.state !== 'stored') continue;
    for (const signature of document.signatures) {
      const report = await verifyDetached(parts, trust, document, signature);
      if (report) reports.set(signature.id, report);
    }
    if (document.contentType === 'pdf' && document.signatures.length === 0) {
      const report = await verifyEmbedded(parts, trust, document);
      if (report) reports.set(document.id, report);
    }
  }
  return record(parts, filing, reports);
}

async function verifyDetached(
  parts: VerifyParts,
  trust: TrustMaterial,
  document: DocumentRecord,
  signature: SignatureFile,
): Promise<VerificationReport | null> {
  if (signature.state !== 'stored') return null;
  const bytes = await parts.blobs.readAll(signature.sha256, SIGNATURE_MAX_BYTES);
  if (!bytes) return unreadable(parts, signature.fileName);
  const content = contentFromStream(() => parts.blobs.read(document.sha256));
  return reportOr(
    parts,
    signature.fileName,
    await verifyFile({ file: signature.fileName, bytes, content, trust, policy: parts.policy, at: parts.clock() }),
  );
}

async function verifyEmbedded(parts: VerifyParts, trust: TrustMaterial, document: DocumentRecord): Promise<VerificationReport | null> {
  const bytes = await parts.blobs.readAll(document.sha256, LIMITS.wireDocumentBytes);
  if (!bytes) return null;
  const result = await verifyFile({ file: document.fileName, bytes, content: null, trust, policy: parts.policy, at: parts.clock() });
  return result.ok ? result.value.report : none(parts, document.fileName, 'unsigned');
}

function reportOr(parts: VerifyParts, file: string, result: Result<Verification>): VerificationReport {
  if (result.ok && result.value.report.overall !== 'unsigned') return result.value.report;
  if (!result.ok && result.error.code === 'format-unsupported') return none(parts, file, 'undecided');
  return unreadable(parts, file);
}
const unreadable = (parts: VerifyParts, file: string) => none(parts, file, 'invalid');
/** A report on a file in which no signature could be read; the overall verdict says what that means. */
function none(parts: VerifyParts, file: string, overall: OverallVerdict): VerificationReport {
  return {
    file,
    format: 'none',
    at: parts.clock(),
    policy: { id: parts.policy.id, version: parts.policy.version },
    flags: [],
    overall,
    signatures: [],
  };
}

function record(parts: VerifyParts, before: FilingRecord, reports: ReadonlyMap<string, VerificationReport>): OverallVerdict | null {
  const at = parts.clock();
  const rule = parts.reference.kindRule(before.kind);
  return parts.store.write((tx) => {
    for (const [documentId, report] of reports) {
      const identities = report.signatures.map((s) => identifySigner(s.signer, before, rule));
      const identity =
        identities.find((i) => i === 'applicant') ??
        identities.find((i) => i === 'representative') ??
        identities.find((i) => i === 'other') ??
        'unknown';
      tx.run('UPDATE document SET report = ?, identity = ? WHERE id = ?', JSON.stringify(report), identity, documentId);
    }
    const documents = readDocuments(tx, before.id);
    const verdict = filingVerdict(documents);
    const signature = filingState(documents);
    tx.run('DELETE FROM anomaly WHERE filing_id = ?', before.id);
    for (const a of findAnomalies(
      before,
      documents,
      parts.reference,
      (number) => tx.get('SELECT 1 FROM court_case WHERE number = ?', number) !== undefined,
    ))
      tx.run(
        'INSERT INTO anomaly (filing_id, rule, severity, document_id, params) VALUES (?, ?, ?, ?, ?)',
        before.id,
        a.rule,
        a.severity,
        a.documentId,
        JSON.stringify(a.params),
      );
    const retry =
      before.registeredAt === null &&
      documents.some((d) => reportsOf(d).some((r) => r.report.signatures.some((s) => s.subIndication === 'TRY_LATER')));
    const minutes = RECHECK_MINUTES[Math.min(before.recheckCount, RECHECK_MINUTES.length - 1)]!;
    const recheckAt = retry ? new Date(Date.parse(at) + minutes * 60_000).toISOString() : null;
    tx.run(
      'UPDATE filing SET verdict = ?, signature = ?, recheck_at = ?, recheck_count = recheck_count + 1, revision = revision + ? WHERE id = ?',
      verdict,
      signature,
      recheckAt,
      verdict === before.verdict && signature === before.signature ? 0 : 1,
      before.id,
    );
    if (verdict !== null && verdict !== before.verdict) {
      const first = before.verdict === null;
      tx.journal({
        at,
        actor: null,
        action: first ? 'filing.checked' : 'verdict.changed',
        subject: before.id,
        details: first ? { verdict } : { from: before.verdict, verdict },
      });
    }
    return verdict;
  });
}

/** The worst of everything that is signed; `unsigned` when the main document, the first, carries no signature. Null before anything was checked. */
function filingVerdict(documents: readonly DocumentRecord[]): OverallVerdict | null {
  const main = documents[0];
  if (!main) return 'unsigned';
  if (documents.every((d) => documentState(d) === 'not-checked')) return null;
  const verdicts = documents.flatMap((d) => reportsOf(d).map((r) => r.report.overall));
  if (documentState(main) === 'absent') verdicts.push('unsigned');
  return worstVerdict(verdicts);
}

/** Annexes need not be signed; the main document must be. */
function filingState(documents: readonly DocumentRecord[]) {
  const states = documents
    .map((d, i) => ({ state: documentState(d), main: i === 0 }))
    .filter((d) => d.main || (d.state !== 'absent' && d.state !== 'check-signer'));
  return worstState(states.map((d) => d.state));
}
