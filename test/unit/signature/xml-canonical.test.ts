import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalize, type CanonicalForm } from '../../../main/signature/xml/canonicalize.ts';
import { joinBase } from '../../../main/signature/xml/join-base.ts';
import { parseXml } from '../../../main/signature/xml/parse-xml.ts';
import { standardHierarchy } from '../../support/openssl-pki.ts';
import { reasonOf, verifyOnly } from '../../support/verify-signature.ts';
import { canonicalByXmllint, hasXmlTools, METHODS, signatureTemplate, signXml } from '../../support/xmlsec.ts';

const FORMS = ['1.0', '1.1', 'exclusive'] as const;

function canonicalOf(xml: string | Uint8Array, form: Partial<CanonicalForm> = {}): string | null {
  const parsed = parseXml(typeof xml === 'string' ? Buffer.from(xml) : xml);
  if (!parsed.ok) return parsed.fault;
  const whole: CanonicalForm = { method: '1.0', comments: true, inclusivePrefixes: [], ...form };
  return canonicalize({ apex: parsed.document, excluded: new Set() }, whole, { left: 1e8 })?.toString() ?? null;
}

describe.skipIf(!hasXmlTools)('a canonical form is the one libxml2 writes', () => {
  const documents: Record<string, string> = {
    'an empty element': '<a/>',
    'comments and instructions around the root': '<?xml version="1.0"?>\n<!-- 1 --><?pi  one two ?>\n<a/>\n<!-- after --><?end?>\n<?e2 ?>',
    'attributes out of order': '<a  c = "1"\n a="2"\t b=\'3\' />',
    'attributes of several namespaces': '<a xmlns:p="urn:z" xmlns:q="urn:a"><x q:a="1" p:a="2" a="3" p:A="4"/></a>',
    'white space and quotes in attributes': '<a b="&#13;&#10;&#9;\n\t&quot;&amp;&lt;>\'" c="  x  y "/>',
    'references and sections in text': '<a>text &#13; &lt; &gt; &amp; " \' ]] <![CDATA[<cdata> & ]]>tail</a>',
    'line ends of three kinds': '<a>line\r\nline\rmore\n<!-- \r\n --><?p \r\n x\r\n?></a>',
    'a default namespace undeclared and declared again': '<a xmlns="urn:x"><b xmlns=""><c xmlns=""><d xmlns="urn:x"/></c></b></a>',
    'declarations that repeat':
      '<a xmlns="urn:x" xmlns:b="urn:b"><b:c xmlns=""><d xmlns="urn:x"/><e/></b:c><f xmlns="urn:x" xmlns:b="urn:b" b:z="1"/></a>',
    'declarations nobody uses': '<a xmlns:z="urn:1" xmlns:A="urn:2" xmlns:a="urn:3" xmlns="urn:4"><z:q A:b="1" z:b="2" a:a="0" b="9"/></a>',
    'one prefix for two namespaces': '<p:a xmlns:p="urn:p"><p:b><c xmlns:p="urn:q"><p:d xmlns:p="urn:p"/><p:e/></c></p:b></p:a>',
    'the xml prefix declared': '<a xmlns:xml="http://www.w3.org/XML/1998/namespace" xml:lang="en" xml:space="preserve" xml:id="q"/>',
    'letters of every plane': '<a b="&#x10000; x" c="Қазақ">Әділет 𝟘 \u0085 \u2028</a>',
    'names beyond the first plane': '<a 𐀀="1" \uF900="2" z="3"/>',
    'a byte order mark': '\uFEFF<a>ә</a>',
  };

  it.each(Object.entries(documents))('of %s', (_, xml) => {
    for (const method of FORMS) {
      const theirs = canonicalByXmllint(xml, method);
      expect(theirs).not.toBeNull();
      expect(canonicalOf(xml, { method })).toBe(theirs?.toString());
    }
  });

  it('of UTF-16 in both byte orders', () => {
    const little = Buffer.from('\uFEFF<?xml version="1.0" encoding="UTF-16"?><a b="ұ">Өтініш</a>', 'utf16le');
    for (const xml of [little, Buffer.from(little).swap16()]) expect(canonicalOf(xml)).toBe(canonicalByXmllint(xml, '1.0')?.toString());
  });

  it('of UTF-16 with carriage returns, and the octets handed in stay as they are', () => {
    const wide = Buffer.from('\uFEFF<a>\r\nഊ\r\u0D0D\r\r\n</a>', 'utf16le');
    for (const xml of [wide, Buffer.from('<a b="\r\n">\r\n\r</a>')]) {
      const before = Buffer.from(xml);
      expect(canonicalOf(xml)).toBe(canonicalByXmllint(xml, '1.0')?.toString());
      expect(xml.equals(before)).toBe(true);
    }
  });

  it('of whatever else a tree can be', () => {
    const uri = fc.constantFrom('urn:a', 'urn:b', 'urn:c');
    const text = fc.constantFrom('x', ' ', '&amp;', '&#13;', '\n', '<![CDATA[<]]>', '<!--c-->', '<?p q?>', 'ң');
    const declarations = fc.record({
      '': fc.option(fc.oneof(uri, fc.constant('')), { nil: undefined }),
      p: fc.option(uri, { nil: undefined }),
    });
    const { tree } = fc.letrec<{ tree: string }>((tie) => ({
      tree: fc
        .record({
          prefix: fc.constantFrom('', 'p:', 'q:'),
          declared: declarations,
          attributes: fc.uniqueArray(fc.constantFrom('z="1"', 'a="&#10;"', 'p:k="2"', 'q:b="3"', 'xml:lang="kk"')),
          children: fc.array(fc.oneof({ maxDepth: 4 }, text, tie('tree')), { maxLength: 4 }),
        })
        .map(({ prefix, declared, attributes, children }) => {
          const spaces = Object.entries(declared).flatMap(([name, value]) =>
            value === undefined ? [] : `xmlns${name && ':'}${name}="${value}"`,
          );
          const head = [`${prefix}e`, ...attributes, ...spaces].join(' ');
          return `<${head}>${children.join('')}</${prefix}e>`;
        }),
    }));
    fc.assert(
      fc.property(tree, fc.constantFrom(...FORMS), (inner, method) => {
        const xml = `<r xmlns:p="urn:p" xmlns:q="urn:q">${inner}</r>`;
        const theirs = canonicalByXmllint(xml, method);
        // Attributes of two prefixes for one name are not well formed, for both.
        if (theirs === null) expect(parseXml(Buffer.from(xml)).ok).toBe(false);
        else expect(canonicalOf(xml, { method })).toBe(theirs.toString());
      }),
      { numRuns: 150, seed: 20261122 },
    );
  });
});

