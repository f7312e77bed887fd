import type { SignatureReport } from '../../../shared/domain/verdict.ts';
import { surveyEncoding } from '../../asn1/index.ts';
import { failed, judged, notRun, passed, type Finding } from '../checks/finding.ts';
import { BudgetExceeded } from '../computing-budget.ts';
import { contentFromPieces, limitWork } from '../content-source.ts';
import { readSignedData, type SignedData } from '../formats/read-signed-data.ts';
import { reportOverLimit, reportUnreadable } from '../report-unreadable.ts';
import { verifySignedData, type Container, type VerificationFrame } from '../verify-signed-data.ts';
import { scanActiveContent } from './active-content.ts';
import { provenTimes, verifyDocumentTimestamps } from './document-timestamps.ts';
import { readValidationData } from './validation-data.ts';
import { readByteRange, type ByteRange } from './byte-range.ts';
import { findSignatures, type PdfSignatureDictionary } from './find-signatures.ts';
import { createInflateBudget } from './inflate.ts';
import { certificationLevel, judgeChanges } from './judge-changes.ts';
import { openPdf, type PdfDocument } from './pdf-document.ts';
import { indexReferences, type ReferenceIndex } from './reference-index.ts';
import { readPdfTime } from './pdf-time.ts';
import { entryOf, isBlank, nameOf, type PdfDictionary } from './pdf-value.ts';

/** What all structure streams of one file may unpack to. */
const MAX_INFLATED = 64 * 1024 * 1024;
/** Octets that may be read to compare signed revisions with the file as it is; what goes beyond stays undecided. */
const MAX_COMPARED = 256 * 1024 * 1024;
const TIMESTAMP_FILTER = 'ETSI.RFC3161';
const SUB_FILTERS = ['ETSI.CAdES.detached', 'adbe.pkcs7.detached'];
const UNDECIDED = { indication: 'INDETERMINATE', subIndication: 'GENERIC' } as const;

type OpenPdf = {
  readonly document: PdfDocument;
  /** Offsets count from here: the header, in files that begin with something else. */
  readonly base: number;
  readonly index: () => ReferenceIndex;
};

/** Verifies every signature field of a PDF, and names what is dangerous in the file whether signed or not. */
export async function verifyPdf(
  bytes: Uint8Array,
  headerAt: number,
  frame: VerificationFrame,
): Promise<{ flags: string[]; signatures: SignatureReport[] }> {
  const budget = createInflateBudget(MAX_INFLATED, frame.computing);
  const bases = headerAt === 0 ? [0] : [0, headerAt];
  const opened = bases.map((base) => ({ document: openPdf(bytes, base, budget), base })).find(({ document }) => document !== null);
  const pdf = opened?.document ? openedPdf(opened.document, opened.base) : null;
  const flags = [...scanActiveContent(bytes, pdf?.document ?? null, budget)];
  if (headerAt > 0) flags.push('HEADER_NOT_AT_ZERO');
  if (pdf === null) flags.push('MALFORMED');
  if (hasTrailingData(bytes)) flags.push('TRAILING_DATA');
  return { flags: flags.sort(), signatures: await verifyWithinBudget(bytes, pdf, frame) };
}

/** What is dangerous in a file is said even where its signatures cannot be verified within the limits. */
async function verifyWithinBudget(bytes: Uint8Array, pdf: OpenPdf | null, frame: VerificationFrame): Promise<SignatureReport[]> {
  try {
    return await verifySignatures(bytes, pdf, frame);
  } catch (error) {
    if (error instanceof BudgetExceeded) return [reportOverLimit(frame)];
    throw error;
  }
}

function openedPdf(document: PdfDocument, base: number): OpenPdf {
  let index: ReferenceIndex | null = null;
  return { document, base, index: () => (index ??= indexReferences(document)) };
}

async function verifySignatures(bytes: Uint8Array, pdf: OpenPdf | null, frame: VerificationFrame): Promise<SignatureReport[]> {
  if (pdf === null) {
    // Not to be called unsigned only because its tables are broken.
    const signed = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes('/ByteRange', 0, 'latin1');
    return signed ? [reportUnreadable('S1', 'cross-references-unreadable', frame)] : [];
  }
  const found = findSignatures(pdf.document);
  if (found === null) return [reportUnreadable('S1', 'too-many-signatures', frame)];
  const located = found.map((signature) => ({ signature, ...locate(pdf.document, signature) })).sort(byEnd);
  const validation = readValidationData(pdf.document);
  const comparison = createComparison(pdf, found, bytes.length);
  const stamps = located.filter(({ signature }) => signature.timestamp);
  const timestamps = await verifyDocumentTimestamps(
    stamps.map(({ signature: { dictionary }, range, findings }) => ({
      dictionary,
      range,
      findings: [...findings, comparison(dictionary, range, findings)],
    })),
    validation,
    frame,
  );
  const reports: SignatureReport[] = [];
  for (const { signature, range, findings } of located.filter(({ signature }) => !signature.timestamp)) {
    const { dictionary } = signature;
    const container: Container = {
      covers: range?.covers ?? 'partial',
      findings: [...findings, comparison(dictionary, range, findings)],
      time: readPdfTime(pdf.document.resolve(entryOf(dictionary, 'M'))),
      material: validation.material,
      provenAt: provenTimes(validation, timestamps),
      timestamps: timestamps.filter(({ end }) => range !== null && end > range.end),
    };
    reports.push(await verifyOne(dictionary, range, container, frame, reports.length));
  }
  return reports;
}

