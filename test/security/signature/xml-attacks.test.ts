import { createHmac, sign } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { verifyFile } from '../../../main/signature/index.ts';
import { parseXml } from '../../../main/signature/xml/parse-xml.ts';
import { certificateInfo, DS, forgeEnveloped, forgeXmlSignature, privateKeyOf, type ForgedSignature } from '../../support/forge-xml.ts';
import { AT, issue, keyOf, newPath, standardHierarchy } from '../../support/openssl-pki.ts';
import { conclusionOf, policyNamed, reasonOf, standardTrust, verify, verifyOnly } from '../../support/verify-signature.ts';
import { hasXmlTools, METHODS, signatureTemplate, signXml, xmlsecAccepts } from '../../support/xmlsec.ts';

const { person, authority, root } = standardHierarchy();
const conclusionsOf = async (xml: string | Uint8Array): Promise<string[]> =>
  (await verify(typeof xml === 'string' ? Buffer.from(xml) : xml)).signatures.map(conclusionOf);
const FORMAT = 'TOTAL-FAILED/FORMAT_FAILURE';
const CONSTRAINTS = 'INDETERMINATE/SIG_CONSTRAINTS_FAILURE';

/** A signature over one element, and the element. */
const SIGNED = '<order Id="o1"><sum>100</sum></order>';
const EVIL = '<order Id="o2"><sum>999</sum></order>';
const overPart = (more: Partial<ForgedSignature> = {}) =>
  forgeXmlSignature({ signer: person, references: [{ uri: '#o1', over: SIGNED, transforms: [METHODS.exclusive] }], ...more });
const withObject = (content: string) => overPart().replace('</ds:Signature>', `<ds:Object>${content}</ds:Object></ds:Signature>`);

