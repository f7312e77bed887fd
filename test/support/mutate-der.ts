import fc from 'fast-check';

/** One element of an encoding, taken apart as far as it goes: also what is hidden in strings. */
type Node = { readonly identifier: readonly number[]; readonly prefix: readonly number[]; readonly inside: readonly Node[] | Buffer };

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
      return [{ identifier: [0x30], prefix: [], inside: [node] }];
    case 'unwrap':
      return node.inside instanceof Buffer ? [node] : [...node.inside];
    case 'stretch':
      return [node];
    case 'copy':
      return [other];
    case 'tag':
      return [{ ...node, identifier: [edit.tag] }];
    case 'content':
      return [{ ...node, prefix: [], inside: Buffer.from(edit.content) }];
  }
}

function replace(node: Node, target: Node, change: (node: Node, next: Node | undefined) => Node[]): Node[] {
  if (node === target) return change(node, undefined);
  if (node.inside instanceof Buffer) return [node];
  const children: Node[] = [];
  for (let i = 0; i < node.inside.length; i++) {
    const child = node.inside[i]!;
    if (child !== target) children.push(...replace(child, target, change));
    else {
      const next = node.inside[i + 1];
      const replaced = change(child, next);
      children.push(...replaced);
      if (next && replaced[0] === next) i++;
    }
  }
  return [
    children.every((child, i) => child === (node.inside as Node[])[i]) && children.length === node.inside.length
      ? node
      : { ...node, inside: children },
  ];
}

const allOf = (node: Node): Node[] => [node, ...(node.inside instanceof Buffer ? [] : node.inside.flatMap(allOf))];

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
  return { node: { identifier: [tag], prefix: inside ? prefix : [], inside: inside ?? content }, end };
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
  const inside = node.inside instanceof Buffer ? node.inside : Buffer.concat(node.inside.map((child) => write(child, indefinite)));
  const body = Buffer.concat([Buffer.from(node.prefix), inside]);
  if (indefinite.has(node) && (node.identifier[0]! & 0x20) !== 0)
    return Buffer.concat([Buffer.from([...node.identifier, 0x80]), body, Buffer.from([0, 0])]);
  const length = body.length < 0x80 ? [body.length] : [0x83, (body.length >> 16) & 0xff, (body.length >> 8) & 0xff, body.length & 0xff];
  return Buffer.concat([Buffer.from([...node.identifier, ...minimal(length)]), body]);
}

function minimal(length: number[]): number[] {
  if (length.length === 1) return length;
  const digits = length.slice(1);
  while (digits[0] === 0) digits.shift();
  return [0x80 | digits.length, ...digits];
}
