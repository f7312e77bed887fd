import { readFileSync } from 'node:fs';
import { newPath, openssl, writeTemporary, type Certificate } from './openssl-pki.ts';

/** PDFs written object by object, so that a test can do to them what no library would, and signed with OpenSSL's CMS. */
export type Objects = Readonly<Record<number, string>>;

export const stream = (content: string, dictionary = ''): string =>
  `<< ${dictionary} /Length ${Buffer.byteLength(content, 'latin1')} >>\nstream\n${content}\nendstream`;

/** One page with a text: catalog 1, pages 2, page 3, content 4, font 5, form 6. */
export const PAGE: Objects = {
  1: '<< /Type /Catalog /Pages 2 0 R /AcroForm 6 0 R >>',
  2: '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
  3: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
  4: stream('BT /F1 24 Tf 72 720 Td (Claim: 1 000 000) Tj ET'),
  5: '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  6: '<< /Fields [] /SigFlags 3 >>',
};

export function writePdf(objects: Objects): Buffer {
  return appendRevision(Buffer.from('%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n', 'latin1'), objects, { first: true });
}

export type RevisionOptions = {
  readonly first?: boolean;
  /** Objects written but kept out of the table. */
  readonly unlisted?: Objects;
  readonly freed?: readonly number[];
  readonly trailer?: string;
};

/** Appends a revision with a table of its own. */
export function appendRevision(pdf: Buffer, objects: Objects, options: RevisionOptions = {}): Buffer {
  const parts: Buffer[] = [pdf];
  let at = pdf.length;
  const put = (text: string): number => {
    const from = at;
    const bytes = Buffer.from(text, 'latin1');
    parts.push(bytes);
    at += bytes.length;
    return from;
  };
  for (const [number, body] of Object.entries(options.unlisted ?? {})) put(`${number} 0 obj\n${body}\nendobj\n`);
  const places = Object.entries(objects).map(([number, body]) => [Number(number), put(`${number} 0 obj\n${body}\nendobj\n`)] as const);
  const previous = options.first ? null : lastStartXref(pdf);
  const size = Math.max(...places.map(([number]) => number), previous === null ? 0 : sizeOf(pdf) - 1) + 1;
  const table = put('xref\n');
  if (options.first) put('0 1\n0000000000 65535 f \n');
  for (const number of options.freed ?? []) put(`${number} 1\n0000000000 00001 f \n`);
  for (const [number, offset] of places) put(`${number} 1\n${String(offset).padStart(10, '0')} 00000 n \n`);
  put(
    `trailer\n<< /Size ${size} /Root 1 0 R ${previous === null ? '' : `/Prev ${previous}`} ${options.trailer ?? ''} >>\nstartxref\n${table}\n%%EOF\n`,
  );
  return Buffer.concat(parts);
}

export const lastStartXref = (pdf: Buffer): number => Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(pdf.toString('latin1'))![1]);
const sizeOf = (pdf: Buffer): number => Math.max(...[...pdf.toString('latin1').matchAll(/\/Size (\d+)/g)].map((match) => Number(match[1])));

export type SignatureOptions = {
  readonly signer: Certificate;
  readonly chain?: readonly Certificate[];
  /** Numbers for the field and the dictionary. */
  readonly field: number;
  /** Objects of this revision besides them; the default hangs the field into form 6 and page 3. */
  readonly objects?: Objects;
  readonly dictionary?: string;
  readonly fieldExtra?: string;
  readonly subFilter?: string;
  /** What becomes of the finished ByteRange numbers before signing. */
  readonly range?: (range: [number, number, number, number]) => readonly number[];
  /** Makes what is put in instead of a CMS by OpenSSL, from the covered bytes. */
  readonly seal?: (covered: Buffer) => Uint8Array;
  /** What becomes of the message before it is put in. */
  readonly message?: (cms: Buffer) => Buffer;
  readonly attached?: boolean;
};

const ROOM = 8192;

/** Adds a revision with one signature by OpenSSL. */
export function signPdfByOpenssl(pdf: Buffer, options: SignatureOptions): Buffer {
  const { field } = options;
  const value = field + 1;
  const placeholder = `/ByteRange [0000000000 0000000000 0000000000 0000000000] /Contents <${'0'.repeat(ROOM * 2)}>`;
  const fields = [...earlierFields(pdf), field].map((number) => `${number} 0 R`).join(' ');
  const prepared = appendRevision(pdf, {
    6: `<< /Fields [${fields}] /SigFlags 3 >>`,
    3: PAGE[3]!.replace(' >> >> >>', ` >> >> /Annots [${fields}] >>`),
    ...options.objects,
    [field]: `<< /Type /Annot /Subtype /Widget /FT /Sig /T (Signature${field}) /V ${value} 0 R /Rect [0 0 0 0] /P 3 0 R /F 132 ${options.fieldExtra ?? ''} >>`,
    [value]: `<< /Type /${options.seal ? 'DocTimeStamp' : 'Sig'} /Filter /Adobe.PPKLite /SubFilter /${options.subFilter ?? 'ETSI.CAdES.detached'} /M (D:20260601120000+05'00') ${placeholder} ${options.dictionary ?? ''} >>`,
  });
  const hole = prepared.lastIndexOf(`<${'0'.repeat(64)}`, undefined, 'latin1');
  const honest: [number, number, number, number] = [0, hole, hole + ROOM * 2 + 2, prepared.length - hole - ROOM * 2 - 2];
  const range = options.range?.(honest) ?? honest;
  const numbers = prepared.lastIndexOf('/ByteRange [0000000000', undefined, 'latin1');
  prepared.write(`/ByteRange [${range.join(' ').padEnd(43)}]`, numbers, 'latin1');
  const [first = 0, firstLength = 0, second = 0, secondLength = 0] = range;
  const signed = Buffer.concat([prepared.subarray(first, first + firstLength), prepared.subarray(second, second + secondLength)]);
  const cms = options.seal ? Buffer.from(options.seal(signed)) : signBytes(signed, options);
  const message = options.message?.(cms) ?? cms;
  prepared.write(message.toString('hex'), hole + 1, 'latin1');
  return prepared;
}

function signBytes(content: Buffer, { signer, chain, attached }: SignatureOptions): Buffer {
  const out = newPath('pdf.cms');
  const certfile = chain?.length
    ? ['-certfile', writeTemporary('chain.pem', chain.map(({ pem }) => readFileSync(pem, 'utf8')).join('\n'))]
    : [];
  openssl(
    ...['cms', '-sign', '-binary', '-cades', '-nosmimecap', '-md', 'sha256', '-in', writeTemporary('signed', content)],
    ...['-signer', signer.pem, '-inkey', signer.key, ...certfile, ...(attached ? ['-nodetach'] : []), '-outform', 'DER', '-out', out],
  );
  return readFileSync(out);
}

function earlierFields(pdf: Buffer): number[] {
  const lists = [...pdf.toString('latin1').matchAll(/\/Fields \[([^\]]*)\]/g)];
  return [...(lists.at(-1)?.[1] ?? '').matchAll(/(\d+) 0 R/g)].map((match) => Number(match[1]));
}
