import type { PdfFile } from './read-pdf.ts';
import type { PdfDict, PdfValue } from './pdf-value.ts';
import { PdfSyntaxError, integerOf } from './pdf-value.ts';

/** A signature of a PDF as the file describes it; nothing about it has been checked. */
export type PdfSignature = {
  readonly fieldName: string;
  readonly subFilter: string | null;
  /** The bytes of /Contents, zero padding included. */
  readonly contents: Uint8Array;
  readonly byteRange: readonly number[];
  /** True when the signature covers the file from its first byte to its last but for its own /Contents. */
  readonly coversWholeFile: boolean;
};

const MAX_FIELDS = 10_000;
const MAX_DEPTH = 32;

type Field = { readonly name: string; readonly dict: PdfDict };

/** Every form field with its full name, parents before their kids. */
export function listFields(file: PdfFile): readonly Field[] {
  const catalog = file.dict(file.trailer.get('Root'));
  const form = file.dict(catalog?.get('AcroForm'));
  const found: Field[] = [];
  const walk = (values: readonly PdfValue[], prefix: string, depth: number): void => {
    if (depth > MAX_DEPTH) throw new PdfSyntaxError('form fields are nested too deeply');
    for (const value of values) {
      const dict = file.dict(value);
      if (!dict) continue;
      if (found.length >= MAX_FIELDS) throw new PdfSyntaxError('the form has too many fields');
      const own = textOf(file.resolve(dict.get('T')));
      const name = own === null ? prefix : prefix === '' ? own : `${prefix}.${own}`;
      found.push({ name, dict });
      walk(file.array(dict.get('Kids')) ?? [], name, depth + 1);
    }
  };
  walk(file.array(form?.get('Fields')) ?? [], '', 0);
  return found;
}

export function listSignatures(file: PdfFile): readonly PdfSignature[] {
  const signatures: PdfSignature[] = [];
  for (const { name, dict } of listFields(file)) {
    const type = file.resolve(dict.get('FT'));
    const value = file.dict(dict.get('V'));
    if (type?.kind !== 'name' || type.name !== 'Sig' || !value) continue;
    const contents = value.get('Contents');
    const byteRange = (file.array(value.get('ByteRange')) ?? []).map((item) => integerOf(file.resolve(item)) ?? -1);
    const subFilter = file.resolve(value.get('SubFilter'));
    if (contents?.kind !== 'string') throw new PdfSyntaxError('a signature has no content');
    const [start, before, after, rest] = byteRange as [number?, number?, number?, number?];
    const coversWholeFile =
      byteRange.length === 4 &&
      start === 0 &&
      before === contents.start &&
      after === contents.end &&
      after + (rest ?? -1) === file.bytes.length &&
      // A string read from an object stream has places in another buffer; the hole must be this very string in this very file.
      Buffer.from(file.bytes.subarray(contents.start, contents.end)).toString('latin1') === contents.raw;
    signatures.push({
      fieldName: name,
      subFilter: subFilter?.kind === 'name' ? subFilter.name : null,
      contents: contents.bytes,
      byteRange,
      coversWholeFile,
    });
  }
  return signatures;
}

/** Text strings are UTF-16BE with a mark, or PDFDocEncoding, of which only ASCII is told apart here. */
export function textOf(value: PdfValue | null | undefined): string | null {
  if (value?.kind !== 'string') return null;
  const bytes = Buffer.from(value.bytes);
  if (bytes.length >= 2 && bytes[0] === 0xfe && bytes[1] === 0xff) {
    return Buffer.from(bytes.subarray(2, bytes.length - (bytes.length % 2)))
      .swap16()
      .toString('utf16le');
  }
  return bytes.toString('latin1');
}
