import { createHash } from 'node:crypto';
import type { Result } from '../../shared/result.ts';
import { IncrementalUpdate } from './incremental-update.ts';
import type { PdfValue } from './pdf-value.ts';
import { nameValue } from './pdf-value.ts';
import { readPdf } from './read-pdf.ts';
import { addSignatureField } from './signature-field.ts';
import { dictWithRoom, fillRoom } from './signature-room.ts';
import { unreadableAsValue } from './unreadable-as-value.ts';

/**
 * Adds a document timestamp over the whole file (ETSI EN 319 142-1 §5.4.3) by an incremental update: it proves the time of every signature
 * before it, and is allowed even where a certification forbids further signatures.
 * @param input.token makes the TimeStampToken for a SHA-256 imprint.
 * @returns `document-unreadable`, `certificate-unfit` when the token is too large.
 */
export async function timestampPdf(input: {
  pdf: Uint8Array;
  at: string;
  token: (sha256: Uint8Array) => Promise<Uint8Array>;
}): Promise<Result<Uint8Array>> {
  const prepared = unreadableAsValue(() => {
    const file = readPdf(input.pdf);
    const update = new IncrementalUpdate(file);
    addSignatureField(file, update, update.add(timestampDict()));
    return update.write(input.at);
  });
  if (!prepared.ok) return prepared;
  return fillRoom(prepared.value, ([before, after]) => input.token(createHash('sha256').update(before).update(after).digest()));
}

const timestampDict = (): string =>
  dictWithRoom(
    new Map<string, PdfValue>([
      ['Type', nameValue('DocTimeStamp')],
      ['Filter', nameValue('Adobe.PPKLite')],
      ['SubFilter', nameValue('ETSI.RFC3161')],
    ]),
  );
