import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import type { Result } from '../../shared/result.ts';
import { IncrementalUpdate } from './incremental-update.ts';
import { listSignatures } from './pdf-signatures.ts';
import type { PdfDict, PdfRef, PdfValue } from './pdf-value.ts';
import { nameValue, numberValue, writeDict } from './pdf-value.ts';
import type { PdfFile } from './read-pdf.ts';
import { readPdf } from './read-pdf.ts';
import { catalogOf } from './signature-field.ts';
import { unreadableAsValue } from './unreadable-as-value.ts';

/** DER each. */
export type ValidationMaterial = {
  readonly certs: readonly Uint8Array[];
  readonly crls: readonly Uint8Array[];
  readonly ocsp: readonly Uint8Array[];
};

/** The list in the store and the list of one signature (EN 319 142-1 §5.4.2.2, §5.4.2.3). */
const LISTS = { certs: ['Certs', 'Cert'], ocsp: ['OCSPs', 'OCSP'], crls: ['CRLs', 'CRL'] } as const;
const KINDS = Object.keys(LISTS) as (keyof typeof LISTS)[];

/**
 * Adds what proves the signatures of a file to its document security store (ETSI EN 319 142-1 §5.4.2), by an incremental update: what an earlier
 * store holds stays, a piece that is there already is not written again. Each signature without an entry of its own gets one.
 * @returns the file, as it was when there is nothing new; `document-unreadable`.
 */
export function addValidationData(input: { pdf: Uint8Array; material: ValidationMaterial; at: string }): Result<Uint8Array> {
  return unreadableAsValue(() => {
    const file = readPdf(input.pdf);
    const catalog = catalogOf(file);
    const store = file.dict(catalog.dict.get('DSS'));
    const update = new IncrementalUpdate(file);
    const entries = new Map<string, PdfValue>([['Type', nameValue('DSS')], ...(store ?? [])]);
    const pieces = new Map<keyof typeof LISTS, PdfRef[]>();
    let added = 0;
    for (const kind of KINDS) {
      const [list] = LISTS[kind];
      const old = [...(file.array(store?.get(list)) ?? [])];
      const known = new Map(old.flatMap((ref) => (ref.kind === 'ref' ? [[digestOf(file.stream(ref)), ref] as const] : [])));
      const refs: PdfRef[] = [];
      for (const bytes of input.material[kind]) {
        const digest = digestOf(bytes);
        const ref = known.get(digest) ?? update.add(streamOf(bytes));
        if (!known.has(digest)) {
          old.push(ref);
          added++;
        }
        known.set(digest, ref);
        refs.push(ref);
      }
      pieces.set(kind, refs);
      if (old.length > 0) entries.set(list, { kind: 'array', items: old });
    }
    const named = file.dict(store?.get('VRI'));
    const signatures = signatureEntries(file, named, pieces);
    if (added === 0 && signatures.size === (named?.size ?? 0)) return input.pdf;
    entries.set('VRI', { kind: 'dict', entries: signatures });
    const dss = update.add(writeDict(entries));
    update.replace(catalog.ref, writeDict(new Map([...catalog.dict, ['DSS', dss]])));
    return update.write(input.at);
  });
}

/** An entry is named by the SHA-1 of the contents, with the zeros that fill their place. */
function signatureEntries(file: PdfFile, before: PdfDict | null, pieces: ReadonlyMap<keyof typeof LISTS, PdfRef[]>): PdfDict {
  const entries = new Map(before ?? []);
  const own: PdfValue = {
    kind: 'dict',
    entries: new Map(
      KINDS.flatMap((kind) => {
        const items = pieces.get(kind) ?? [];
        return items.length > 0 ? [[LISTS[kind][1], { kind: 'array', items }] as [string, PdfValue]] : [];
      }),
    ),
  };
  for (const { contents } of listSignatures(file)) {
    const name = createHash('sha1').update(contents).digest('hex').toUpperCase();
    if (!entries.has(name)) entries.set(name, own);
  }
  return entries;
}

const digestOf = (bytes: Uint8Array | null): string =>
  createHash('sha256')
    .update(bytes ?? '')
    .digest('hex');

function streamOf(bytes: Uint8Array): string {
  const packed = deflateSync(bytes);
  const dict = writeDict(
    new Map<string, PdfValue>([
      ['Filter', nameValue('FlateDecode')],
      ['Length', numberValue(packed.length)],
    ]),
  );
  return `${dict}\nstream\n${packed.toString('latin1')}\nendstream`;
}
