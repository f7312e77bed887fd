import { accountFor, createObjectLedger, payFor, type ObjectLedger } from './account-for-objects.ts';
import { canonical } from './canonical-value.ts';
import { sameReference } from './cross-references.ts';
import type { PdfSignatureDictionary } from './find-signatures.ts';
import type { PdfDocument } from './pdf-document.ts';
import { sameMetadata } from './same-metadata.ts';
import { entryOf, nameOf, type PdfDictionary, type PdfValue } from './pdf-value.ts';

/** What later signatures and validation data account for in a newer revision. */
export type Additions = {
  /** New objects that belong to them. */
  readonly objects: ReadonlySet<number>;
  /** Objects of the signed revision whose difference is only that they hang these in. */
  readonly edited: ReadonlySet<number>;
  /** How many signatures by people were added; document timestamps are not counted. */
  readonly signatures: number;
};

/**
 * Accounts for everything that may have been added; a code when Catalog, AcroForm, a page or a field differs in any other way.
 * @param dictionaries the signature dictionaries of the current document.
 */
export function allowedAdditions(
  signed: PdfDocument,
  current: PdfDocument,
  dictionaries: readonly PdfSignatureDictionary[],
): Additions | string {
  const ledger: Ledger = {
    ...createObjectLedger(signed, current),
    unused: new Map(dictionaries.map((found) => [found.dictionary.start, found])),
    widgets: new Set(),
    signatures: 0,
  };
  const root = entryOf(current.references.trailer, 'Root');
  const [before, now] = [signed.dictionary(root), current.dictionary(root)];
  if (root?.type !== 'reference' || before === null || now === null) return 'catalog-unreadable';
  if (!sameExcept(before, now, ['AcroForm', 'DSS', 'Extensions'])) return 'catalog-changed';
  ledger.edited.add(root.object);
  for (const key of ['DSS', 'Extensions']) {
    const part = entryOf(now, key);
    if (part && !accountFor(ledger, part, key === 'DSS')) return 'validation-data-rewrites-objects';
  }
  if (!acceptInformation(ledger)) return 'information-changed';
  acceptMetadata(ledger, entryOf(now, 'Metadata'));
  const reason = acceptFields(ledger, entryOf(before, 'AcroForm'), entryOf(now, 'AcroForm')) ?? acceptPages(ledger);
  return reason ?? { objects: ledger.objects, edited: ledger.edited, signatures: ledger.signatures };
}

type Ledger = ObjectLedger & {
  /** Signature dictionaries no added field has taken yet, by where they begin. */
  readonly unused: Map<number, PdfSignatureDictionary>;
  /** Signature fields that were added or filled. */
  readonly widgets: Set<number>;
  signatures: number;
};

/** Writers stamp their name and the time into the information dictionary; title and author stay. */
function acceptInformation({ signed, current, objects, edited }: Ledger): boolean {
  const [before, now] = [entryOf(signed.references.trailer, 'Info'), entryOf(current.references.trailer, 'Info')];
  const [old, fresh] = [before === null ? NOTHING : signed.dictionary(before), current.dictionary(now)];
  if (fresh === null || now === null) return true;
  if (old === null || !sameExcept(old, fresh, ['ModDate', 'Producer'])) return false;
  markEdited(before, now, edited, objects);
  return true;
}

const NOTHING: PdfDictionary = { type: 'dictionary', entries: [], start: 0, end: 0 };

/** Some writers renew the dates in the metadata of the catalog with every save. */
function acceptMetadata({ signed, current, edited }: Ledger, metadata: PdfValue | null): void {
  if (metadata?.type !== 'reference') return;
  const [before, now] = [signed.object(metadata.object), current.object(metadata.object)];
  if (before !== null && now !== null && sameMetadata(before, now)) edited.add(metadata.object);
}

