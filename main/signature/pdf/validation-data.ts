import type { EvidenceMaterial } from '../evidence/embedded-evidence.ts';
import { createInflateBudget, inflate } from './inflate.ts';
import type { PdfDocument } from './pdf-document.ts';
import { entryOf } from './pdf-value.ts';

/** Certificates, CRLs and OCSP responses of the document security store (EN 319 142-1 §5.4.2), and where in the file each stands. */
export type ValidationData = {
  readonly material: EvidenceMaterial;
  readonly places: ReadonlyMap<Uint8Array, PieceOfFile>;
};

/** From the object's first octet to the last of its stream. */
export type PieceOfFile = { readonly from: number; readonly to: number };

const MAX_INFLATED = 64 * 1024 * 1024;
const MAX_PIECES = 64;

/** Only the store of the newest revision is read: later ones repeat what earlier ones hold. What cannot be read is left out. */
export function readValidationData(document: PdfDocument): ValidationData {
  const budget = createInflateBudget(MAX_INFLATED, document.computing);
  const places = new Map<Uint8Array, PieceOfFile>();
  const catalog = document.dictionary(entryOf(document.references.trailer, 'Root'));
  const store = catalog && document.dictionary(entryOf(catalog, 'DSS'));
  const streams = (key: string): Uint8Array[] => {
    const list = store && document.resolve(entryOf(store, key));
    if (list?.type !== 'array') return [];
    return list.items.slice(0, MAX_PIECES).flatMap((item) => {
      if (item.type !== 'reference') return [];
      const place = document.references.entries.get(item.object);
      const object = document.object(item.object);
      if (place?.kind !== 'at' || object?.stream == null || object.value.type !== 'dictionary') return [];
      const bytes = inflate(object.value, object.stream, budget);
      if (bytes === null) return [];
      places.set(bytes, { from: place.offset, to: object.stream.byteOffset - document.bytes.byteOffset + object.stream.length });
      return [bytes];
    });
  };
  const material = { certificates: streams('Certs'), crls: streams('CRLs'), ocsp: streams('OCSPs') };
  return { material, places };
}
