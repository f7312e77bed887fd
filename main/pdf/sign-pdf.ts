import { createHash } from 'node:crypto';
import type { Result } from '../../shared/result.ts';
import { fail, ok } from '../../shared/result.ts';
import { buildSignedData, type CmsSigner } from '../signature/index.ts';
import type { PdfDict, PdfRef, PdfValue } from './pdf-value.ts';
import { PdfSyntaxError, integerOf, nameValue, numberValue, textValue, writeDict, writeValue } from './pdf-value.ts';
import { listFields, listSignatures } from './pdf-signatures.ts';
import type { PdfFile } from './read-pdf.ts';
import { readPdf } from './read-pdf.ts';
import { IncrementalUpdate } from './incremental-update.ts';

/** Room for the signature, in bytes: a chain of three RSA certificates takes about 4 KB, a timestamp as much again. */
const RESERVED_BYTES = 16 * 1024;
const RANGE_DIGITS = 10;
const CONTENTS_ROOM = `/Contents <${'0'.repeat(RESERVED_BYTES * 2)}>`;
const RANGE_ROOM = `/ByteRange [0 ${Array(3).fill('0'.repeat(RANGE_DIGITS)).join(' ')}]`;

/**
 * Signs a PDF as PAdES baseline B (ETSI EN 319 142-1 §6.3) by an incremental update: the bytes that were there stay as they
 * were, so signatures made before remain valid. The signature has no place on the page; what a person sees is the act's own text.
 * @param input.signedAt UTC ISO instant; it goes into /M, since a PAdES signature carries no signing-time attribute.
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
}): Promise<Result<Uint8Array>> {
  let prepared: Uint8Array;
  try {
    const file = readPdf(input.pdf);
    if (forbidsChanges(file)) return fail('format-unsupported', { reason: 'changes-forbidden' });
    prepared = prepare(file, input);
  } catch (error) {
    if (error instanceof PdfSyntaxError) return fail('document-unreadable', { reason: error.message });
    throw error;
  }
  const { bytes, holeStart, holeEnd } = setByteRange(prepared);
  const contentSha256 = createHash('sha256').update(bytes.subarray(0, holeStart)).update(bytes.subarray(holeEnd)).digest();
  const signature = await buildSignedData({ signer: input.signer, contentSha256, attachedContent: null, signingTime: null });
  if (signature.length > RESERVED_BYTES) {
    return fail('certificate-unfit', { reason: 'signature-too-large', bytes: signature.length, reserved: RESERVED_BYTES });
  }
  bytes.write(Buffer.from(signature).toString('hex'), holeStart + 1, 'latin1');
  return ok(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length));
}

type Description = {
  readonly signedAt: string;
  readonly name: string | null;
  readonly reason: string | null;
  readonly location: string | null;
};

function prepare(file: PdfFile, description: Description): Uint8Array {
  const catalogRef = file.trailer.get('Root') as PdfRef;
  const catalog = file.dict(catalogRef);
  if (!catalog) throw new PdfSyntaxError('the file has no catalog');
  const page = firstPage(file, catalog);
  const update = new IncrementalUpdate(file);
  const signature = update.add(signatureDict(description));
  const field = update.add(fieldDict(signature, page.ref, unusedName(file)));
  addToForm(file, update, catalogRef, catalog, field);
  addToPage(file, update, page, field);
  return update.write(createHash('sha256').update(file.bytes).update(description.signedAt).digest('hex').slice(0, 32));
}

/** The byte range is written last, into room of fixed width, because only then are all places known. */
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
  return writeDict(entries).replace(/>>$/, `${RANGE_ROOM} ${CONTENTS_ROOM} >>`);
}

/** Hidden by its empty rectangle, printed and locked by its flags (ISO 32000-1 §12.5.3), so PDF/A asks for no appearance. */
function fieldDict(signature: PdfRef, page: PdfRef, name: string): string {
  return writeDict(
    new Map<string, PdfValue>([
      ['Type', nameValue('Annot')],
      ['Subtype', nameValue('Widget')],
      ['FT', nameValue('Sig')],
      ['T', textValue(name)],
      ['V', signature],
      ['P', page],
      ['Rect', { kind: 'array', items: [0, 0, 0, 0].map(numberValue) }],
      ['F', numberValue(132)],
    ]),
  );
}

