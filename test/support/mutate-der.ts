import fc from 'fast-check';

/** One element of an encoding, taken apart as far as it goes: also what is hidden in strings. */
type Node = {
  readonly tag: number;
  /** Octets before the elements inside: the unused bits of a BIT STRING. */
  readonly prefix: readonly number[];
  /** Null for an element that holds no others. */
  readonly inside: readonly Node[] | null;
  readonly content: Buffer;
};

/** Changes a writer with knowledge of the format would make; the lengths around them are put right again. */
export type DerEdit =
  | { readonly kind: 'drop' | 'double' | 'swap' | 'nest' | 'unwrap' | 'stretch'; readonly at: number }
  | { readonly kind: 'copy'; readonly at: number; readonly from: number }
  | { readonly kind: 'tag'; readonly at: number; readonly tag: number }
  | { readonly kind: 'content'; readonly at: number; readonly content: Uint8Array };

const EXTREMES = [
  ...['', '00', '01', 'ff', '7f', '80', '7fffffff', '80000000', '0080000000', 'ffffffffffffffff', '00'.repeat(40), 'ff'.repeat(600)],
  // sha1, md5, rsaEncryption, anyPolicy, id-data, signedData, TSTInfo, timeStamping, OCSPSigning, message digest, a Kazakh signature
  ...['2b0e03021a', '2a864886f70d0205', '2a864886f70d010101', '551d2000', '2a864886f70d010701', '2a864886f70d010702'],
  ...['2a864886f70d0109100104', '2b06010505070308', '2b06010505070309', '2a864886f70d010904', '2a830e030a0101020302'],
  ...['19700101000000Z', '99991231235959Z', '000101000000Z', '20261122000000.999999999Z'].map((text) => Buffer.from(text).toString('hex')),
].map((hex) => Buffer.from(hex, 'hex'));
const TAGS = [
  0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x0a, 0x0c, 0x17, 0x18, 0x24, 0x30, 0x31, 0x80, 0x81, 0x82, 0xa0, 0xa1, 0xa2, 0xa3, 0x1f, 0xbf,
];

export const derEdits = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constantFrom('drop' as const, 'double' as const, 'swap' as const, 'nest' as const, 'unwrap' as const, 'stretch' as const),
      at: fc.nat(9_999),
    }),
    fc.record({ kind: fc.constant('copy' as const), at: fc.nat(9_999), from: fc.nat(9_999) }),
    fc.record({ kind: fc.constant('tag' as const), at: fc.nat(9_999), tag: fc.constantFrom(...TAGS) }),
    fc.record({
      kind: fc.constant('content' as const),
      at: fc.nat(9_999),
      content: fc.oneof(fc.constantFrom(...EXTREMES), fc.uint8Array({ maxLength: 40 })),
    }),
  ),
  { minLength: 1, maxLength: 3 },
);

/** The encoding after the edits, each at the element its number falls on. */
export function editDer(bytes: Uint8Array, edits: readonly DerEdit[]): Buffer {
  let root = parse(Buffer.from(bytes), 0)!.node;
  const indefinite = new Set<Node>();
  for (const edit of edits) {
    const nodes = allOf(root);
    const target = nodes[edit.at % nodes.length]!;
    const other = edit.kind === 'copy' ? nodes[edit.from % nodes.length]! : target;
    if (edit.kind === 'stretch') indefinite.add(target);
    root = replace(root, target, (node, siblings) => changed(edit, node, other, siblings))[0] ?? root;
  }
  return write(root, indefinite);
}

function changed(edit: DerEdit, node: Node, other: Node, next: Node | undefined): Node[] {
  switch (edit.kind) {
    case 'drop':
      return [];
    case 'double':
      return [node, node];
    case 'swap':
      return next ? [next, node] : [node];
    case 'nest':
      return [{ tag: 0x30, prefix: [], inside: [node], content: EMPTY }];
    case 'unwrap':
      return node.inside ? [...node.inside] : [node];
    case 'stretch':
      return [node];
    case 'copy':
      return [other];
    case 'tag':
      return [{ ...node, tag: edit.tag }];
    case 'content':
      return [{ ...node, prefix: [], inside: null, content: Buffer.from(edit.content) }];
  }
}

const EMPTY = Buffer.alloc(0);

function replace(node: Node, target: Node, change: (node: Node, next: Node | undefined) => Node[]): Node[] {
  if (node === target) return change(node, undefined);
  const { inside } = node;
  if (inside === null) return [node];
  const children: Node[] = [];
  for (let i = 0; i < inside.length; i++) {
    const child = inside[i]!;
    const next = inside[i + 1];
    const replaced = child === target ? change(child, next) : replace(child, target, change);
    children.push(...replaced);
    // It stands before this one now.
    if (next && replaced[0] === next) i++;
  }
  return [children.length === inside.length && children.every((child, i) => child === inside[i]) ? node : { ...node, inside: children }];
}

const allOf = (node: Node): Node[] => [node, ...(node.inside ?? []).flatMap(allOf)];

function parse(bytes: Buffer, at: number): { node: Node; end: number } | null {
  const tag = bytes[at];
  let length = bytes[at + 1];
  if (tag === undefined || length === undefined || tag === 0 || (tag & 0x1f) === 0x1f) return null;
  let body = at + 2;
  if (length >= 0x80) {
    const octets = length & 0x7f;
    if (octets === 0 || octets > 3 || body + octets > bytes.length) return null;
    length = bytes.readUIntBE(body, octets);
    body += octets;
  }
  const end = body + length;
  if (end > bytes.length) return null;
  const content = bytes.subarray(body, end);
  const prefix = tag === 0x03 && content[0] === 0 ? [0] : [];
  const mayHide = (tag === 0x04 || prefix.length > 0) && content.length > 8;
  const inside = tag & 0x20 || mayHide ? parseAll(content.subarray(prefix.length)) : null;
  return { node: { tag, prefix: inside ? prefix : [], inside, content }, end };
}

function parseAll(content: Buffer): Node[] | null {
  const nodes: Node[] = [];
  for (let at = 0; at < content.length;) {
    const child = parse(content, at);
    if (child === null) return null;
    nodes.push(child.node);
    at = child.end;
  }
  return nodes;
}

function write(node: Node, indefinite: ReadonlySet<Node>): Buffer {
  const { tag, prefix, inside, content } = node;
  const body = inside ? Buffer.concat([Buffer.from(prefix), ...inside.map((child) => write(child, indefinite))]) : content;
  if (indefinite.has(node) && (tag & 0x20) !== 0) return Buffer.concat([Buffer.from([tag, 0x80]), body, Buffer.from([0, 0])]);
  return Buffer.concat([Buffer.from([tag, ...lengthOf(body.length)]), body]);
}

function lengthOf(length: number): number[] {
  if (length < 0x80) return [length];
  const octets = length < 0x100 ? 1 : length < 0x1_00_00 ? 2 : 3;
  return [0x80 | octets, ...Array.from({ length: octets }, (_, i) => (length >> (8 * (octets - 1 - i))) & 0xff)];
}