describe('signature wrapping never passes', () => {
  it('the document it starts from is sound, and covered in part', async () => {
    const report = await verifyOnly(Buffer.from(`<mail>${SIGNED}${overPart()}</mail>`));
    expect(report).toMatchObject({ subIndication: 'SIG_CONSTRAINTS_FAILURE', covers: 'partial', coverage: ['/mail/order[@Id="o1"]'] });
    expect(reasonOf(report, 'cryptography.digest')).toBe('ok');
  });

  it.each([
    [
      '1: the signed root moved into the signature of a root that takes its place',
      `<order Id="o2"><sum>999</sum>${withObject(SIGNED)}</order>`,
    ],
    ['2: the signed root beside the signature in such a root', `<order Id="o2"><sum>999</sum>${SIGNED}${overPart()}</order>`],
    ['3: another element before the signed one', `<mail>${EVIL}${SIGNED}${overPart()}</mail>`],
    ['4: the signed element inside another of its name', `<mail><order Id="o2"><sum>999</sum>${SIGNED}</order>${overPart()}</mail>`],
    [
      '5: another element with the signature, the signed one at the end',
      `<mail><order Id="o2"><sum>999</sum>${overPart()}</order>${SIGNED}</mail>`,
    ],
    [
      '6: another element with the signature, the signed one inside the signature',
      `<mail><order Id="o2"><sum>999</sum>${withObject(SIGNED)}</order></mail>`,
    ],
    ['7: another element where extensions go', `<mail><extensions>${EVIL}</extensions>${SIGNED}${overPart()}</mail>`],
    ['8: the signed element in an object, another in its place', `<mail>${EVIL}${withObject(SIGNED)}</mail>`],
    ['the signed element in an object, nothing in its place', `<mail>${withObject(SIGNED)}</mail>`],
    ['another element in an object of the signature', `<mail>${SIGNED}${withObject(EVIL)}</mail>`],
    ['another element in the key information', `<mail>${SIGNED}${overPart({ keyInfo: certificateInfo(person.der) + EVIL })}</mail>`],
    ['another element with another prefix', `<mail>${SIGNED}<p:order xmlns:p="urn:p"/><order/>${overPart()}</mail>`],
    [
      'another element in a second, enveloping object',
      withObject(SIGNED).replace('</ds:Signature>', `<ds:Object>${EVIL}</ds:Object></ds:Signature>`),
    ],
  ])('%s', async (_, xml) => {
    const report = await verifyOnly(Buffer.from(xml));
    expect(conclusionOf(report)).toBe(FORMAT);
    expect(report.checks).toContainEqual({ id: 'xml.wrapping', result: 'fail', reason: expect.any(String) });
    // It is the place that gives it away: the cryptography is right.
    expect(report.checks.filter(({ id }) => id.startsWith('cryptography.')).map(({ result }) => result)).toEqual(['ok', 'ok', 'ok', 'ok']);
  });

  it('an element of the same name in another namespace is another element', async () => {
    expect(await conclusionsOf(`<mail>${SIGNED}<p:order xmlns:p="urn:p"/>${overPart()}</mail>`)).toEqual([CONSTRAINTS]);
  });

  it('a signed document inside another one covers only itself, and no policy decides on it', async () => {
    const moved = Buffer.from(`<letter><sum>999</sum>${SIGNED}${overPart()}</letter>`);
    expect(await verifyOnly(moved)).toMatchObject({ covers: 'partial', coverage: ['/letter/order[@Id="o1"]'] });
    for (const policy of ['kz-incoming', 'court-default', 'ades-strict'])
      expect(conclusionOf(await verifyOnly(moved, { policy }))).toBe(CONSTRAINTS);
  });

  it('content hidden in an object of an enveloped signature, or of one appended after it, is not covered', async () => {
    const honest = forgeEnveloped(person, '<sum>1</sum>');
    const inside = honest.replace('</ds:Signature>', '<ds:Object><sum>2</sum></ds:Object></ds:Signature>');
    expect(await verifyOnly(Buffer.from(inside))).toMatchObject({
      covers: 'partial',
      warnings: expect.arrayContaining(['PARTIAL_COVERAGE']),
    });
    const rootAgain = honest.replace('</ds:Signature>', '<ds:Object><doc>2</doc></ds:Object></ds:Signature>');
    expect(await conclusionsOf(rootAgain)).toEqual([FORMAT]);
    const text = honest.replace('</ds:Signature>', '<ds:Object>2</ds:Object></ds:Signature>');
    expect((await verifyOnly(Buffer.from(text))).covers).toBe('partial');
    const appended = honest.replace('</doc>', `<ds:Signature xmlns:ds="${DS}"><ds:Object><sum>2</sum></ds:Object></ds:Signature></doc>`);
    const report = await verify(Buffer.from(appended));
    expect([report.overall, report.signatures.map(({ covers }) => covers)]).toEqual(['invalid', ['partial', 'partial']]);
  });

  it('a signature that follows is left out only when it stands beside', async () => {
    const honest = forgeEnveloped(person, '<sum>1</sum>');
    const other = forgeEnveloped(person, 'y').slice('<doc>y'.length, -'</doc>'.length);
    expect((await conclusionsOf(honest.replace('</doc>', `${other}</doc>`)))[0]).toBe('TOTAL-PASSED');
    for (const elsewhere of [honest.replace('<doc>', `<doc>${other}`), honest.replace('1</sum>', `1${other}</sum>`)]) {
      expect(await conclusionsOf(elsewhere)).toEqual(['TOTAL-FAILED/HASH_FAILURE', 'TOTAL-FAILED/HASH_FAILURE']);
    }
    expect((await conclusionsOf(honest.replace('</doc>', `<x>${other}</x></doc>`)))[0]).toBe('TOTAL-FAILED/HASH_FAILURE');
  });
});