function acceptFields(ledger: Ledger, before: PdfValue | null, now: PdfValue | null): string | null {
  const { signed, current, objects, edited } = ledger;
  if (before === null && now === null) return null;
  const [oldForm, newForm] = [signed.dictionary(before), current.dictionary(now)];
  if (oldForm === null || newForm === null || !sameExcept(oldForm, newForm, ['Fields', 'SigFlags'])) return 'form-changed';
  markEdited(before, now, edited, objects);
  const [oldList, newList] = [entryOf(oldForm, 'Fields'), entryOf(newForm, 'Fields')];
  const [oldFields, newFields] = [referencesOf(signed, oldList), referencesOf(current, newList)];
  if (oldFields === null || newFields === null) return 'fields-removed';
  const [known, kept] = [new Set(oldFields), new Set(newFields)];
  if (!oldFields.every((number) => kept.has(number))) return 'fields-removed';
  // A list in an object of its own may be the list of something else too, of which the order matters.
  if (newList?.type === 'reference' && !oldFields.every((number, i) => newFields[i] === number)) return 'form-changed';
  markEdited(oldList, newList, edited, objects);
  for (const number of kept) {
    const old = known.has(number) ? signed.dictionary(reference(number)) : null;
    const reason = acceptField(ledger, number, old);
    if (reason !== null) return reason;
  }
  return null;
}

/** A field as it was, or a signature field that is new or was empty. */
function acceptField(ledger: Ledger, number: number, old: PdfDictionary | null): string | null {
  const { current, widgets } = ledger;
  const fresh = current.dictionary(reference(number));
  if (fresh) payFor(current, fresh);
  if (widgets.has(number) || (old && fresh && canonical(old) === canonical(fresh))) return null;
  if (fresh === null) return 'field-unreadable';
  const signature = takeSignature(ledger, number, entryOf(fresh, 'V'));
  if (signature === null) return 'field-not-signed';
  const reason = acceptSignatureField(ledger, number, old, fresh);
  if (reason !== null) return reason;
  // Nobody answers for what a timestamp shows.
  if (signature.timestamp && areaOf(current, fresh) !== 0) return 'field-covers-page';
  widgets.add(number);
  if (!signature.timestamp) ledger.signatures++;
  return null;
}

/**
 * The signature dictionary behind V. It must be newer than the signed revision and the value of no other field: what the field shows would
 * otherwise be drawn in the name of a signature that has nothing to do with it, or of none.
 */
function takeSignature({ signed, current, unused }: Ledger, field: number, value: PdfValue | null): PdfSignatureDictionary | null {
  // Places in an object stream, where no signature can be, count from another beginning.
  const holder = value?.type === 'reference' ? value.object : field;
  const start = current.references.entries.get(holder)?.kind === 'at' ? current.dictionary(value)?.start : undefined;
  const found = start !== undefined && start >= signed.bytes.length ? unused.get(start) : undefined;
  if (found) unused.delete(found.dictionary.start);
  return found ?? null;
}

const FIELD_KEYS = new Set('Type Subtype FT T TU V Rect P F Ff AP AS MK Lock SV M NM DA Q Border BS'.split(' '));

/** A new signature field, or an empty one of the signed revision that was filled. */
function acceptSignatureField(ledger: Ledger, number: number, old: PdfDictionary | null, fresh: PdfDictionary): string | null {
  const { signed, current, objects, edited } = ledger;
  if (nameOf(entryOf(fresh, 'FT')) !== 'Sig' || current.object(number)?.stream !== null) return 'field-changed';
  if (
    old === null
      ? signed.object(number) !== null
      : entryOf(old, 'V') !== null || !sameExcept(old, fresh, ['V', 'AP', 'M', 'F', 'MK', 'Lock'])
  )
    return 'field-changed';
  const kinds = ['Type', 'Subtype'].map((key) => entryOf(fresh, key)).filter((value) => value !== null);
  if (!kinds.every((value) => ['Annot', 'Widget'].includes(nameOf(value) ?? ''))) return 'field-changed';
  if (!sameExcept(fresh, fresh, []) || !fresh.entries.every(({ key }) => FIELD_KEYS.has(key))) return 'field-acts';
  if (!(areaOf(current, fresh) <= MAX_WIDGET_AREA)) return 'field-covers-page';
  (old === null ? objects : edited).add(number);
  for (const key of ['V', 'AP', 'MK', 'Lock', 'SV']) {
    const part = entryOf(fresh, key);
    if (part && !accountFor(ledger, part, false)) return 'field-rewrites-objects';
  }
  return null;
}

