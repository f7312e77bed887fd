import { constants, createHash, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { certificateInfo, DS, forgeEnveloped, forgeXmlSignature, privateKeyOf, type ForgedSignature } from '../../support/forge-xml.ts';
import { AT, daysFromNow, issue, keyOf, PERSON, standardHierarchy, type KeyKind } from '../../support/openssl-pki.ts';
import { conclusionOf, reasonOf, verify, verifyOnly } from '../../support/verify-signature.ts';
import { stamp } from '../../support/openssl-tsa.ts';
import { hasXmlTools, METHODS, signatureTemplate, signXml, xmlsecAccepts, type SignatureTemplate } from '../../support/xmlsec.ts';

const { person, authority, root } = standardHierarchy();
const chain = [authority];
const second = issue({ subject: '/CN=ЕКІНШІ/serialNumber=IIN870131400019/C=KZ', key: keyOf('second'), issuer: authority });
const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';
const claim = (signature: string) => `${HEAD}<claim xmlns="urn:court"><sum currency="KZT">1 000 000</sum>${signature}</claim>`;

describe.skipIf(!hasXmlTools)('XML signed by xmlsec1', () => {
  const ecdsa = (kind: KeyKind) => issue({ subject: PERSON, key: keyOf(kind, kind), issuer: authority });
  const enveloped = (form: string): SignatureTemplate => ({
    canonicalization: form,
    references: [{ transforms: [METHODS.enveloped, form] }],
  });
  const cases: [string, SignatureTemplate, typeof person, string][] = [
    ['RSA with SHA-256, as NCALayer writes it', {}, person, 'RSA-SHA256'],
    ['RSA with SHA-384', { method: METHODS.rsaSha384 }, person, 'RSA-SHA384'],
    ['RSA with SHA-512 over a digest of SHA-256', { method: METHODS.rsaSha512 }, person, 'RSA-SHA512'],
    ['RSA with SHA-256 over a digest of SHA-512', { references: [{ digest: METHODS.sha512 }] }, person, 'RSA-SHA256'],
    ['ECDSA on P-256', { method: METHODS.ecdsaSha256 }, ecdsa('P-256'), 'ECDSA-P256-SHA256'],
    ['ECDSA on P-384', { method: METHODS.ecdsaSha384 }, ecdsa('P-384'), 'ECDSA-P384-SHA384'],
    ['ECDSA on P-521', { method: METHODS.ecdsaSha512 }, ecdsa('P-521'), 'ECDSA-P521-SHA512'],
    ['exclusive canonicalization', enveloped(METHODS.exclusive), person, 'RSA-SHA256'],
    ['canonicalization 1.1', enveloped(METHODS.c14n11), person, 'RSA-SHA256'],
    ['no canonicalization named', { references: [{ transforms: [METHODS.enveloped] }] }, person, 'RSA-SHA256'],
    ['comments in SignedInfo kept', { canonicalization: METHODS.c14nComments }, person, 'RSA-SHA256'],
  ];

  it.each(cases)('%s: is valid and covers the document', async (_, template, signer, algorithm) => {
    const signed = signXml(claim(signatureTemplate(template)), { signer, chain });
    const report = await verify(signed);
    expect(report).toMatchObject({ format: 'xmldsig', overall: 'valid', flags: [] });
    expect(report.signatures).toMatchObject([
      {
        ...{ id: 'S1', algorithm, covers: 'whole', coverage: ['/'], claimedTime: null, timeSource: 'none' },
        warnings: ['SIGNED_ATTRIBUTES_MISSING', 'SIGNING_CERTIFICATE_ATTRIBUTE_MISSING'],
      },
    ]);
  });

  it.each(cases)('%s: is invalid once a letter changes, or the value', async (_, template, signer) => {
    const signed = signXml(claim(signatureTemplate(template)), { signer, chain }).toString();
    const content = await verifyOnly(Buffer.from(signed.replace('1 000 000', '9 000 000')));
    expect([conclusionOf(content), reasonOf(content, 'cryptography.value')]).toEqual(['TOTAL-FAILED/HASH_FAILURE', 'ok']);
    const other = signXml(claim(signatureTemplate(template)).replace('1 000 000', '2 000 000'), { signer, chain }).toString();
    const valueOf = (xml: string) => /<ds:SignatureValue>[^<]*/.exec(xml)![0];
    const value = await verifyOnly(Buffer.from(signed.replace(valueOf(signed), valueOf(other))));
    expect([conclusionOf(value), reasonOf(value, 'cryptography.digest')]).toEqual(['TOTAL-FAILED/SIG_CRYPTO_FAILURE', 'ok']);
  });

  it('in UTF-16 is valid, and invalid once a letter changes', async () => {
    const xml = '<?xml version="1.0" encoding="UTF-16"?>\n<өтініш>Қазақстан'.concat(signatureTemplate(), '</өтініш>');
    const signed = signXml(xml, { signer: person, chain, encoding: 'utf16le' });
    expect(signed.readUInt16LE(0)).toBe(0xfeff);
    expect((await verify(signed)).overall).toBe('valid');
    expect((await verify(Buffer.from(signed).swap16())).overall).toBe('valid');
    const changed = Buffer.from(signed.toString('utf16le').replace('Қазақстан', 'Казахстан'), 'utf16le');
    expect((await verify(changed)).signatures.map(conclusionOf)).toEqual(['TOTAL-FAILED/HASH_FAILURE']);
  });

  it('the same document in another encoding and spelling has the same signature', async () => {
    const signed = signXml(claim(signatureTemplate()), { signer: person, chain }).toString();
    const respelt = signed
      .replace(HEAD, '')
      .replace('currency="KZT"', "  currency = 'K&#x5A;T' ")
      .replace('1 000 000', '<![CDATA[1 ]]>000 0&#48;0');
    expect(respelt).not.toBe(signed);
    expect((await verify(Buffer.from(respelt))).overall).toBe('valid');
    expect((await verify(Buffer.from(`\uFEFF${respelt}`, 'utf16le'))).overall).toBe('valid');
  });

  it('one element alone is sound, but nobody can say what the rest is: undecided, and the part is named', async () => {
    const ids = [['Id', 'claim']] as const;
    const template = signatureTemplate({
      canonicalization: METHODS.exclusive,
      references: [{ uri: '#c1', transforms: [METHODS.c14nComments] }],
    });
    const signed = signXml(`<folder><note/><claim Id="c1"><sum>5</sum></claim>${template}</folder>`, { signer: person, chain, ids });
    for (const policy of ['kz-incoming', 'court-default', 'ades-strict']) {
      const report = await verifyOnly(signed, { policy });
      expect([conclusionOf(report), reasonOf(report, 'xml.coverage')]).toEqual([
        'INDETERMINATE/SIG_CONSTRAINTS_FAILURE',
        'part-of-document',
      ]);
      expect(report).toMatchObject({ covers: 'partial', coverage: ['/folder/claim[@Id="c1"]'] });
      expect(report.warnings).toContain('PARTIAL_COVERAGE');
      expect([reasonOf(report, 'cryptography.digest'), reasonOf(report, 'cryptography.value')]).toEqual(['ok', 'ok']);
    }
    const inside = Buffer.from(signed.toString().replace('<sum>5', '<sum>6'));
    expect(conclusionOf(await verifyOnly(inside))).toBe('TOTAL-FAILED/HASH_FAILURE');
  });

  it('the root element by its Id is the whole document, unless an instruction stands outside', async () => {
    const sign = (head: string) =>
      verifyOnly(
        signXml(`${head}<claim Id="c1">1${signatureTemplate({ references: [{ uri: '#c1' }] })}</claim>`, {
          ...{ signer: person, chain },
          ids: [['Id', 'claim']],
        }),
      );
    expect(await sign('<!-- a comment -->')).toMatchObject({ verdict: 'valid', covers: 'whole', coverage: ['/claim[@Id="c1"]'] });
    expect(await sign('<?xml-stylesheet href="other.xsl"?>')).toMatchObject({ verdict: 'undecided', covers: 'partial' });
  });

  it('an enveloping signature is valid and covers its object', async () => {
    const template = signatureTemplate({
      references: [{ uri: '#o', transforms: [] }],
      objects: '<ds:Object Id="o"><claim>1</claim></ds:Object>',
    });
    const signed = signXml(template, { signer: person, chain, ids: [['Id', 'Object']] });
    expect(await verifyOnly(signed)).toMatchObject({ verdict: 'valid', covers: 'whole', coverage: ['/ds:Signature/ds:Object[@Id="o"]'] });
    const more = signed.toString().replace('</ds:Signature>', '<ds:Object><claim>2</claim></ds:Object></ds:Signature>');
    expect(conclusionOf(await verifyOnly(Buffer.from(more)))).toBe('TOTAL-FAILED/FORMAT_FAILURE');
  });

  it('a second signature is added after the first: each is valid, the second covers the first', async () => {
    const first = signXml(claim(signatureTemplate()), { signer: person, chain }).toString();
    const twice = signXml(first.replace('</claim>', `${signatureTemplate()}</claim>`), { signer: second, chain, position: 2 });
    // A verifier that removes nothing but the signature in question finds the first one broken by the second.
    expect([1, 2].map((position) => xmlsecAccepts(twice, root, { position }))).toEqual([false, true]);
    const report = await verify(twice);
    expect(report.signatures.map(({ id, verdict, covers, signer }) => [id, verdict, covers, signer?.commonName])).toEqual([
      ['S1', 'valid', 'whole', 'ТЕСТОВ ТЕСТ'],
      ['S2', 'valid', 'whole', 'ЕКІНШІ'],
    ]);
    const broken = twice.toString().replace('1 000 000', '3 000 000');
    expect((await verify(Buffer.from(broken))).signatures.map(conclusionOf)).toEqual([
      'TOTAL-FAILED/HASH_FAILURE',
      'TOTAL-FAILED/HASH_FAILURE',
    ]);
    const firstOut = twice.toString().replace(/<ds:Signature[\s\S]*?<\/ds:Signature>/, '');
    expect((await verify(Buffer.from(firstOut))).signatures.map(conclusionOf)).toEqual(['TOTAL-FAILED/HASH_FAILURE']);
    const lastOut = twice.toString().replace(/<ds:Signature(?![\s\S]*<ds:Signature )[\s\S]*?<\/ds:Signature>/, '');
    expect((await verify(Buffer.from(lastOut))).overall).toBe('valid');
  });

  it('is judged by its certificate as every signature is', async () => {
    const signed = signXml(claim(signatureTemplate()), { signer: person, chain });
    expect(conclusionOf(await verifyOnly(signed, { at: daysFromNow(400) }))).toBe('INDETERMINATE/OUT_OF_BOUNDS_NO_POE');
    expect(conclusionOf(await verifyOnly(signed, { policy: 'ades-strict' }))).toBe('INDETERMINATE/SIG_CONSTRAINTS_FAILURE');
    expect(conclusionOf(await verifyOnly(signed, { trust: { anchors: [], certs: [], crls: [], ocsp: [] } }))).toBe(
      'INDETERMINATE/NO_CERTIFICATE_CHAIN_FOUND',
    );
  });
});

describe('XML beside a file', () => {
  const signed = Buffer.from(forgeEnveloped(person, '<sum>1</sum>'));

  it.each([
    ['itself', signed],
    ['what was signed, before it was signed', Buffer.from('<?xml version="1.0"?><doc >\u003csum>1</sum></doc>')],
  ])('is valid when the file is %s', async (_, content) => {
    expect((await verify(signed, { content })).overall).toBe('valid');
  });

  it.each([
    ['another document', '<doc><sum>2</sum></doc>'],
    ['not XML', '%PDF-1.7'],
    ['empty', ' '],
  ])('says nothing about it when the file is %s', async (_, content) => {
    const report = await verifyOnly(signed, { content: Buffer.from(content) });
    expect([conclusionOf(report), reasonOf(report, 'format.content-agrees')]).toEqual(['TOTAL-FAILED/HASH_FAILURE', 'content-differs']);
  });
});

describe('XML signed in other ways', () => {
  it('RSA-PSS is valid, and not with another salt length', async () => {
    const pss = (saltLength: number): Partial<ForgedSignature> => ({
      method: METHODS.pssSha256,
      makeValue: (octets) =>
        sign('sha256', octets, { key: privateKeyOf(person) as never, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength }),
    });
    expect(await verifyOnly(Buffer.from(forgeEnveloped(person, 'x', pss(32))))).toMatchObject({
      verdict: 'valid',
      algorithm: 'RSA-PSS-SHA256',
    });
    expect(conclusionOf(await verifyOnly(Buffer.from(forgeEnveloped(person, 'x', pss(20)))))).toBe('TOTAL-FAILED/SIG_CRYPTO_FAILURE');
  });

  it('the certificate is found wherever it stands among the others', async () => {
    const keyInfo = certificateInfo(root.der, authority.der, second.der, person.der);
    expect(await verifyOnly(Buffer.from(forgeEnveloped(person, 'x', { keyInfo })))).toMatchObject({
      ...{ verdict: 'valid', signer: { commonName: 'ТЕСТОВ ТЕСТ' } },
    });
  });

  it('a method nobody knows is undecided and shown by its beginning', async () => {
    const report = await verifyOnly(Buffer.from(forgeEnveloped(person, 'x', { method: `urn:${'x'.repeat(5000)}` })));
    expect([conclusionOf(report), report.algorithm?.length]).toEqual(['INDETERMINATE/CRYPTO_CONSTRAINTS_FAILURE', 200]);
  });

  it('weak hashes never make it valid', async () => {
    const weak = forgeXmlSignature({
      ...{ signer: person, hash: 'sha1', method: METHODS.rsaSha1 },
      references: [{ uri: '', over: '<doc>x</doc>', hash: 'sha1', method: METHODS.sha1 }],
    });
    const digest = forgeXmlSignature({
      signer: person,
      references: [{ uri: '', over: '<doc>x</doc>', hash: 'sha1', method: METHODS.sha1 }],
    });
    for (const signature of [weak, digest]) {
      expect(conclusionOf(await verifyOnly(Buffer.from(`<doc>x${signature}</doc>`)))).toBe('INDETERMINATE/CRYPTO_CONSTRAINTS_FAILURE');
    }
  });

  it('XML without a signature is unsigned', async () => {
    expect(await verify(Buffer.from('<a/>'))).toMatchObject({ format: 'none', overall: 'unsigned' });
    expect(await verify(Buffer.from(`<a xmlns:ds="${DS}"><ds:Reference/></a>`))).toMatchObject({ format: 'none', overall: 'unsigned' });
  });
});

describe('XAdES properties', () => {
  const XADES = 'http://uri.etsi.org/01903/v1.3.2#';
  const properties = (certificate: Uint8Array, time: string, element = 'SigningCertificateV2') => {
    const digest = createHash('sha256').update(certificate).digest('base64');
    return [
      `<x:SignedProperties xmlns:x="${XADES}" Id="sp"><x:SignedSignatureProperties><x:SigningTime>${time}</x:SigningTime>`,
      `<x:${element}><x:Cert><x:CertDigest><ds:DigestMethod xmlns:ds="${DS}" Algorithm="${METHODS.sha256}"></ds:DigestMethod>`,
      `<ds:DigestValue xmlns:ds="${DS}">${digest}</ds:DigestValue></x:CertDigest></x:Cert></x:${element}>`,
      '</x:SignedSignatureProperties></x:SignedProperties>',
    ].join('');
  };
  /** In its place the element has the ds prefix of the signature in scope. */
  const inPlace = (text: string) =>
    text.replaceAll(` xmlns:ds="${DS}"`, '').replace(`xmlns:x="${XADES}"`, `xmlns:ds="${DS}" xmlns:x="${XADES}"`);
  const make = (text: string, covered: boolean, shown = text) =>
    Buffer.from(
      `<doc>x${forgeXmlSignature({
        signer: person,
        references: [
          { uri: '', over: '<doc>x</doc>' },
          ...(covered ? [{ uri: '#sp', over: inPlace(text), transforms: [METHODS.c14n] }] : []),
        ],
        objects: `<ds:Object><x:QualifyingProperties xmlns:x="${XADES}">${shown.replaceAll(` xmlns:ds="${DS}"`, '')}</x:QualifyingProperties></ds:Object>`,
      })}</doc>`,
    );
  const time = `${AT.slice(0, 11)}00:00:00+05:00`;

  it.each([
    ['V2', 'SigningCertificateV2'],
    ['of the first version', 'SigningCertificate'],
  ])('that are covered give the claimed time and name the certificate: %s', async (_, element) => {
    const report = await verifyOnly(make(properties(person.der, time, element), true));
    expect(report).toMatchObject({ verdict: 'valid', covers: 'whole', warnings: [], timeSource: 'claimed', coverage: ['/'] });
    expect(report.claimedTime).toBe(new Date(time).toISOString().replace('.000Z', 'Z'));
    expect(reasonOf(report, 'identification.reference')).toBe('ok');
  });

  it('satisfy the strict policy', async () => {
    expect((await verifyOnly(make(properties(person.der, time), true), { policy: 'ades-strict' })).verdict).toBe('valid');
  });

  it('that name another certificate leave it undecided who signed', async () => {
    const report = await verifyOnly(make(properties(second.der, time), true));
    expect([conclusionOf(report), reasonOf(report, 'identification.reference')]).toEqual([
      'INDETERMINATE/NO_SIGNING_CERTIFICATE_FOUND',
      'certificate-differs',
    ]);
  });

  it('that are not covered are nobody’s word', async () => {
    const report = await verifyOnly(make(properties(second.der, time), false));
    expect(report).toMatchObject({ verdict: 'valid', claimedTime: null, timeSource: 'none' });
    expect(reasonOf(report, 'identification.reference')).toBe('no-attribute');
  });

  it('that are not signed bring a timestamp over the value: it proves the time, and over another value it proves nothing', async () => {
    const plain = make(properties(person.der, time), true).toString();
    const element = /<ds:SignatureValue>[^<]*<\/ds:SignatureValue>/.exec(plain)![0];
    const extended = (over: string) => {
      const token = Buffer.from(stamp(Buffer.from(over), { chain: [authority] })).toString('base64');
      const unsigned = `<x:UnsignedProperties><x:UnsignedSignatureProperties><x:SignatureTimeStamp><x:EncapsulatedTimeStamp>${token}</x:EncapsulatedTimeStamp></x:SignatureTimeStamp></x:UnsignedSignatureProperties></x:UnsignedProperties>`;
      return Buffer.from(plain.replace('</x:SignedProperties>', `</x:SignedProperties>${unsigned}`));
    };
    const canonical = element.replace('>', ` xmlns:ds="${DS}">`);
    const report = await verifyOnly(extended(canonical), { at: daysFromNow(0.01) });
    expect(report).toMatchObject({
      verdict: 'valid',
      level: 'T',
      timeSource: 'timestamp',
      timestamps: [{ kind: 'signature', verdict: 'valid' }],
    });
    const other = await verifyOnly(extended(element), { at: daysFromNow(0.01) });
    expect(other).toMatchObject({ level: 'B', timeSource: 'claimed', timestamps: [{ verdict: 'invalid', subIndication: 'HASH_FAILURE' }] });
    expect(other.warnings).toContain('TIMESTAMP_NOT_TRUSTED');
  });

  it('that were changed break the signature and are not read', async () => {
    const report = await verifyOnly(make(properties(person.der, time), true, properties(person.der, '2020-01-01T00:00:00Z')));
    expect([conclusionOf(report), report.claimedTime]).toEqual(['TOTAL-FAILED/HASH_FAILURE', null]);
  });
});
