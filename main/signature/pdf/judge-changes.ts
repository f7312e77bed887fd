import { canonical, sameObject } from './canonical-value.ts';
import { allowedAdditions, type Additions } from './allowed-additions.ts';
import { sameReference } from './cross-references.ts';
import { openPdf, readObjectStream, type PdfDocument } from './pdf-document.ts';
import { createInflateBudget } from './inflate.ts';
import { entryOf, nameOf, type PdfDictionary, type PdfValue } from './pdf-value.ts';

/** What was done to a document after one of its signatures: `reason` names the first thing that may not be, null when all may. */
export type ChangeVerdict = {
  readonly reason: string | null;
  /** The change could not be judged, which is not the same as forbidden. */
  readonly unjudged: boolean;
};

const ALLOWED: ChangeVerdict = { reason: null, unjudged: false };
const forbidden = (reason: string): ChangeVerdict => ({ reason, unjudged: false });
const unjudged = (reason: string): ChangeVerdict => ({ reason, unjudged: true });

const MAX_INFLATED = 64 * 1024 * 1024;
const MAX_CHANGED = 10_000;

/**
 * Compares the signed revision with the document as it is now. Only further signatures, document timestamps and validation data (DSS) may
 * have been added, with the edits of Catalog, AcroForm and page annotations they need (EN 319 142-1 §5.4, §6; ISO 32000-1 §12.8.2).
 * Every object between the signed end and the end of the file must be one the tables name: readers that search for objects would
 * otherwise show another document than readers that follow the tables.
 */
export function judgeChanges(current: PdfDocument, base: number, signedEnd: number, certification: number | null): ChangeVerdict {
  const signed = openPdf(current.bytes.subarray(0, signedEnd), base, createInflateBudget(MAX_INFLATED));
  if (signed === null) return unjudged('signed-revision-unreadable');
  if (current.references.newest < signedEnd) return forbidden('bytes-after-last-revision');
  if (!sameTrailer(signed, current)) return forbidden('trailer-changed');
  const changed = changedObjects(signed, current);
  if (changed === null || changed.size > MAX_CHANGED) return unjudged('too-many-changes');
  if (!tailIsListed(current, signedEnd, changed)) return forbidden('object-outside-tables');
  const additions = allowedAdditions(signed, current);
  if (typeof additions === 'string') return forbidden(additions);
  if (certification === 1 && additions.signatures > 0) return forbidden('certification-allows-no-change');
  if (fillsGap(changed, signed, current)) return forbidden('awaited-object-added');
  for (const number of changed) {
    const reason = judgeObject(number, signed, current, additions);
    if (reason !== null) return forbidden(reason);
  }
  return ALLOWED;
}

/** Objects written after the signed end must stand where a table says, and be among those that count now. */
function tailIsListed({ bytes, references }: PdfDocument, from: number, changed: ReadonlySet<number>): boolean {
  const tail = Buffer.from(bytes.buffer, bytes.byteOffset + from, bytes.length - from).toString('latin1');
  for (const match of tail.matchAll(/(?<![0-9])(\d{1,10})[\s\0]+\d{1,5}[\s\0]+obj(?![a-zA-Z])/g)) {
    const offset = from + match.index;
    if (!references.tables.has(offset) && !(references.offsets.has(offset) && changed.has(Number(match[1])))) return false;
  }
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

function judgeObject(number: number, signed: PdfDocument, current: PdfDocument, additions: Additions): string | null {
  const [before, now] = [signed.object(number), current.object(number)];
  if (before === null) {
    if (now === null) return null;
    return additions.objects.has(number) || isStructure(now.value) ? null : 'object-added';
  }
  if (now === null) return 'object-removed';
  return sameObject(before, now) || additions.edited.has(number) ? null : 'object-changed';
}

/** A new object must not be one the signed revision already pointed at: what was empty when it was signed would be filled. */
function fillsGap(changed: ReadonlySet<number>, signed: PdfDocument, current: PdfDocument): boolean {
  const added = [...changed].filter((number) => signed.object(number) === null && current.object(number) !== null);
  if (added.length === 0) return false;
  const awaited = referencedNumbers(signed);
  return added.some((number) => awaited.has(number));
}

/** Numbers of all references written in the plain bytes and the object streams of a document. */
function referencedNumbers(document: PdfDocument): Set<number> {
  const numbers = new Set<number>();
  const texts = [document.bytes];
  const budget = createInflateBudget(MAX_INFLATED);
  const containers = new Set([...document.references.entries.values()].flatMap((entry) => (entry.kind === 'in' ? [entry.container] : [])));
  for (const number of containers) {
    const holder = document.object(number);
    const unpacked = holder && readObjectStream(holder, budget);
    if (unpacked) texts.push(unpacked.bytes);
  }
  for (const bytes of texts) {
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
    for (const match of text.matchAll(/(?<![0-9])(\d{1,10})[\s\0]+\d{1,5}[\s\0]+R(?![a-zA-Z])/g)) numbers.add(Number(match[1]));
  }
  return numbers;
}

/** Containers of cross-references and of objects that are judged one by one. */
function isStructure(value: PdfValue): boolean {
  const type = value.type === 'dictionary' ? nameOf(entryOf(value, 'Type')) : null;
  return type === 'XRef' || type === 'ObjStm';
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