describe.skipIf(!hasXmlTools)('an element alone, taken out of its document', () => {
  const { person, authority } = standardHierarchy();
  const ids = [['Id', 'part']] as const;
  const template = (form: string) => signatureTemplate({ references: [{ uri: '#part', transforms: [form] }] });
  const list = (prefixes: string) =>
    `<ds:Transform Algorithm="${METHODS.exclusive}"><ec:InclusiveNamespaces xmlns:ec="${METHODS.exclusive}" PrefixList="${prefixes}"/></ds:Transform>`;
  const document = (form: string) =>
    `<doc xmlns="urn:default" xmlns:p="urn:p" xmlns:q="urn:q" xml:lang="kk" xml:space="preserve" xml:base="http://court.example/a/b/"><mid xmlns:q="urn:other" xml:lang="ru" xml:base="../c/"><part Id="part" p:x="1" xml:base="d?e"><inner/><p:inner xmlns=""><x/></p:inner><!-- not signed --></part></mid>${template(form)}</doc>`;

  it.each([
    ['inclusive', METHODS.c14n],
    ['inclusive with comments', METHODS.c14nComments],
    ['inclusive 1.1', METHODS.c14n11],
    ['exclusive', METHODS.exclusive],
    ['exclusive with comments', METHODS.exclusiveComments],
    ['exclusive with prefixes', list('q #default nowhere')],
  ])('%s: has the namespaces and xml attributes xmlsec1 gives it', async (_, form) => {
    const signed = signXml(document(form), { signer: person, chain: [authority], ids });
    const report = await verifyOnly(signed);
    expect([reasonOf(report, 'cryptography.digest'), reasonOf(report, 'cryptography.value')]).toEqual(['ok', 'ok']);
    expect(report.coverage).toEqual(['/doc/mid/part[@Id="part"]']);
  });

  it('does not take xml:id along in 1.1, and does in 1.0', () => {
    const parsed = parseXml(Buffer.from('<a xml:id="top" xml:lang="kk"><b><c/></b></a>'));
    if (!parsed.ok) throw new Error('not parsed');
    const apex = parsed.document.elements[2]!;
    const form = (method: '1.0' | '1.1') =>
      canonicalize({ apex, excluded: new Set() }, { method, comments: false, inclusivePrefixes: [] }, { left: 1e6 })?.toString();
    expect(form('1.0')).toBe('<c xml:id="top" xml:lang="kk"></c>');
    expect(form('1.1')).toBe('<c xml:lang="kk"></c>');
  });
});

describe('joining of xml:base (Canonical XML 1.1 §2.4)', () => {
  it.each([
    ['http://a/b/c/', '../d', 'http://a/b/d'],
    ['http://a', 'd', 'http://a/d'],
    ['a/b', 'c', 'a/c'],
    ['a/', '../../c', '../c'],
    ['..', '..', '../../'],
    ['../', 'x/./y', '../x/y'],
    ['http://a/b', 'urn:x:y', 'urn:x:y'],
    ['http://a/b', '//c/d//e', 'http://c/d/e'],
    ['http://a/b?q', '', 'http://a/b?q'],
    ['http://a/b?q', '?r', 'http://a/b?r'],
    ['http://a/b', '/c/../d/.', 'http://a/d/'],
    ['http://a/b/c#f', 'd#g', 'http://a/b/d'],
  ])('%s and %s give %s', (base, reference, joined) => expect(joinBase(base, reference)).toBe(joined));
});

describe('a canonical form that grows past its budget', () => {
  it('is given up', () => {
    const xml = `<a xmlns:p="urn:${'x'.repeat(10_000)}">${'<p:b/>'.repeat(10_000)}</a>`;
    expect(canonicalOf(xml, { method: 'exclusive' })?.length).toBeUndefined();
    expect(canonicalOf(xml)?.length).toBeLessThan(300_000);
  });
});
