import type { Result } from '../../shared/result.ts';
import { fail } from '../../shared/result.ts';
import { buildSignedData, contentHasher, type CmsSigner } from '../signature/index.ts';
import type { PdfValue } from './pdf-value.ts';
import { nameValue, textValue } from './pdf-value.ts';
import { readPdf } from './read-pdf.ts';
import { IncrementalUpdate } from './incremental-update.ts';
import { addSignatureField, forbidsChanges } from './signature-field.ts';
import { dictWithRoom, fillRoom } from './signature-room.ts';
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
export async function signPdf(input: {
  pdf: Uint8Array;
  signer: CmsSigner;
  signedAt: string;
  name: string | null;
  reason: string | null;
  location: string | null;
  timestamp?: (value: Uint8Array) => Promise<Uint8Array | null>;
}): Promise<Result<Uint8Array>> {
  const prepared = unreadableAsValue(() => prepare(input.pdf, input));
  if (!prepared.ok) return prepared;
  if (prepared.value === null) return fail('format-unsupported', { reason: 'changes-forbidden' });
  const { signer, timestamp } = input;
  return fillRoom(prepared.value, contentHasher(signer.algorithm), (contentDigest) =>
    buildSignedData({ signer, contentDigest, attachedContent: null, signingTime: null, timestamp }),
  );
}

type Description = {
  readonly signedAt: string;
  readonly name: string | null;
  readonly reason: string | null;
  readonly location: string | null;
};

/** Null when the file may not be changed any more. */
function prepare(pdf: Uint8Array, description: Description): Uint8Array | null {
  const file = readPdf(pdf);
  if (forbidsChanges(file)) return null;
  const update = new IncrementalUpdate(file);
  addSignatureField(file, update, update.add(signatureDict(description)));
  return update.write(description.signedAt);
}

function signatureDict({ signedAt, name, reason, location }: Description): string {
  const entries = new Map<string, PdfValue>([
    ['Type', nameValue('Sig')],
    ['Filter', nameValue('Adobe.PPKLite')],
    ['SubFilter', nameValue('ETSI.CAdES.detached')],
    ['M', textValue(pdfDate(signedAt))],
  ]);
  if (name !== null) entries.set('Name', textValue(name));
  if (reason !== null) entries.set('Reason', textValue(reason));
  if (location !== null) entries.set('Location', textValue(location));
  return dictWithRoom(entries);
}

const pdfDate = (instant: string): string => `D:${new Date(instant).toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`;
