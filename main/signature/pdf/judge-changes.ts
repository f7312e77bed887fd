import { canonical, sameObject } from './canonical-value.ts';
import { allowedAdditions, type Additions } from './allowed-additions.ts';
import { sameReference } from './cross-references.ts';
import type { PdfSignatureDictionary } from './find-signatures.ts';
import { openPdf, type PdfDocument } from './pdf-document.ts';
import { createInflateBudget } from './inflate.ts';
import { objectNumberAt, wordAfterHeader } from './pdf-object.ts';
import { entryOf, isRegular, nameOf, type PdfDictionary } from './pdf-value.ts';
import type { ReferenceIndex } from './reference-index.ts';

/** What was done to a document after one of its signatures: `reason` names the first thing that may not be, null when all may. */
export type ChangeVerdict = {
  readonly reason: string | null;
  /** The change could not be judged, which is not the same as forbidden. */
  readonly unjudged: boolean;
};

export type ChangeQuestion = {
  readonly current: PdfDocument;
  /** What offsets in the file count from. */
  readonly base: number;
  /** Made once for all signatures of a file. */
  readonly index: () => ReferenceIndex;
  /** Of the current document. */
  readonly dictionaries: readonly PdfSignatureDictionary[];
  readonly signedEnd: number;
  /** Level of the certification, see certificationLevel. */
  readonly certification: number | null;
};

const ALLOWED: ChangeVerdict = { reason: null, unjudged: false };
const forbidden = (reason: string): ChangeVerdict => ({ reason, unjudged: false });
const unjudged = (reason: string): ChangeVerdict => ({ reason, unjudged: true });

const MAX_INFLATED = 64 * 1024 * 1024;
const MAX_CHANGED = 10_000;

/**
 * Compares the signed revision with the document as it is now. Only further signatures, document timestamps and validation data (DSS) may
 * have been added, with the edits of Catalog, AcroForm and page annotations they need (EN 319 142-1 §5.4, §6; ISO 32000-1 §12.8.2).
 */
export function judgeChanges({ current, base, index, dictionaries, signedEnd, certification }: ChangeQuestion): ChangeVerdict {
  const signed = openPdf(current.bytes.subarray(0, signedEnd), base, createInflateBudget(MAX_INFLATED, current.computing));
  if (signed === null) return unjudged('signed-revision-unreadable');
  if (current.references.newest < signedEnd) return forbidden('bytes-after-last-revision');
  if (!sameTrailer(signed, current)) return forbidden('trailer-changed');
  const changed = changedObjects(signed, current);
  if (changed === null || changed.size > MAX_CHANGED) return unjudged('too-many-changes');
  if (!tailIsListed(current, signedEnd, changed)) return forbidden('object-outside-tables');
  const additions = allowedAdditions(signed, current, dictionaries);
  if (typeof additions === 'string') return forbidden(additions);
  if (certification === 1 && additions.signatures > 0) return forbidden('certification-allows-no-change');
  const { first, unreadable } = index();
  if (unreadable < signedEnd) return unjudged('signed-revision-unreadable');
  const awaited = (number: number): boolean => (first.get(number) ?? signedEnd) < signedEnd;
  for (const number of changed) {
    const reason = judgeObject(number, signed, current, additions, awaited);
    if (reason !== null) return forbidden(reason);
  }
  return ALLOWED;
}

/**
 * Every `obj` after the signed end must begin an object that a table names and that counts now: readers that search for objects would
 * show another document otherwise.
 */
function tailIsListed({ bytes, references }: PdfDocument, from: number, changed: ReadonlySet<number>): boolean {
  const listed = new Set<number>();
  for (const table of references.tables) listed.add(wordAfterHeader(bytes, table));
  for (const offset of references.offsets) {
    const number = offset >= from ? objectNumberAt(bytes, offset) : null;
    if (number !== null && changed.has(number)) listed.add(wordAfterHeader(bytes, offset));
  }
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = file.indexOf('obj', from, 'latin1'); at >= 0; at = file.indexOf('obj', at + 3, 'latin1'))
    if (!isRegular(bytes[at - 1]) && !isRegular(bytes[at + 3]) && !listed.has(at)) return false;
  return true;
}

function sameTrailer(signed: PdfDocument, current: PdfDocument): boolean {
  return ['Root', 'Encrypt'].every((key) => {
    const [before, now] = [entryOf(signed.references.trailer, key), entryOf(current.references.trailer, key)];
    return (before && canonical(before)) === (now && canonical(now));
  });
}

/** Numbers whose entry is not the one of the signed revision; null when the signed tables are not part of the current chain. */
function changedObjects(signed: PdfDocument, current: PdfDocument): Set<number> | null {
  if (!current.references.tables.has(signed.references.newest)) return null;
  const changed = new Set<number>();
  const [before, now] = [signed.references.entries, current.references.entries];
  for (const [number, entry] of now) if (!sameReference(entry, before.get(number))) changed.add(number);
  return changed;
}

/**
 * A new object must not be one the signed revision already pointed at: what was empty when it was signed would be filled. Any other is
 * reached only through the edits that are accounted for, or not at all.
 */
function judgeObject(
  number: number,
  signed: PdfDocument,
  current: PdfDocument,
  additions: Additions,
  awaited: (number: number) => boolean,
): string | null {
  const [before, now] = [signed.object(number), current.object(number)];
  if (before === null) return now !== null && awaited(number) ? 'awaited-object-added' : null;
  if (now === null) return 'object-removed';
  return sameObject(before, now) || additions.edited.has(number) ? null : 'object-changed';
}

/** Level of a certification signature (DocMDP): 1 nothing may change, 2 forms and signatures, 3 annotations too; null for others. */
export function certificationLevel(document: PdfDocument, dictionary: PdfDictionary): number | null {
  const references = document.resolve(entryOf(dictionary, 'Reference'));
  if (references?.type !== 'array') return null;
  for (const item of references.items) {
    const reference = document.dictionary(item);
    if (!reference || nameOf(document.resolve(entryOf(reference, 'TransformMethod'))) !== 'DocMDP') continue;
    const parameters = document.dictionary(entryOf(reference, 'TransformParams'));
    const level = parameters && document.resolve(entryOf(parameters, 'P'));
    return level?.type === 'number' ? level.value : 2;
  }
  return null;
}
