import type { SignatureReport, VerificationReport } from '../../../shared/domain/verdict.ts';
import { failed, judged, passed, type Finding } from '../checks/finding.ts';
import type { Conclusion } from '../checks/registry.ts';
import type { ContentSource } from '../content-source.ts';
import { policyAt } from '../policy/policy.ts';
import { reportSignature } from '../signature-report.ts';
import { proveTime } from '../timestamp/prove-time.ts';
import { verifyTimestamp, type VerifiedTimestamp } from '../timestamp/verify-timestamp.ts';
import { reportUnreadable } from '../report-unreadable.ts';
import { NO_CONTAINER, type VerificationFrame } from '../verify-signed-data.ts';
import { createWorkbench, type Workbench } from '../workbench.ts';
import { agreesWithContent } from './agrees-with-content.ts';
import type { WorkBudget } from './canonicalize.ts';
import { gatherXmlSignature } from './gather-xml-signature.ts';
import { judgeCoverage, layOut, type Coverage, type DocumentLayout } from './judge-coverage.ts';
import { isUnsupported, parseXml } from './parse-xml.ts';
import { isSignature, readSignature } from './read-signature.ts';
import { readTimestamps, readXmlEvidence, type XmlTimestamp } from './read-unsigned-properties.ts';
import { indexIdentifiers, resolveReference, type IdentifierIndex, type ResolvedReference } from './resolve-reference.ts';
import type { XmlDocument, XmlElement } from './xml-tree.ts';

const MAX_SIGNATURES = 32;
/** Characters all canonical forms of one file may have together. */
const MAX_WORK = 128 * 1024 * 1024;
const UNKNOWN: Conclusion = { indication: 'INDETERMINATE', subIndication: 'GENERIC' };

/** One parsed file, as each of its signatures needs it. */
type OpenXml = {
  readonly document: XmlDocument;
  readonly identifiers: IdentifierIndex;
  readonly layout: DocumentLayout;
  readonly budget: WorkBudget;
  /** Another document was handed in beside. */
  readonly conflict: boolean;
};

/** Verifies every ds:Signature of an XML document, wherever it stands, in document order. */
export async function verifyXml(
  bytes: Uint8Array,
  content: ContentSource | null,
  frame: VerificationFrame,
): Promise<Pick<VerificationReport, 'format' | 'flags' | 'signatures'>> {
  const parsed = parseXml(bytes);
  if (!parsed.ok) {
    const unsupported = isUnsupported(parsed.fault);
    const report = reportRefused('S1', [failed('format.structure', parsed.fault, null, unsupported ? UNKNOWN : undefined)], frame);
    return { format: 'xmldsig', flags: unsupported ? [] : ['MALFORMED'], signatures: [report] };
  }
  const { document } = parsed;
  const found = document.elements.filter(isSignature);
  if (found.length === 0) return { format: 'none', flags: [], signatures: [] };
  if (found.length > MAX_SIGNATURES) {
    const report = reportRefused('S1', [failed('format.structure', 'too-many-signatures', null, UNKNOWN)], frame);
    return { format: 'xmldsig', flags: [], signatures: [report] };
  }
  const budget: WorkBudget = { left: MAX_WORK, computing: frame.computing };
  const open: OpenXml = {
    document,
    identifiers: indexIdentifiers(document),
    layout: layOut(document),
    budget,
    conflict: content !== null && !(await agreesWithContent(bytes, document, content, budget)),
  };
  const signatures: SignatureReport[] = [];
  for (const element of found) signatures.push(await verifySignature(element, `S${signatures.length + 1}`, open, frame));
  return { format: 'xmldsig', flags: [], signatures };
}

async function verifySignature(element: XmlElement, id: string, open: OpenXml, frame: VerificationFrame): Promise<SignatureReport> {
  const read = readSignature(element);
  if (!read.ok) {
    const { kind, reason } = read;
    return reportRefused(id, [failed(kind === 'malformed' ? 'format.structure' : 'xml.methods', reason)], frame);
  }
  const { signature } = read;
  const { document, budget } = open;
  const references = signature.references.map((reference) => resolveReference(reference, signature, document, open.identifiers, budget));
  const coverage = judgeCoverage(signature, references, document, open.layout);
  const stamps = readTimestamps(signature, budget);
  const tokens = stamps.map(({ token }) => token);
  const workbench = createWorkbench(frame, [readXmlEvidence(signature)], new Map(), tokens);
  const time = proveTime(await verifyTimestamps(stamps, frame, workbench), [], frame);
  const policy = policyAt(frame.policy, time.proven ?? frame.at);
  const pathsOf = workbench.pathsUnder(policy);
  const facts = gatherXmlSignature(signature, references, coverage, open.conflict, budget, (certificate) =>
    pathsOf(certificate, time.since(certificate)),
  );
  return reportSignature(facts, {
    id,
    policy,
    at: frame.at,
    ledger: frame.ledger,
    covers: coverage.covers === 'whole' ? 'whole' : 'partial',
    coverage: coverage.paths,
    container: judge(references, coverage),
    containerTime: null,
    time,
    embedded: workbench.embedded,
  });
}

async function verifyTimestamps(
  stamps: readonly XmlTimestamp[],
  { policy, at, ledger, computing }: VerificationFrame,
  { pool, pathsUnder }: Workbench,
): Promise<VerifiedTimestamp[]> {
  const verified: VerifiedTimestamp[] = [];
  for (const { token, imprint } of stamps) {
    const frame = { policy, pool, pathsOf: pathsUnder(policy), ledger, computing, at, since: at };
    verified.push(await verifyTimestamp(token, 'signature', (hash) => Promise.resolve(imprint(hash)), frame));
  }
  return verified;
}

/** What the references of a signature lead to, and whether a reader could be led elsewhere. */
function judge(references: readonly ResolvedReference[], { covers, wrapping }: Coverage): Finding[] {
  const astray = references.find(({ fault, outcome }) => fault !== null || outcome === 'work-limit');
  return [
    passed('xml.methods'),
    astray ? failed('xml.references', astray.fault ?? 'work-limit', null, REFERENCE_FAULTS[astray.fault ?? '']) : passed('xml.references'),
    judged('xml.wrapping', wrapping),
    judged('xml.coverage', covers === 'whole' ? null : covers === 'partial' ? 'part-of-document' : 'nothing-of-document'),
  ];
}

const REFERENCE_FAULTS: Readonly<Record<string, Conclusion>> = {
  'reference-ambiguous': { indication: 'TOTAL-FAILED', subIndication: 'FORMAT_FAILURE' },
  // The enveloped-signature transform takes away all there is.
  'reference-empty': { indication: 'TOTAL-FAILED', subIndication: 'FORMAT_FAILURE' },
  'reference-target-missing': { indication: 'INDETERMINATE', subIndication: 'SIGNED_DATA_NOT_FOUND' },
};

function reportRefused(id: string, findings: readonly Finding[], frame: VerificationFrame): SignatureReport {
  return reportUnreadable(id, null, frame, { ...NO_CONTAINER, covers: 'partial', findings });
}
