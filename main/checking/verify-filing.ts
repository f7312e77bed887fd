import type { SignatureState } from '../../shared/contract/index.ts';
import { worstVerdict, type OverallVerdict } from '../../shared/domain/verdict.ts';
import {
  keepVerification,
  layDownEvidence,
  verifyStoredFile,
  type Budget,
  type EvidenceSource,
  type FileVerification,
  type KeepableVerification,
  type StoredFile,
} from '../evidence/index.ts';
import { readDocuments, readFiling, type DocumentRecord, type FilingRecord } from '../intake/index.ts';
import { LIMITS } from '../../shared/registry/index.ts';
import type { Reference } from '../reference/index.ts';
import type { Policy, TrustMaterial } from '../signature/index.ts';
import type { BlobStore, Reading, Store, Writing } from '../store/index.ts';
import { examineBytes } from './examine-bytes.ts';
import { identifySigner } from './identity.ts';
import { mayStillBeDecided, nextRecheck } from './recheck.ts';
import { documentState, reportsOf, worstState } from './signature-state.ts';
import { addFindings, writeFindings } from './write-findings.ts';

export type VerifyParts = {
  readonly store: Store;
  readonly blobs: BlobStore;
  readonly reference: Reference;
  /** Code of the court that this desk belongs to. */
  readonly court: string;
  readonly clock: () => string;
  readonly newId: () => string;
  readonly policy: Policy;
  /** The trust material of the moment; read anew for each filing, because CRLs change under a running desk. */
  readonly trust: () => Promise<TrustMaterial>;
  readonly evidence: EvidenceSource;
  /** The verifier; in this thread unless given. */
  readonly verify?: FileVerification;
};

/** For everything that is asked about one filing. */
const ASKING_MS = 15_000;

/**
 * Verifies every signature of every document that is here, at the time of the clock, asking for evidence that is missing; keeps each
 * verification with what it rested on and writes verdict, identity and anomalies in one transaction. Answers the filing's verdict; null when
 * the filing is unknown or nothing of it could be checked.
 */
export async function verifyFiling(parts: VerifyParts, id: string): Promise<OverallVerdict | null> {
  const filing = readFiling(parts.store.read, id);
  if (!filing) return null;
  const documents = readDocuments(parts.store.read, id);
  const isDecidedOn = filing.registeredAt !== null && filing.verdict !== null;
  const late = isDecidedOn ? documents.filter(isNewAnnex) : [];
  if (isDecidedOn && late.length === 0) {
    // papers that were handed in and did not come as they should: that is no reason to judge anew what it was registered with
    parts.store.write((tx) => tx.run('UPDATE filing SET recheck_at = NULL WHERE id = ? AND recheck_at IS NOT NULL', id));
    return filing.verdict;
  }
  const trust = await parts.trust();
  const budget: Budget = { leftMs: ASKING_MS };
  const verified: KeepableVerification[] = [];
  for (const { documentId, file } of filesToVerify(late.length > 0 ? late : documents)) {
    const circumstances = { trust, policy: parts.policy, at: parts.clock(), receivedAt: filing.message.receivedAt };
    const verification = await verifyStoredFile(parts.blobs, file, circumstances, parts.evidence.inquire(budget), parts.verify);
    if (!verification.ok) continue;
    const kept = await layDownEvidence(parts.blobs, { documentId, file, circumstances, verification: verification.value });
    // a verdict whose evidence finds no room on the disk is not given
    if (!kept.ok) return filing.verdict;
    verified.push(kept.value);
  }
  const examined = await examineDocuments(parts, readDocuments(parts.store.read, id));
  // what was not asked because the program ends says nothing
  if (parts.evidence.stopped()) return filing.verdict;
  return parts.store.write((tx) => {
    for (const [sha256, flags] of examined)
      tx.run('INSERT OR IGNORE INTO document_flags (sha256, flags) VALUES (?, ?)', sha256, JSON.stringify(flags));
    return late.length > 0 ? recordLate(parts, tx, filing, verified) : record(parts, tx, filing, verified);
  });
}

/** Handed in to a filing, here, and not looked at yet. */
const isNewAnnex = ({ annexId, state, report }: DocumentRecord): boolean => annexId !== null && state === 'stored' && report === null;

/** What the bytes of documents carry, of those that were not looked at before; the same bytes are looked at once. */
async function examineDocuments(
  { store, blobs }: VerifyParts,
  documents: readonly DocumentRecord[],
): Promise<Map<string, readonly string[]>> {
  const found = new Map<string, readonly string[]>();
  for (const { sha256, state } of documents) {
    if (state !== 'stored' || found.has(sha256) || store.read.get('SELECT 1 FROM document_flags WHERE sha256 = ?', sha256)) continue;
    const bytes = await blobs.readAll(sha256, LIMITS.wireDocumentBytes).catch(() => null);
    if (bytes) found.set(sha256, examineBytes(bytes));
  }
  return found;
}