describe('references lead nowhere else', () => {
  const reference = (uri: string, over = '<doc>x</doc>') =>
    Buffer.from(`<doc>x${forgeXmlSignature({ signer: person, references: [{ uri, over }] })}</doc>`);

  it.each([
    ['an address', 'http://court.example/doc.xml', 'reference-external'],
    ['a file', 'file:///etc/passwd', 'reference-external'],
    ['a path', '../other.xml', 'reference-external'],
    ['a pointer to everything', '#xpointer(/)', 'reference-unsupported'],
    ['a pointer to a name', "#xpointer(id('x'))", 'reference-unsupported'],
    ['an escaped name', '#%6F1', 'reference-unsupported'],
    ['an empty name', '#', 'reference-unsupported'],
  ])('%s is not followed', async (_, uri, reason) => {
    const report = await verifyOnly(reference(uri));
    expect([conclusionOf(report), reasonOf(report, 'xml.references')]).toEqual([CONSTRAINTS, reason]);
  });

  it('a name nobody bears is missing, in the case it is written', async () => {
    for (const xml of [reference('#nobody'), Buffer.from(reference('#o1').toString().replace('<doc>', '<doc iD="o1">'))]) {
      expect(conclusionOf(await verifyOnly(xml))).toBe('INDETERMINATE/SIGNED_DATA_NOT_FOUND');
    }
  });

  it.each([
    ['the same attribute', `<a Id="o1"/>${SIGNED}`],
    ['an attribute of another spelling', `${SIGNED}<a ID="o1"/>`],
    ['an attribute of the xml namespace', `${SIGNED}<a xml:id="o1"/>`],
    ['a second attribute of the same element', SIGNED.replace('Id="o1"', 'Id="o1" id="o1"')],
  ])('a name borne twice is refused: by %s', async (_, content) => {
    const report = await verifyOnly(Buffer.from(`<mail>${content}${overPart()}</mail>`));
    expect([conclusionOf(report), reasonOf(report, 'xml.references')]).toEqual([FORMAT, 'reference-ambiguous']);
  });

  it('a name borne twice that nobody refers to is nothing', async () => {
    expect(await conclusionsOf(forgeEnveloped(person, '<a id="1"></a><b id="1"></b>'))).toEqual(['TOTAL-PASSED']);
  });

  it('a signature over nothing is not one', async () => {
    const empty = forgeXmlSignature({
      signer: person,
      references: [{ uri: '', over: '' }],
      objects: '<ds:Object><doc>x</doc></ds:Object>',
    });
    expect(await conclusionsOf(empty)).toEqual([FORMAT]);
    const within = forgeXmlSignature({
      signer: person,
      references: [{ uri: '#o1', over: SIGNED }],
      objects: `<ds:Object>${SIGNED}</ds:Object>`,
    });
    expect(await conclusionsOf(`<mail>${within}</mail>`)).toEqual([FORMAT]);
    const keyInfo = `<ds:KeyInfo Id="k">${certificateInfo(person.der)}</ds:KeyInfo>`;
    const own = forgeXmlSignature({
      ...{ signer: person, references: [{ uri: '#k', over: keyInfo.replace(' Id', ` xmlns:ds="${DS}" Id`), transforms: [METHODS.c14n] }] },
    }).replace('<ds:KeyInfo>', '<ds:KeyInfo Id="k">');
    const report = await verifyOnly(Buffer.from(`<doc>x${own}</doc>`));
    expect([conclusionOf(report), reasonOf(report, 'cryptography.digest')]).toEqual([CONSTRAINTS, 'ok']);
  });

  it('one reference of several that differs breaks the signature', async () => {
    const signature = forgeXmlSignature({
      signer: person,
      references: [
        { uri: '', over: '<doc><a Id="a">1</a></doc>' },
        { uri: '#a', over: '<a Id="a">2</a>', transforms: [METHODS.c14n] },
      ],
    });
    expect(await conclusionsOf(`<doc><a Id="a">1</a>${signature}</doc>`)).toEqual(['TOTAL-FAILED/HASH_FAILURE']);
  });

  it('3 000 references are refused quickly', async () => {
    const references = Array.from({ length: 3000 }, () => ({ uri: '', over: '<doc>x</doc>' }));
    const report = await verifyOnly(Buffer.from(`<doc>x${forgeXmlSignature({ signer: person, references })}</doc>`));
    expect([conclusionOf(report), reasonOf(report, 'xml.methods')]).toEqual([CONSTRAINTS, 'too-many-references']);
  });
});