/** Pages may differ only by new signature widgets at the end of their annotations; some writers list them nowhere else. */
function acceptPages(ledger: Ledger): string | null {
  const { signed, current, objects, edited } = ledger;
  for (const [number, entry] of current.references.entries) {
    if (sameReference(entry, signed.references.entries.get(number))) continue;
    const [before, now] = [signed.dictionary(reference(number)), current.dictionary(reference(number))];
    if (before === null || now === null || nameOf(entryOf(now, 'Type')) !== 'Page' || canonical(before) === canonical(now)) continue;
    if (!sameExcept(before, now, ['Annots'])) return 'page-changed';
    edited.add(number);
    if (!onlyAppends(ledger, entryOf(before, 'Annots'), entryOf(now, 'Annots'))) return 'annotations-changed';
    markEdited(entryOf(before, 'Annots'), entryOf(now, 'Annots'), edited, objects);
  }
  // An annotation list kept in an object of its own changes without its page.
  for (const [number, entry] of signed.references.entries) {
    if (entry.kind === 'free' || sameReference(entry, current.references.entries.get(number))) continue;
    const [before, now] = [signed.resolve(reference(number)), current.resolve(reference(number))];
    if (before?.type === 'array' && now?.type === 'array' && !edited.has(number) && onlyAppends(ledger, before, now)) edited.add(number);
  }
  return null;
}

function onlyAppends(ledger: Ledger, before: PdfValue | null, now: PdfValue | null): boolean {
  const old = before === null ? [] : referencesOf(ledger.signed, before);
  const list = now === null ? [] : referencesOf(ledger.current, now);
  if (old === null || list === null) return false;
  return (
    old.every((number, i) => list[i] === number) && list.slice(old.length).every((number) => acceptField(ledger, number, null) === null)
  );
}

/** Square points a field takes on its page; NaN when they cannot be told. */
function areaOf(document: PdfDocument, field: PdfDictionary): number {
  const rectangle = document.resolve(entryOf(field, 'Rect'));
  if (rectangle === null) return 0;
  const sides = rectangle.type === 'array' ? rectangle.items.map((item) => document.resolve(item)) : [];
  const [left = Number.NaN, bottom = Number.NaN, right = Number.NaN, top = Number.NaN] = sides.map((side) =>
    side?.type === 'number' ? side.value : Number.NaN,
  );
  return Math.abs((right - left) * (top - bottom));
}
/** A later signature may be seen, but could not hide what was signed. Square points: a stamp of 90 × 45 mm on an A4 page. */
const MAX_WIDGET_AREA = 255 * 128;

function sameExcept(before: PdfDictionary, now: PdfDictionary, keys: readonly string[]): boolean {
  const rest = (dictionary: PdfDictionary): string =>
    canonical({ ...dictionary, entries: dictionary.entries.filter(({ key }) => !keys.includes(key)) });
  // Readers differ on which of two equal keys they take.
  const unique = new Set(now.entries.map(({ key }) => key)).size === now.entries.length;
  return unique && rest(before) === rest(now);
}

/** An indirect part may be rewritten in place, or move to an object of its own. */
function markEdited(before: PdfValue | null, now: PdfValue | null, edited: Set<number>, objects: Set<number>): void {
  if (now?.type !== 'reference') return;
  if (before?.type === 'reference' && before.object === now.object) edited.add(now.object);
  else objects.add(now.object);
}

function referencesOf(document: PdfDocument, value: PdfValue | null): number[] | null {
  const list = document.resolve(value);
  if (list === null) return value === null ? [] : null;
  if (list.type !== 'array') return null;
  payFor(document, list);
  const numbers = list.items.map((item) => (item.type === 'reference' ? item.object : null));
  return numbers.every((number) => number !== null) ? numbers : null;
}

const reference = (object: number): PdfValue => ({ type: 'reference', object, generation: 0, start: 0, end: 0 });