/** Signature files, and documents that carry their signatures inside. */
function filesToVerify(documents: readonly DocumentRecord[]): { documentId: string; file: StoredFile }[] {
  return documents
    .filter(({ state }) => state === 'stored')
    .flatMap((document) => {
      const inside = document.contentType === 'pdf' && document.signatures.length === 0;
      const { id, fileName, sha256 } = document;
      return [
        ...document.signatures
          .filter(({ state }) => state === 'stored')
          .map((s) => ({ documentId: s.id, file: { fileName: s.fileName, sha256: s.sha256, contentSha256: sha256 } })),
        ...(inside ? [{ documentId: id, file: { fileName, sha256, contentSha256: null } }] : []),
      ];
    });
}

function record(parts: VerifyParts, tx: Writing, seen: FilingRecord, verified: readonly KeepableVerification[]): OverallVerdict | null {
  for (const kept of verified) keepVerification(tx, seen.id, parts.newId(), kept);
  const before = readFiling(tx, seen.id)!;
  // registered while the signatures were being verified: the clerk decided on what was known then
  if (before.registeredAt !== null && seen.registeredAt === null) return before.verdict;
  keepReports(parts, tx, before, verified);
  const documents = readDocuments(tx, before.id);
  const fatalBefore = countFatal(tx, before.id);
  writeFindings(tx, parts, before, documents);
  const fatal = countFatal(tx, before.id);
  const at = parts.clock();
  const verdict = filingVerdict(documents);
  const signature = before.message.paper ? paperState(filingState(documents)) : filingState(documents);
  const waits = before.registeredAt === null && verified.some(({ verification }) => mayStillBeDecided(verification));
  tx.run(
    'UPDATE filing SET verdict = ?, signature = ?, recheck_at = ?, recheck_count = recheck_count + 1, revision = revision + ? WHERE id = ?',
    verdict,
    signature,
    waits ? nextRecheck(at, before.recheckCount) : null,
    verdict === before.verdict && signature === before.signature ? 0 : 1,
    before.id,
  );
  // how many findings only the head may let pass is noted too, so that later it can be said since when a filing waited for him
  if (verdict !== null && before.verdict !== null && verdict !== before.verdict)
    tx.journal({ at, actor: null, action: 'verdict.changed', subject: before.id, details: { from: before.verdict, verdict, fatal } });
  else if ((verdict !== null && before.verdict === null) || fatal !== fatalBefore)
    tx.journal({ at, actor: null, action: 'filing.checked', subject: before.id, details: { ...(verdict && { verdict }), fatal } });
  return verdict;
}

const countFatal = (read: Reading, filingId: string): number =>
  read.get<{ n: number }>("SELECT count(*) AS n FROM anomaly WHERE filing_id = ? AND severity = 'fatal'", filingId)!.n;

const IDENTITIES = ['applicant', 'representative', 'other'] as const;

function keepReports({ reference }: VerifyParts, tx: Writing, filing: FilingRecord, verified: readonly KeepableVerification[]): void {
  const rule = reference.kindRule(filing.kind);
  for (const { documentId, verification } of verified) {
    const identities = verification.report.signatures.map((s) => identifySigner(s.signer, filing, rule));
    const identity = IDENTITIES.find((i) => identities.includes(i)) ?? 'unknown';
    tx.run('UPDATE document SET report = ?, identity = ? WHERE id = ?', JSON.stringify(verification.report), identity, documentId);
  }
}

/** Papers that came after registering: the verdict and the findings that were decided on stay, what the new documents carry is added. */
function recordLate(
  parts: VerifyParts,
  tx: Writing,
  filing: FilingRecord,
  verified: readonly KeepableVerification[],
): OverallVerdict | null {
  for (const kept of verified) keepVerification(tx, filing.id, parts.newId(), kept);
  keepReports(parts, tx, filing, verified);
  const added = new Set(verified.map(({ documentId }) => documentId));
  addFindings(tx, parts, filing, readDocuments(tx, filing.id), added);
  tx.run('UPDATE filing SET recheck_at = NULL, revision = revision + 1 WHERE id = ?', filing.id);
  return filing.verdict;
}

/** The worst of everything that is signed; `unsigned` when the main document, the first, carries no signature. Null before anything was checked. */
function filingVerdict(all: readonly DocumentRecord[]): OverallVerdict | null {
  const documents = all.filter(cameWithFiling);
  const main = documents[0];
  if (!main) return 'unsigned';
  if (documents.every((d) => documentState(d) === 'not-checked')) return null;
  const verdicts = documents.flatMap((d) => reportsOf(d).map((r) => r.report.overall));
  if (documentState(main) === 'absent') verdicts.push('unsigned');
  return worstVerdict(verdicts);
}

/** Its sender signed by hand; only a copy that was certified here and is not in order is a fault. In the database that is `valid`. */
const paperState = (state: SignatureState) => (state === 'absent' || state === 'check-signer' ? 'valid' : state);

/** What was handed in later says nothing of what the filer signed. */
const cameWithFiling = ({ annexId }: DocumentRecord): boolean => annexId === null;

/** Annexes need not be signed; the main document must be. */
function filingState(documents: readonly DocumentRecord[]) {
  const states = documents
    .filter(cameWithFiling)
    .map((d, i) => ({ state: documentState(d), main: i === 0 }))
    .filter((d) => d.main || (d.state !== 'absent' && d.state !== 'check-signer'));
  return worstState(states.map((d) => d.state));
}