function unusedName(file: PdfFile): string {
  const taken = new Set(listFields(file).map((field) => field.name));
  let n = 1;
  while (taken.has(`Signature${n}`)) n++;
  return `Signature${n}`;
}

function firstPage(file: PdfFile, catalog: PdfDict): { ref: PdfRef; dict: PdfDict } {
  let node = catalog.get('Pages');
  for (let depth = 0; depth < 64; depth++) {
    const dict = file.dict(node);
    if (!dict || node?.kind !== 'ref') break;
    const kids = file.array(dict.get('Kids'));
    if (!kids) return { ref: node, dict };
    node = kids.find((kid) => {
      const child = file.dict(kid);
      return child !== null && (!child.has('Kids') || integerOf(file.resolve(child.get('Count'))) !== 0);
    });
  }
  throw new PdfSyntaxError('the file has no page');
}

function addToForm(file: PdfFile, update: IncrementalUpdate, catalogRef: PdfRef, catalog: PdfDict, field: PdfRef): void {
  const formValue = catalog.get('AcroForm');
  const form = new Map(file.dict(formValue) ?? []);
  const flags = integerOf(file.resolve(form.get('SigFlags'))) ?? 0;
  const before = writeDict(form);
  // Signatures exist, and the file may only grow (ISO 32000-1 §12.7.2).
  form.set('SigFlags', numberValue(flags | 3));
  const fields = form.get('Fields');
  if (fields?.kind === 'ref') update.replace(fields, appended(file, fields, field));
  else form.set('Fields', { kind: 'array', items: [...(file.array(fields) ?? []), field] });
  if (formValue?.kind === 'ref') {
    if (writeDict(form) !== before) update.replace(formValue, writeDict(form));
  } else update.replace(catalogRef, writeDict(new Map([...catalog, ['AcroForm', { kind: 'dict', entries: form }]])));
}

function addToPage(file: PdfFile, update: IncrementalUpdate, page: { ref: PdfRef; dict: PdfDict }, field: PdfRef): void {
  const annotations = page.dict.get('Annots');
  if (annotations?.kind === 'ref') update.replace(annotations, appended(file, annotations, field));
  else {
    const items = [...(file.array(annotations) ?? []), field];
    update.replace(page.ref, writeDict(new Map([...page.dict, ['Annots', { kind: 'array', items }]])));
  }
}

const appended = (file: PdfFile, ref: PdfRef, field: PdfRef): string =>
  writeValue({ kind: 'array', items: [...(file.array(ref) ?? []), field] });

/** A certification that permits no change at all (DocMDP level 1) would be broken by any further signature. */
function forbidsChanges(file: PdfFile): boolean {
  if (listSignatures(file).length === 0) return false;
  const permissions = file.dict(file.dict(file.trailer.get('Root'))?.get('Perms'));
  const references = file.array(file.dict(permissions?.get('DocMDP'))?.get('Reference')) ?? [];
  return references.some((reference) => {
    const parameters = file.dict(file.dict(reference)?.get('TransformParams'));
    return integerOf(file.resolve(parameters?.get('P'))) === 1;
  });
}

function setByteRange(prepared: Uint8Array): { bytes: Buffer; holeStart: number; holeEnd: number } {
  const bytes = Buffer.from(prepared);
  const holeStart = bytes.lastIndexOf(CONTENTS_ROOM, undefined, 'latin1') + '/Contents '.length;
  const holeEnd = holeStart + RESERVED_BYTES * 2 + 2;
  const range = `/ByteRange [0 ${[holeStart, holeEnd, bytes.length - holeEnd].map((n) => String(n).padEnd(RANGE_DIGITS)).join(' ')}]`;
  bytes.write(range, bytes.lastIndexOf(RANGE_ROOM, undefined, 'latin1'), 'latin1');
  return { bytes, holeStart, holeEnd };
}

const pdfDate = (instant: string): string => `D:${new Date(instant).toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`;
