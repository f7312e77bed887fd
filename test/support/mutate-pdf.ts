import fc from 'fast-check';

const TOKEN =
  /\/[^\s()<>[\]{}/%]*|<<|>>|\[|\]|\d+ \d+ R|\d+ \d+ obj|endobj|endstream|stream|startxref|xref|trailer|%%EOF|[+-]?\d+\.?\d*|\((?:[^()\\]|\\.)*\)|<[0-9a-fA-F]*>/g;

export type PdfEdit = {
  readonly kind: 'drop' | 'double' | 'swap' | 'copy' | 'write';
  readonly at: number;
  readonly from: number;
  readonly text: string;
  /** What comes in takes the room of what goes, so that the tables still point where they did. */
  readonly inPlace: boolean;
};

const WORDS = [
  ...[
    '0',
    '-1',
    '1',
    '4294967296',
    '99999999999999999999',
    '0.5',
    '/Sig',
    '/DocTimeStamp',
    '/ETSI.RFC3161',
    '/ETSI.CAdES.detached',
    '/ByteRange',
  ],
  ...[
    '/Contents',
    '/Prev',
    '/XRefStm',
    '/Type',
    '/ObjStm',
    '/XRef',
    '/DSS',
    '/#44SS',
    '<<',
    '>>',
    '[',
    ']',
    '<>',
    '()',
    'null',
    '1 0 R',
    '8 0 R',
  ],
  ...['endobj', 'endstream', '%%EOF', 'startxref', 'trailer', '[0 0 0 0]', '[0 10 20 30]', '/Filter /FlateDecode', '/Length 0 R', '%'],
];

/** Changes a writer with knowledge of the format would make: tokens left out, doubled, exchanged, put elsewhere, written over. */
export const pdfEdits = fc.array(
  fc.record({
    kind: fc.constantFrom('drop' as const, 'double' as const, 'swap' as const, 'copy' as const, 'write' as const),
    at: fc.nat(9_999),
    from: fc.nat(9_999),
    text: fc.constantFrom(...WORDS),
    inPlace: fc.boolean(),
  }),
  { minLength: 1, maxLength: 3 },
);

export function editPdf(bytes: Uint8Array, edits: readonly PdfEdit[]): Buffer {
  let text = Buffer.from(bytes).toString('latin1');
  for (const { kind, at, from, text: word, inPlace } of edits) {
    const tokens = [...text.matchAll(TOKEN)];
    const target = tokens[at % tokens.length]!;
    const other = tokens[from % tokens.length]!;
    const written = { drop: '', double: `${target[0]} ${target[0]}`, swap: other[0], copy: `${target[0]} ${other[0]}`, write: word }[kind];
    const put = (source: string, place: number, length: number, replacement: string) =>
      source.slice(0, place) + (inPlace ? replacement.slice(0, length).padEnd(length) : replacement) + source.slice(place + length);
    // The later place first, so that the earlier one stays where it is.
    if (kind === 'swap' && other.index > target.index) text = put(text, other.index, other[0].length, target[0]);
    text = put(text, target.index, target[0].length, written);
    if (kind === 'swap' && other.index < target.index) text = put(text, other.index, other[0].length, target[0]);
  }
  return Buffer.from(text, 'latin1');
}