describe('methods with an effect of their own are refused', () => {
  const transform = (uri: string, inside: string) => `<ds:Transform Algorithm="${uri}">${inside}</ds:Transform>`;
  const STYLE =
    '<xsl:stylesheet xmlns:xsl="http://www.w3.org/1999/XSL/Transform" version="1.0"><xsl:template match="/"><x></x></xsl:template></xsl:stylesheet>';
  const refused = async (xml: string | Uint8Array, reason: string) => {
    const report = await verifyOnly(typeof xml === 'string' ? Buffer.from(xml) : xml);
    expect([conclusionOf(report), reasonOf(report, 'xml.methods')]).toEqual([CONSTRAINTS, reason]);
  };

  it.skipIf(!hasXmlTools).each([
    ['XPath that leaves nothing', transform(METHODS.xpath, '<ds:XPath>false()</ds:XPath>')],
    ['XPath that leaves the signature out', transform(METHODS.xpath, '<ds:XPath>not(ancestor-or-self::ds:Signature)</ds:XPath>')],
    ['XSLT that writes another document', transform(METHODS.xslt, STYLE)],
  ])('%s, though xmlsec1 takes it', async (_, item) => {
    const template = signatureTemplate({ references: [{ transforms: [METHODS.enveloped, item] }] });
    const signed = signXml(`<doc>1${template}</doc>`, { signer: person, chain: [authority] });
    expect(xmlsecAccepts(signed, root)).toBe(true);
    await refused(signed, 'transform-unsupported');
  });

  it.each<[string, readonly string[], string]>([
    ['XPath filter 2.0', ['http://www.w3.org/2002/06/xmldsig-filter2'], 'transform-unsupported'],
    ['base64', ['http://www.w3.org/2000/09/xmldsig#base64'], 'transform-unsupported'],
    ['decryption', ['http://www.w3.org/2002/07/decrypt#XML'], 'transform-unsupported'],
    ['no algorithm', ['<ds:Transform></ds:Transform>'], 'transform-unsupported'],
    ['parameters of inclusive canonicalization', [transform(METHODS.c14n, '<x></x>')], 'transform-unsupported'],
    ['parameters of the enveloped transform', [transform(METHODS.enveloped, '<x></x>')], 'transform-unsupported'],
    ['a canonical form before the enveloped transform', [METHODS.c14n, METHODS.enveloped], 'transform-order'],
    ['two canonical forms', [METHODS.enveloped, METHODS.c14n, METHODS.c14n], 'transform-order'],
  ])('%s', async (_, transforms, reason) => {
    await refused(
      `<doc>x${forgeXmlSignature({ signer: person, references: [{ uri: '', over: '<doc>x</doc>', transforms }] })}</doc>`,
      reason,
    );
  });

  it('a MAC made with what everybody knows', async () => {
    const spki = Buffer.from(person.der);
    const forged = forgeEnveloped(person, 'x', {
      ...{ method: METHODS.hmacSha256, makeValue: (octets) => createHmac('sha256', spki).update(octets).digest() },
    });
    await refused(forged, 'mac-instead-of-signature');
    await refused(
      forgeEnveloped(person, 'x', { method: METHODS.hmacSha256, methodParameters: '<ds:HMACOutputLength>0</ds:HMACOutputLength>' }),
      'mac-instead-of-signature',
    );
  });

  it('parameters of a signature or digest method', async () => {
    await refused(forgeEnveloped(person, 'x', { methodParameters: '<ds:HMACOutputLength>1</ds:HMACOutputLength>' }), 'method-parameters');
    const digest = forgeEnveloped(person, 'x').replace('xmlenc#sha256"></ds:DigestMethod>', 'xmlenc#sha256"><x></x></ds:DigestMethod>');
    await refused(digest, 'method-parameters');
  });

  it('another canonical form for what the value is over', async () => {
    await refused(forgeEnveloped(person, 'x').replace(METHODS.c14n, METHODS.xslt), 'canonicalization-unsupported');
  });
});