type Located = { readonly signature: PdfSignatureDictionary; readonly range: ByteRange | null };
const byEnd = (a: Located, b: Located): number => (a.range?.end ?? 0) - (b.range?.end ?? 0);

type Compare = (dictionary: PdfDictionary, range: ByteRange | null, findings: readonly Finding[]) => Finding;

/** Compares signed revisions with the file as it is, until it has read more than an honest file needs. */
function createComparison(pdf: OpenPdf, dictionaries: readonly PdfSignatureDictionary[], length: number): Compare {
  let compared = 0;
  return (dictionary, range, findings) => {
    if (range?.covers === 'partial') compared += length + range.end;
    return judgeRevision(pdf, dictionaries, dictionary, range, findings, compared <= MAX_COMPARED);
  };
}

/** The signature dictionary and its place in the bytes. */
function locate(
  document: PdfDocument,
  { dictionary, timestamp }: PdfSignatureDictionary,
): { range: ByteRange | null; findings: Finding[] } {
  const keys = dictionary.entries.map(({ key }) => key);
  const contents = entryOf(dictionary, 'Contents');
  const form =
    new Set(keys).size < keys.length ? 'keys-repeated' : contents?.type === 'string' && contents.hex ? null : 'contents-not-hexadecimal';
  const { range, reason } = readByteRange(document.bytes, dictionary, contents);
  const subFilter = nameOf(entryOf(dictionary, 'SubFilter'));
  return {
    range,
    findings: [
      judged('pdf.signature-dictionary', form),
      judged('pdf.byte-range', reason),
      judged(
        'pdf.sub-filter',
        subFilter !== null && (timestamp ? [TIMESTAMP_FILTER] : SUB_FILTERS).includes(subFilter) ? null : 'sub-filter-unsupported',
      ),
    ],
  };
}

function judgeRevision(
  { document, base, index }: OpenPdf,
  dictionaries: readonly PdfSignatureDictionary[],
  dictionary: PdfDictionary,
  range: ByteRange | null,
  findings: readonly Finding[],
  affordable: boolean,
): Finding {
  if (range === null || findings.some(({ id, outcome }) => id === 'pdf.byte-range' && outcome === 'failed'))
    return notRun('pdf.unmodified', 'byte-range');
  if (range.covers === 'whole') return passed('pdf.unmodified');
  if (!affordable) return failed('pdf.unmodified', 'too-much-to-compare', null, UNDECIDED);
  const { reason, unjudged } = judgeChanges({
    current: document,
    base,
    index,
    dictionaries,
    signedEnd: range.end,
    certification: certificationLevel(document, dictionary),
  });
  if (reason === null) return passed('pdf.unmodified');
  return unjudged ? failed('pdf.unmodified', reason, null, UNDECIDED) : failed('pdf.unmodified', reason);
}

async function verifyOne(
  dictionary: PdfDictionary,
  range: ByteRange | null,
  container: Container,
  frame: VerificationFrame,
  before: number,
): Promise<SignatureReport> {
  const id = `S${before + 1}`;
  const contents = entryOf(dictionary, 'Contents');
  const message = contents?.type === 'string' ? readContents(contents.octets) : null;
  // Where the container is broken there is nothing sound to verify over.
  if (container.findings.some((finding) => finding.id === 'pdf.sub-filter' && finding.outcome === 'failed'))
    return reportUnreadable(id, null, frame, container);
  if (typeof message === 'string' || message === null) return reportUnreadable(id, message ?? 'contents-missing', frame, container);
  const content = range && limitWork(contentFromPieces(range.pieces), range.end, frame.computing);
  const [report] = await verifySignedData(message, content, container, frame, before);
  return report ?? reportUnreadable(id, 'contents-signers', frame, container);
}

/** The message in Contents: one signer, no content of its own, and nothing after it but the zeros that fill the place kept for it. */
function readContents(octets: Uint8Array): SignedData | string {
  const survey = surveyEncoding(octets);
  if (survey === null) return 'contents-malformed';
  const message = readSignedData(octets.subarray(0, survey.end));
  if (message === null) return 'contents-malformed';
  for (let at = survey.end; at < octets.length; at++) if (octets[at] !== 0) return 'contents-followed-by-data';
  if (message.content !== null) return 'contents-not-detached';
  return message.signers.length === 1 ? message : 'contents-signers';
}

function hasTrailingData(bytes: Uint8Array): boolean {
  const end = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).lastIndexOf('%%EOF', undefined, 'latin1');
  if (end < 0) return false;
  for (let at = end + '%%EOF'.length; at < bytes.length; at++) if (!isBlank(bytes[at])) return true;
  return false;
}
