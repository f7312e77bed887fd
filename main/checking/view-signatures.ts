import type { CheckView, DocumentView, SignatureCard, SignatureState, SignerMatch } from '../../shared/contract/index.ts';
import type { CheckRecord, SignatureReport, TimestampReport, VerificationReport } from '../../shared/domain/verdict.ts';
import type { DocumentRecord, FilingRecord } from '../intake/index.ts';
import type { KindRule } from '../reference/index.ts';
import { matchSigner } from './identity.ts';
import { documentState, noteOf, reasonOf, reportsOf, stateOf } from './signature-state.ts';

export type ViewContext = {
  readonly filing: Pick<FilingRecord, 'message'>;
  readonly rule: KindRule | null;
  /** Whether the line is up now. */
  readonly online: boolean;
};

/** The documents of a filing with a card for each signature, as the window shows them and the protocol prints them. */
export function viewDocuments(documents: readonly DocumentRecord[], context: ViewContext): DocumentView[] {
  return documents.map((d) => ({
    id: d.id,
    role: d.role,
    title: d.title,
    fileName: d.fileName,
    size: d.size,
    sha256: d.sha256,
    contentType: d.contentType,
    pages: d.pages,
    state: d.state,
    annexId: d.annexId,
    signature: isOnPaper(d, context) ? stateOnPaper(documentState(d)) : documentState(d),
    signatures: cardsOf(d, documents, context),
  }));
}

/** It came on paper with its filing, or was handed in later. */
const isOnPaper = ({ annexId }: DocumentRecord, { filing }: Pick<ViewContext, 'filing'>): boolean =>
  filing.message.paper !== undefined || annexId !== null;

/** Whoever brought it on paper signed by hand; the signature in a document is that of the office, which certifies the copy. */
const stateOnPaper = (state: SignatureState): SignatureState => (state === 'absent' || state === 'check-signer' ? 'on-paper' : state);

/** Nobody of the filing has to be the signer of a certified copy. */
const certifying = (card: SignatureCard): SignatureCard => ({
  ...card,
  match: null,
  ...(card.state === 'check-signer' ? { state: 'valid', reason: null } : {}),
});

function cardsOf(document: DocumentRecord, documents: readonly DocumentRecord[], { filing, rule, online }: ViewContext): SignatureCard[] {
  return reportsOf(document).flatMap(({ report, fileName, fileId }) => {
    const place: Place = { documentId: document.id, fileId, fileName, fileSha256: sha256Of(document, fileId) };
    if (report.signatures.length === 0) return [emptyCard(place, report)];
    const cards = report.signatures.map((s) =>
      toCard(place, report, s, matchSigner(s.signer, s.warnings, filing, documents, rule), online),
    );
    return isOnPaper(document, { filing }) ? cards.map(certifying) : cards;
  });
}

const sha256Of = (document: DocumentRecord, fileId: string): string =>
  document.signatures.find((s) => s.id === fileId)?.sha256 ?? document.sha256;

type Place = { readonly documentId: string; readonly fileId: string; readonly fileName: string; readonly fileSha256: string };

function toCard(place: Place, report: VerificationReport, s: SignatureReport, match: SignerMatch, online: boolean): SignatureCard {
  return {
    ...emptyCard(place, report),
    id: `${place.fileId}:${s.id}`,
    state: stateOf(s.verdict, match.relation),
    verdict: s.verdict,
    policy: { id: report.policy.id, version: s.policyVersion },
    indication: s.indication,
    subIndication: s.subIndication,
    reason: reasonOf(s, match.relation, { online }),
    note: noteOf(s),
    signerName: s.signer?.commonName ?? null,
    signerIin: s.signer?.iin ?? null,
    signerBin: s.signer?.bin ?? null,
    signerOrganisation: s.signer?.organisation ?? null,
    signerRoles: [...(s.signer?.roles ?? [])],
    issuer: s.signer?.issuer ?? null,
    serial: s.signer?.serial ?? null,
    algorithm: s.algorithm,
    level: s.level,
    certificateFrom: s.certificateValidity?.from ?? null,
    certificateTo: s.certificateValidity?.to ?? null,
    signedAt: s.timeSource === 'timestamp' ? s.bestTime : s.claimedTime,
    timeSource: s.timeSource,
    claimedTime: s.claimedTime,
    bestTime: s.bestTime,
    boundedByReceipt: s.boundedByReceipt,
    timestamps: s.timestamps.map(viewTimestamp),
    revocation: s.revocation && { kind: s.revocation.kind, thisUpdate: s.revocation.thisUpdate, nextUpdate: s.revocation.nextUpdate },
    identity: match.relation,
    match,
    covers: s.covers,
    certificateSha256: s.certificateSha256,
    chain: (s.chain ?? []).map(({ subject, issuer, serial, sha256, from, to }) => ({ subject, issuer, serial, sha256, from, to })),
    warnings: [...s.warnings],
    checks: s.checks.map(viewCheck),
  };
}

const viewCheck = ({ id, result, reason, certificate }: CheckRecord): CheckView => ({
  id,
  result,
  reason,
  certificate: certificate ?? null,
});

function viewTimestamp(t: TimestampReport): SignatureCard['timestamps'][number] {
  return {
    kind: t.kind,
    verdict: t.verdict,
    subIndication: t.subIndication,
    time: t.time,
    policy: t.policy,
    authority: t.authority?.commonName ?? null,
    serial: t.authority?.serial ?? null,
    checks: t.checks.map(viewCheck),
  };
}

/** What is known where no signature could be read from a signature file. */
function emptyCard({ documentId, fileId, fileName, fileSha256 }: Place, report: VerificationReport): SignatureCard {
  return {
    id: fileId,
    documentId,
    fileName,
    state: stateOf(report.overall, null),
    verdict: report.overall === 'unsigned' ? null : report.overall,
    format: report.format,
    policy: { id: report.policy.id, version: report.policy.version },
    indication: null,
    subIndication: null,
    reason: report.overall === 'undecided' ? 'incomplete' : 'format',
    note: null,
    signerName: null,
    signerIin: null,
    signerBin: null,
    signerOrganisation: null,
    signerRoles: [],
    issuer: null,
    serial: null,
    algorithm: null,
    level: null,
    certificateFrom: null,
    certificateTo: null,
    signedAt: null,
    timeSource: 'none',
    claimedTime: null,
    bestTime: null,
    boundedByReceipt: false,
    timestamps: [],
    checkedAt: report.at,
    revocation: null,
    identity: 'unknown',
    match: null,
    covers: 'whole',
    fileSha256,
    certificateSha256: null,
    chain: [],
    warnings: [],
    flags: [...report.flags],
    checks: [],
  };
}