describe('a document that two programs could read in two ways is refused', () => {
  const honest = forgeEnveloped(person, '<amount>100000</amount>');
  const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  const value = (name: string) => new RegExp(`(<ds:${name}>)([^<]{4})`);

  it('a comment cuts no text short: it is not signed, and what is around it is one', async () => {
    expect(await conclusionsOf(honest.replace('100000', '100<!---->000'))).toEqual(['TOTAL-PASSED']);
    const cut = forgeEnveloped(person, '<amount>100</amount>').replace('100<', '100<!---->000<');
    expect(await conclusionsOf(cut)).toEqual(['TOTAL-FAILED/HASH_FAILURE']);
  });

  it.each(['DigestValue', 'SignatureValue', 'X509Certificate'])('a comment or instruction inside %s', async (name) => {
    for (const inside of ['<!---->', '<?p?>', '<x/>']) {
      const changed = honest.replace(value(name), `$1$2${inside}`);
      expect(changed).not.toBe(honest);
      expect(await conclusionsOf(changed)).toEqual([FORMAT]);
    }
  });

  it.each<[string, (xml: string) => string]>([
    ['two SignedInfo', (xml) => xml.replace(/(<ds:SignedInfo[\s\S]*<\/ds:SignedInfo>)/, '$1$1')],
    [
      'a SignedInfo after the value',
      (xml) => xml.replace(/(<ds:SignedInfo[\s\S]*<\/ds:SignedInfo>)(<ds:SignatureValue>.*<\/ds:SignatureValue>)/, '$2$1'),
    ],
    ['two SignatureValue', (xml) => xml.replace(/(<ds:SignatureValue>.*<\/ds:SignatureValue>)/, '$1$1')],
    ['two KeyInfo', (xml) => xml.replace(/(<ds:KeyInfo>.*<\/ds:KeyInfo>)/, '$1$1')],
    ['no SignatureValue', (xml) => xml.replace(/<ds:SignatureValue>.*<\/ds:SignatureValue>/, '')],
    ['no DigestValue', (xml) => xml.replace(/<ds:DigestValue>.*<\/ds:DigestValue>/, '')],
    ['no Reference', (xml) => xml.replace(/<ds:Reference .*<\/ds:Reference>/, '')],
    ['text between the parts', (xml) => xml.replace('<ds:KeyInfo>', 'x<ds:KeyInfo>')],
    ['an element of another vocabulary', (xml) => xml.replace('<ds:KeyInfo>', '<KeyInfo/><ds:KeyInfo>')],
    ['base64 with a letter too many', (xml) => xml.replace(value('SignatureValue'), '$1$2A')],
    [
      'base64 with bits nobody reads',
      // The letter before the padding carries four of them, all zero.
      (xml) =>
        xml.replace(/(.)==<\/ds:SignatureValue>/, (_, letter: string) => `${ALPHABET[ALPHABET.indexOf(letter) + 1]}==</ds:SignatureValue>`),
    ],
  ])('%s', async (_, change) => {
    const changed = change(honest);
    expect(changed).not.toBe(honest);
    expect(await conclusionsOf(changed)).toEqual([FORMAT]);
  });

  it('a key without a certificate is nobody’s', async () => {
    const modulus =
      '<ds:KeyValue><ds:RSAKeyValue><ds:Modulus>AQAB</ds:Modulus><ds:Exponent>AQAB</ds:Exponent></ds:RSAKeyValue></ds:KeyValue>';
    for (const keyInfo of [modulus, '', '<ds:X509Data></ds:X509Data>', `<ds:RetrievalMethod URI="http://x/"></ds:RetrievalMethod>`]) {
      expect(await conclusionsOf(forgeEnveloped(person, 'x', { keyInfo }))).toEqual(['INDETERMINATE/NO_SIGNING_CERTIFICATE_FOUND']);
    }
  });

  it('a certificate of somebody else does not make it his', async () => {
    const victim = issue({ subject: '/CN=VICTIM/C=KZ', key: keyOf('victim'), issuer: authority });
    expect(await conclusionsOf(forgeEnveloped(person, 'x', { keyInfo: certificateInfo(victim.der) }))).toEqual([
      'TOTAL-FAILED/SIG_CRYPTO_FAILURE',
    ]);
  });

  it('an ECDSA value of zeroes, of another length, or as DER is wrong', async () => {
    const signer = issue({ subject: '/CN=EC/C=KZ', key: keyOf('attack', 'P-256'), issuer: authority });
    const made = (makeValue: (octets: Uint8Array) => Uint8Array) => forgeEnveloped(signer, 'x', { method: METHODS.ecdsaSha256, makeValue });
    const good = (octets: Uint8Array) => sign('sha256', octets, { key: privateKeyOf(signer) as never, dsaEncoding: 'ieee-p1363' });
    expect(await conclusionsOf(made(good))).toEqual(['TOTAL-PASSED']);
    for (const bad of [
      () => Buffer.alloc(64),
      (octets: Uint8Array) => Buffer.concat([Buffer.alloc(1), good(octets), Buffer.alloc(1)]),
      (octets: Uint8Array) => good(octets).subarray(0, 63),
      (octets: Uint8Array) => sign('sha256', octets, privateKeyOf(signer)),
    ])
      expect(await conclusionsOf(made(bad))).toEqual(['TOTAL-FAILED/SIG_CRYPTO_FAILURE']);
  });
});

