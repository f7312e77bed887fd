import type { IncrementalUpdate } from './incremental-update.ts';
import type { PdfDict, PdfRef, PdfValue } from './pdf-value.ts';
import { PdfSyntaxError, integerOf, nameValue, numberValue, textValue, writeDict, writeValue } from './pdf-value.ts';
import { listFields, listSignatures } from './pdf-signatures.ts';
import type { PdfFile } from './read-pdf.ts';

/** The catalog and where it stands. */
export function catalogOf(file: PdfFile): { readonly ref: PdfRef; readonly dict: PdfDict } {
  const ref = file.trailer.get('Root') as PdfRef;
  const dict = file.dict(ref);
  if (!dict) throw new PdfSyntaxError('the file has no catalog');
  return { ref, dict };
}

/** Hangs a field for a signature into the form and onto the first page, where nothing of it is seen. */
export function addSignatureField(file: PdfFile, update: IncrementalUpdate, signature: PdfRef): void {
  const catalog = catalogOf(file);
  const page = firstPage(file, catalog.dict);
  const field = update.add(fieldDict(signature, page.ref, unusedName(file)));
  addToForm(file, update, catalog.ref, catalog.dict, field);
  addToPage(file, update, page, field);
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
export function forbidsChanges(file: PdfFile): boolean {
  if (listSignatures(file).length === 0) return false;
  const permissions = file.dict(file.dict(file.trailer.get('Root'))?.get('Perms'));
  const references = file.array(file.dict(permissions?.get('DocMDP'))?.get('Reference')) ?? [];
  return references.some((reference) => {
    const parameters = file.dict(file.dict(reference)?.get('TransformParams'));
    return integerOf(file.resolve(parameters?.get('P'))) === 1;
  });
}
