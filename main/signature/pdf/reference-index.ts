import { createInflateBudget } from './inflate.ts';
import { readObjectStream, type PdfDocument } from './pdf-document.ts';
import { objectNumberAt, readObjectAt } from './pdf-object.ts';
import { integerOf, readPdfValue, type PdfValue } from './pdf-value.ts';

const MAX_INFLATED = 64 * 1024 * 1024;

/** Which objects are referred to, and how early in the file, over all revisions; whether they exist or not. */
export type ReferenceIndex = {
  /** Object number → the lowest offset of an object (or object stream) that refers to it. */
  readonly first: ReadonlyMap<number, number>;
  /** The lowest offset of something that could not be read. */
  readonly unreadable: number;
};

/** Reads every object of every revision once, whatever may have overwritten it. */
export function indexReferences({ bytes, references, computing }: PdfDocument): ReferenceIndex {
  const first = new Map<number, number>();
  const containers = new Set([...references.entries.values()].flatMap((entry) => (entry.kind === 'in' ? [entry.container] : [])));
  // What stands in a container that no table places cannot be known.
  let unreadable = [...containers].every((number) => references.entries.get(number)?.kind === 'at') ? Number.POSITIVE_INFINITY : 0;
  const budget = createInflateBudget(MAX_INFLATED, computing);
  for (const offset of references.offsets) {
    const number = objectNumberAt(bytes, offset);
    // Where there is no object a table's word means nothing.
    if (number === null) continue;
    const object = readObjectAt(bytes, offset, number, integerOf, computing);
    const unpacked = object && containers.has(number) ? readObjectStream(object, budget) : null;
    const packed = unpacked ? [...unpacked.offsets.values()].map((at) => readPdfValue(unpacked.bytes, at, computing)) : [];
    if (object === null || (containers.has(number) && unpacked === null) || packed.includes(null))
      unreadable = Math.min(unreadable, offset);
    for (const value of [object?.value ?? null, ...packed]) if (value) collect(value, offset, first);
  }
  return { first, unreadable };
}

function collect(value: PdfValue, offset: number, first: Map<number, number>): void {
  if (value.type === 'reference') first.set(value.object, Math.min(offset, first.get(value.object) ?? offset));
  else if (value.type === 'array') for (const item of value.items) collect(item, offset, first);
  else if (value.type === 'dictionary') for (const entry of value.entries) collect(entry.value, offset, first);
}