describe('a document type declaration is refused before anything is expanded', () => {
  const secret = newPath('secret.txt');
  writeFileSync(secret, 'the secret of the machine');
  const bomb = Array.from({ length: 12 }, (_, i) => `<!ENTITY e${i + 1} "${`&e${i};`.repeat(10)}">`).join('');

  it.each([
    ['that is empty', '<!DOCTYPE doc>', 'x'],
    ['with an external entity of the file system', `<!DOCTYPE doc [<!ENTITY x SYSTEM "file://${secret}">]>`, '&x;'],
    ['with an external entity of the network', '<!DOCTYPE doc [<!ENTITY x SYSTEM "http://127.0.0.1:9/">]>', '&x;'],
    ['with an external subset', '<!DOCTYPE doc SYSTEM "http://127.0.0.1:9/x.dtd">', 'x'],
    ['with a parameter entity', `<!DOCTYPE doc [<!ENTITY % x SYSTEM "file://${secret}"> %x;]>`, 'x'],
    ['with a billion laughs', `<!DOCTYPE doc [<!ENTITY e0 "ha">${bomb}]>`, '&e12;'],
    ['with attributes by default', '<!DOCTYPE doc [<!ATTLIST doc Id ID "o1">]>', 'x'],
    ['that never ends', '<!DOCTYPE doc [', 'x'],
  ])('%s', async (_, declaration, body) => {
    const report = await verify(Buffer.from(`${declaration}${forgeEnveloped(person, 'x').replace('<doc>x', `<doc>${body}`)}`));
    expect(report).toMatchObject({ format: 'xmldsig', overall: 'invalid', flags: ['MALFORMED'] });
    expect(report.signatures.map(conclusionOf)).toEqual([FORMAT]);
    expect(JSON.stringify(report)).not.toContain('secret');
  });

  it.each(['&x;', '&constructor;', '&toString;', '&#0;', '&#xD800;', '&#x110000;', '&;', '&lt'])(
    'the entity %s is unknown',
    async (entity) => {
      expect(parseXml(Buffer.from(`<doc>${entity}</doc>`))).toEqual({ ok: false, fault: 'not-well-formed' });
      expect(parseXml(Buffer.from(`<doc a="${entity}"/>`))).toEqual({ ok: false, fault: 'not-well-formed' });
    },
  );
});

describe('what is not read is undecided', () => {
  const text = forgeEnveloped(person, 'тест');

  it.each([
    ['another encoding', Buffer.from(`<?xml version="1.0" encoding="windows-1251"?>${text}`)],
    ['an encoding that is not the one of the bytes', Buffer.from(`<?xml version="1.0" encoding="UTF-16"?>${text}`)],
    ['XML 1.1', Buffer.from(`<?xml version="1.1"?>${text}`)],
    ['a relative namespace', Buffer.from(text.replace('<doc>', '<doc xmlns:p="p">'))],
    ['a namespace with blanks around', Buffer.from(text.replace('<doc>', '<doc xmlns:p=" urn:p">'))],
    ['33 signatures', Buffer.from(`<doc>${`<ds:Signature xmlns:ds="${DS}"/>`.repeat(33)}</doc>`)],
    ['300 000 elements', Buffer.from(text.replace('тест', '<b/>'.repeat(300_000)))],
    ['600 000 sections', Buffer.from(text.replace('тест', '<![CDATA[x]]>'.repeat(600_000)))],
    ['a million references', Buffer.from(text.replace('тест', '&amp;'.repeat(1_000_000)))],
    ['an attribute of a megabyte', Buffer.from(text.replace('<doc>', `<doc a="${'\n'.repeat(1_000_000)}">`))],
    ['2 000 attributes', Buffer.from(text.replace('<doc>', `<doc ${Array.from({ length: 2000 }, (_, i) => `a${i}=""`).join(' ')}>`))],
  ])('%s', async (_, bytes) => {
    const report = await verify(bytes);
    expect(report).toMatchObject({ format: 'xmldsig', overall: 'undecided', flags: [] });
    expect(report.signatures.map(conclusionOf)).toEqual(['INDETERMINATE/GENERIC']);
  });

  it.each([
    ['100 000 elements inside each other', Buffer.from(text.replace('тест', `${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}`))],
    ['broken UTF-8', Buffer.from(text.replace('тест', 'ÿ'), 'latin1')],
    ['half a letter of UTF-16', Buffer.from(`\uFEFF${text}`, 'utf16le').subarray(0, -1)],
    ['a lone surrogate', Buffer.from(`\uFEFF${text.replace('тест', '\ud800')}`, 'utf16le')],
    ['two roots', Buffer.from(`${text}<doc/>`)],
    ['an attribute twice', Buffer.from(text.replace('<doc>', '<doc a="1" a="2">'))],
    ['an attribute twice by two prefixes', Buffer.from(text.replace('<doc>', '<doc xmlns:p="urn:p" xmlns:q="urn:p" p:a="1" q:a="2">'))],
    ['a prefix nobody declared', Buffer.from(text.replace('тест', '<p:a/>'))],
    ['the prefix constructor', Buffer.from(text.replace('тест', '<constructor:a/>'))],
  ])('%s is not well formed', async (_, bytes) => {
    expect(await verify(bytes)).toMatchObject({ format: 'xmldsig', overall: 'invalid', flags: ['MALFORMED'] });
  });

  it('names a script would stumble over are names', async () => {
    expect(await conclusionsOf(forgeEnveloped(person, '<__proto__ constructor="1" toString="2"></__proto__>'))).toEqual(['TOTAL-PASSED']);
  });
});

