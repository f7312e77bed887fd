import { sameObject } from './canonical-value.ts';
import type { PdfDocument } from './pdf-document.ts';
import type { PdfObject } from './pdf-object.ts';
import { entryOf, type PdfValue } from './pdf-value.ts';

/** Which objects of a newer revision are accounted for. */
export type ObjectLedger = {
  readonly signed: PdfDocument;
  readonly current: PdfDocument;
  /** New objects that belong to what was added. */
  readonly objects: Set<number>;
  /** Objects of the signed revision that may differ. */
  readonly edited: Set<number>;
  /** What the signed revision refers to from outside its validation data. */
  readonly referredBeside: () => ReadonlySet<number>;
};

export function createObjectLedger(signed: PdfDocument, current: PdfDocument): ObjectLedger {
  let beside: ReadonlySet<number> | null = null;
  return { signed, current, objects: new Set(), edited: new Set(), referredBeside: () => (beside ??= collectReferences(signed)) };
}

const MAX_VISITED = 20_000;

/** What is compared is paid for: one large value may stand in many lists. Microseconds an octet, in the measure of computing-cost.ts. */
export function payFor({ computing }: PdfDocument, { start, end }: PdfValue): void {
  computing.spend(1 + Math.max(0, end - start) * COMPARING);
}
const COMPARING = 0.05;

/** Keys of the DSS dictionary, its VRI dictionary and its members; a dictionary of a page's resources may happen to have no others. */
const VALIDATION_KEY = /^(?:Type|Certs|CRLs|OCSPs|VRI|Cert|CRL|OCSP|TU|TS|[0-9A-F]{40})$/;

/**
 * Adds to the ledger every new object reachable from a value; back references of annotations are not followed. False when an object of
 * the signed revision is reached that differs now, except that dictionaries that are validation data and nothing else may grow.
 */
export function accountFor(
  { signed, current, objects, edited, referredBeside }: ObjectLedger,
  from: PdfValue,
  validationData: boolean,
): boolean {
  const visited = new Set<number>();
  const waiting: PdfValue[] = [from];
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (value.type === 'array') for (const item of value.items) waiting.push(item);
    else if (value.type === 'dictionary')
      for (const { key, value: part } of value.entries) {
        if (key !== 'P' && key !== 'Parent') waiting.push(part);
      }
    else if (value.type === 'reference' && !visited.has(value.object)) {
      visited.add(value.object);
      if (visited.size > MAX_VISITED) return false;
      const [before, now] = [signed.object(value.object), current.object(value.object)];
      if (now === null) continue;
      payFor(current, now.value);
      if (before === null) objects.add(value.object);
      else if (!sameObject(before, now)) {
        if (!validationData || !isValidationData(before) || !isValidationData(now)) return false;
        if (referredBeside().has(value.object)) return false;
        edited.add(value.object);
      } else continue;
      waiting.push(now.value);
    }
  }
  return true;
}

function isValidationData({ value, stream }: PdfObject): boolean {
  return value.type === 'dictionary' && stream === null && value.entries.every(({ key }) => VALIDATION_KEY.test(key));
}

/**
 * What anything but validation data refers to, the DSS of the catalog left out: names alone do not tell a dictionary of a page's resources
 * from one of validation data.
 */
function collectReferences(document: PdfDocument): Set<number> {
  const found = new Set<number>();
  const collect = (value: PdfValue): void => {
    if (value.type === 'reference') found.add(value.object);
    else if (value.type === 'array') value.items.forEach(collect);
    else if (value.type === 'dictionary') for (const entry of value.entries) collect(entry.value);
  };
  const root = entryOf(document.references.trailer, 'Root');
  for (const number of document.references.entries.keys()) {
    const object = document.object(number);
    if (object === null || isValidationData(object)) continue;
    const { value } = object;
    const isCatalog = root?.type === 'reference' && root.object === number;
    collect(isCatalog && value.type === 'dictionary' ? { ...value, entries: value.entries.filter(({ key }) => key !== 'DSS') } : value);
  }
  return found;
}
