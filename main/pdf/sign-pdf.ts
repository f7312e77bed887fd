import type { Result } from '../../shared/result.ts';
import { fail } from '../../shared/result.ts';
import { buildSignedData, contentHasher, type CmsSigner } from '../signature/index.ts';
import type { PdfValue } from './pdf-value.ts';
import { nameValue, textValue } from './pdf-value.ts';
import { readPdf } from './read-pdf.ts';
import { IncrementalUpdate } from './incremental-update.ts';
import { addSignatureField, forbidsChanges } from './signature-field.ts';
import { dictWithRoom, fillRoom, type Covered } from './signature-room.ts';
import { unreadableAsValue } from './unreadable-as-value.ts';

/**
 * Signs a PDF as PAdES baseline B (ETSI EN 319 142-1 §6.3) by an incremental update: the bytes that were there stay as they
 * were, so signatures made before remain valid. The signature has no place on the page; what a person sees is the act's own text.
 * @param input.signedAt UTC ISO instant; it goes into /M, since a PAdES signature carries no signing-time attribute.
 * @param input.timestamp asked for a TimeStampToken over the signature value, which makes it baseline T; null leaves it at B.
 * @returns the signed file, or `document-unreadable` (damaged or encrypted), `format-unsupported` (an earlier signature
 * forbids every change), `certificate-unfit` (the certificates are too large for the room kept for them).
 * Failures of the key itself are thrown by `signer.sign`.
 */
export async function signPdf(
  input: Description & {
    readonly pdf: Uint8Array;
    readonly signer: CmsSigner;
    readonly timestamp?: (value: Uint8Array) => Promise<Uint8Array | null>;
  },
): Promise<Result<Uint8Array>> {
  const { signer, timestamp } = input;
  return fillSignature(input.pdf, { ...input, subFilter: 'ETSI.CAdES.detached' }, ([before, after]) => {
    const hasher = contentHasher(signer.algorithm);
    hasher.update(before);
    hasher.update(after);
    const contentDigest = Uint8Array.from(hasher.digest());
    return buildSignedData({ signer, contentDigest, attachedContent: null, signingTime: null, timestamp });
  });
}

/**
 * The same with a message that somebody else makes over the covered bytes. It may carry a signing time of its own, so it is what ISO 32000-1
 * §12.8.3.3 calls a PKCS#7 signature.
 * @param input.sign a detached CMS over the content, in DER. It is not checked here.
 */
export async function signPdfByMessage(
  input: Description & { readonly pdf: Uint8Array; readonly sign: (content: Uint8Array) => Promise<Uint8Array> },
): Promise<Result<Uint8Array>> {
  return fillSignature(input.pdf, { ...input, subFilter: 'adbe.pkcs7.detached' }, (covered) => input.sign(Buffer.concat(covered)));
}

type Description = {
  readonly signedAt: string;
  readonly name: string | null;
  readonly reason: string | null;
  readonly location: string | null;
};
type Signature = Description & { readonly subFilter: 'ETSI.CAdES.detached' | 'adbe.pkcs7.detached' };

async function fillSignature(
  pdf: Uint8Array,
  signature: Signature,
  make: (covered: Covered) => Promise<Uint8Array>,
): Promise<Result<Uint8Array>> {
  const prepared = unreadableAsValue(() => prepare(pdf, signature));
  if (!prepared.ok) return prepared;
  return prepared.value === null ? fail('format-unsupported', { reason: 'changes-forbidden' }) : fillRoom(prepared.value, make);
}

/** Null when the file may not be changed any more. */
function prepare(pdf: Uint8Array, signature: Signature): Uint8Array | null {
  const file = readPdf(pdf);
  if (forbidsChanges(file)) return null;
  const update = new IncrementalUpdate(file);
  addSignatureField(file, update, update.add(signatureDict(signature)));
  return update.write(signature.signedAt);
}

function signatureDict({ signedAt, name, reason, location, subFilter }: Signature): string {
  const entries = new Map<string, PdfValue>([
    ['Type', nameValue('Sig')],
    ['Filter', nameValue('Adobe.PPKLite')],
    ['SubFilter', nameValue(subFilter)],
    ['M', textValue(pdfDate(signedAt))],
  ]);
  if (name !== null) entries.set('Name', textValue(name));
  if (reason !== null) entries.set('Reason', textValue(reason));
  if (location !== null) entries.set('Location', textValue(location));
  return dictWithRoom(entries);
}

const pdfDate = (instant: string): string => `D:${new Date(instant).toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`;