describe('bombs of canonicalization end within the limit', () => {
  const reference = { uri: '', over: 'x', transforms: [METHODS.enveloped, METHODS.exclusive] };
  const signatures = forgeXmlSignature({ signer: person, references: Array.from({ length: 10 }, () => reference) }).repeat(32);

  it.each([
    ['a long namespace at every element', `<doc xmlns:p="urn:${'x'.repeat(60_000)}">${'<p:b/>'.repeat(100_000)}${signatures}</doc>`],
    ['20 MB of text, 320 times', `<doc>${'x'.repeat(20_000_000)}${signatures}</doc>`],
    ['200 000 elements, 320 times', `<doc>${'<b/>'.repeat(200_000)}${signatures}</doc>`],
    [
      '1 000 prefixes at every depth',
      `<doc ${Array.from({ length: 1000 }, (_, i) => `xmlns:p${i}="urn:${i}"`).join(' ')}>${'<b>'.repeat(250)}${signatures}${'</b>'.repeat(250)}</doc>`,
    ],
  ])(
    '%s',
    async (_, xml) => {
      const report = await verify(Buffer.from(xml));
      expect(report.signatures.length).toBe(32);
      expect(report.overall).not.toBe('valid');
    },
    20_000,
  );

  it('the slowest hash over a large text again and again leaves it undecided', async () => {
    const slow = { uri: '', over: 'x', method: 'http://www.w3.org/2001/04/xmldsig-more#gost34311' };
    const signature = forgeXmlSignature({ signer: person, references: Array.from({ length: 6 }, () => slow) });
    const report = await verifyOnly(Buffer.from(`<doc>${'x'.repeat(20_000_000)}${signature}</doc>`));
    expect([report.verdict, reasonOf(report, 'format.structure')]).toEqual(['undecided', 'limit-exceeded']);
  }, 20_000);
});

describe('a damaged file is never valid', async () => {
  const small = Buffer.from(forgeEnveloped(person, '<sum>1</sum>'));
  const [trust, policy] = [standardTrust(), await policyNamed('kz-incoming')];
  const overallOf = async (bytes: Uint8Array): Promise<string> => {
    const result = await verifyFile({ file: 'x.xml', bytes, content: null, trust, policy, at: AT });
    if (!result.ok) throw new Error(result.error.code);
    return result.value.report.overall;
  };

  it('the whole one is', async () => expect(await overallOf(small)).toBe('valid'));

  it('cut off at any octet', async () => {
    const seen = new Set<string>();
    for (let length = 0; length < small.length; length++) seen.add(await overallOf(small.subarray(0, length)));
    expect([...seen].sort()).toEqual(['invalid', 'unsigned']);
  }, 20_000);

  it('with any octet changed by one bit', async () => {
    const survived: string[] = [];
    for (let at = 0; at < small.length; at++) {
      const changed = Buffer.from(small);
      changed[at]! ^= 1 << (at % 8);
      if ((await overallOf(changed)) === 'valid') survived.push(`${at}: ${small.toString('latin1', at - 10, at + 10)}`);
    }
    expect(survived).toEqual([]);
  }, 20_000);
});
