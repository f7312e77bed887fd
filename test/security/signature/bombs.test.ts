import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { der } from '../../../main/asn1/index.ts';
import {
  attribute,
  contentTypeAttribute,
  digestAttribute,
  forgeSignedData,
  OIDS,
  SHA256_WITH_RSA,
} from '../../support/forge-signed-data.ts';
import { forgeCertificate, newKey } from '../../support/forge-certificate.ts';
import { newPath, standardHierarchy } from '../../support/openssl-pki.ts';
import { PAGE, stream, writePdf } from '../../support/raw-pdf.ts';
import { conclusionOf, reasonOf, verify, verifyOnly } from '../../support/verify-signature.ts';

/** No file may hold the verifier longer than this. */
const LIMIT_MS = 20_000;
const content = Buffer.from('x');
const { person } = standardHierarchy();
const signedData = (...members: readonly Uint8Array[]) => der.sequence(der.oid(OIDS.signedData), der.explicit(0, der.sequence(...members)));
const head = [der.integer(1), der.set(), der.sequence(der.oid(OIDS.data))];

describe('bombs end quickly, and never as valid', () => {
  it.each<[string, () => Uint8Array]>([
    [
      'nesting of 100 000 indefinite lengths',
      () => Buffer.concat([signedData().subarray(0, 15), Buffer.from('3080'.repeat(100_000), 'hex')]),
    ],
    [
      'nesting of 100 indefinite lengths, closed',
      () => Buffer.from(`308006092a864886f70d010702a080${'3080'.repeat(100)}${'0000'.repeat(102)}`, 'hex'),
    ],
    ['a million elements', () => signedData(...head, der.raw(0xa0, Buffer.from('0500'.repeat(1_000_000), 'hex')), der.set())],
    [
      'a million pieces of content',
      () =>
        signedData(
          der.integer(1),
          der.set(),
          der.sequence(der.oid(OIDS.data), der.raw(0xa0, der.raw(0x24, Buffer.from('040161'.repeat(1_000_000), 'hex')))),
          der.set(),
        ),
    ],
    ['a length of four gigabytes', () => Buffer.concat([Buffer.from('3084ffffffff', 'hex'), signedData(...head, der.set()).subarray(2)])],
    [
      'an identifier of a megabyte',
      () => signedData(der.integer(1), der.set(), der.sequence(der.raw(0x06, Buffer.alloc(1_000_000, 0x81))), der.set()),
    ],
    ['10 000 signers', () => signedData(...head, der.raw(0x31, ...Array.from({ length: 10_000 }, () => der.sequence(der.integer(1)))))],
    ['1 000 certificates', () => signedData(...head, der.raw(0xa0, ...Array.from({ length: 1_000 }, () => der.sequence())), der.set())],
    [
      '1 000 attributes',
      () =>
        forgeSignedData({
          signer: person,
          content,
          attributes: [
            contentTypeAttribute(),
            digestAttribute(content),
            ...Array.from({ length: 1_000 }, (_, i) => attribute(`1.2.3.${i}`, der.nullValue())),
          ],
        }),
    ],
  ])(
    '%s',
    async (_, build) => {
      const report = await verify(build(), { content });
      expect(report).toMatchObject({ format: 'cms', overall: 'invalid', flags: ['MALFORMED'] });
      expect(report.signatures.map(conclusionOf)).toEqual(['TOTAL-FAILED/FORMAT_FAILURE']);
    },
    LIMIT_MS,
  );

  it(
    'authorities that certify each other in every direction',
    async () => {
      const names = Array.from({ length: 14 }, (_, i) => `CA ${i}`);
      const keys = names.map(newKey);
      const cross = names.flatMap((subject, i) =>
        names.flatMap((issuer, j) =>
          i === j ? [] : [forgeCertificate({ subject, issuer, spki: keys[i]!.spki, issuerKey: keys[j]!.privateKey, ca: true })],
        ),
      );
      const leafKey = newKey();
      const leaf = forgeCertificate({ subject: 'LEAF', issuer: 'CA 0', spki: leafKey.spki, issuerKey: keys[0]!.privateKey, ca: false });
      const path = newPath('leaf.key');
      writeFileSync(path, leafKey.privateKey.export({ format: 'pem', type: 'pkcs8' }));
      const bomb = forgeSignedData({
        signer: { pem: '', key: path, der: leaf, subject: '' },
        content,
        certificates: [leaf, ...cross],
        signatureAlgorithm: der.sequence(der.oid('1.2.840.10045.4.3.2')),
      });
      const report = await verifyOnly(bomb, { content });
      expect([conclusionOf(report), reasonOf(report, 'cryptography.value')]).toEqual(['INDETERMINATE/NO_CERTIFICATE_CHAIN_FOUND', 'ok']);

      const anchorKey = newKey();
      const anchor = forgeCertificate({ subject: 'TOP', issuer: 'TOP', spki: anchorKey.spki, issuerKey: anchorKey.privateKey, ca: true });
      const last = forgeCertificate({ subject: 'CA 13', issuer: 'TOP', spki: keys[13]!.spki, issuerKey: anchorKey.privateKey, ca: true });
      const trusted = await verifyOnly(bomb, { content, trust: { anchors: [anchor], certs: [last], crls: [], ocsp: [] } });
      expect([conclusionOf(trusted), reasonOf(trusted, 'path.found')]).toEqual(['INDETERMINATE/TRY_LATER', 'ok']);
    },
    LIMIT_MS,
  );

  it(
    '500 issuers of one name',
    async () => {
      const leafKey = newKey();
      const issuerKey = newKey();
      const leaf = forgeCertificate({ subject: 'LEAF', issuer: 'TWIN', spki: leafKey.spki, issuerKey: issuerKey.privateKey, ca: false });
      const twins = Array.from({ length: 500 }, () =>
        forgeCertificate({ subject: 'TWIN', issuer: 'TWIN', spki: newKey().spki, issuerKey: issuerKey.privateKey, ca: true }),
      );
      const path = newPath('leaf.key');
      writeFileSync(path, leafKey.privateKey.export({ format: 'pem', type: 'pkcs8' }));
      const bomb = forgeSignedData({
        signer: { pem: '', key: path, der: leaf, subject: '' },
        content,
        certificates: [leaf, ...twins],
        signatureAlgorithm: der.sequence(der.oid('1.2.840.10045.4.3.2')),
      });
      expect(conclusionOf(await verifyOnly(bomb, { content }))).toBe('INDETERMINATE/NO_CERTIFICATE_CHAIN_FOUND');
    },
    LIMIT_MS,
  );

  it(
    'names of nothing but combining marks',
    async () => {
      const marks = (joint: string) => `a${`\u0301${joint}\u0316`.repeat(30_000)}`;
      const key = newKey();
      const strange = Array.from({ length: 30 }, () => ['', '\u200d', '\uff9e'])
        .flat()
        .map((joint) => forgeCertificate({ subject: marks(joint), issuer: 'CA', spki: key.spki, issuerKey: key.privateKey, ca: false }));
      expect(strange.every((certificate) => certificate.length < 256 * 1024)).toBe(true);
      const bomb = forgeSignedData({ signer: person, content, certificates: [person.der, ...strange] });
      expect((await verifyOnly(bomb)).verdict).toBe('undecided');
    },
    LIMIT_MS,
  );

  it(
    'a key of 16 384 bits is not even tried',
    async () => {
      const modulus = Buffer.alloc(2048, 0xc5);
      const spki = der.sequence(
        der.sequence(der.oid('1.2.840.113549.1.1.1'), der.nullValue()),
        der.bitString(der.sequence(der.integer(modulus), der.integer(65537))),
      );
      const issuerKey = newKey();
      const leaf = forgeCertificate({ subject: 'LEAF', issuer: 'CA', spki, issuerKey: issuerKey.privateKey, ca: false });
      const bomb = forgeSignedData({
        signer: { pem: '', key: '', der: leaf, subject: '' },
        content,
        value: Buffer.alloc(2048, 1),
        signatureAlgorithm: SHA256_WITH_RSA,
      });
      const report = await verifyOnly(bomb, { content });
      expect([reasonOf(report, 'cryptography.value'), reasonOf(report, 'acceptance.algorithm'), report.verdict]).toEqual([
        'algorithm-unsupported',
        'key-too-long',
        'undecided',
      ]);
    },
    LIMIT_MS,
  );

  it(
    'text that pretends to be armoured',
    async () => {
      for (const text of [
        '-----BEGIN CMS-----\n'.repeat(100_000),
        `-----BEGIN CMS-----${'A'.repeat(1_000_000)}`,
        `${'A'.repeat(1_000_001)}=`,
        `-----BEGIN CMS-----\n${'a:b\n'.repeat(200_000)}`,
        `-----BEGIN CMS-----${'a:b\r\n'.repeat(100_000)}x-----END CMS-----`,
        `-----BEGIN CMS-----a:${'\n \r'.repeat(500_000)}-----END CMS-----`,
        ' '.repeat(5_000_000),
      ]) {
        expect((await verify(Buffer.from(text))).overall).toBe('unsigned');
      }
    },
    LIMIT_MS,
  );

  it(
    'a PDF of nested brackets, endless names and many signatures',
    async () => {
      const nested = writePdf({ ...PAGE, 8: `${'['.repeat(200_000)} /ByteRange ${']'.repeat(200_000)}` });
      expect((await verify(nested, { file: 'x.pdf' })).overall).toBe('unsigned');
      const slashes = writePdf({ ...PAGE, 8: stream('/'.repeat(5_000_000)) });
      expect((await verify(slashes, { file: 'x.pdf' })).overall).toBe('unsigned');
      const dictionaries = Object.fromEntries(
        Array.from({ length: 200 }, (_, i) => [
          10 + i,
          '<< /Type /Sig /SubFilter /ETSI.CAdES.detached /ByteRange [0 1 2 3] /Contents <00> >>',
        ]),
      );
      expect((await verify(writePdf({ ...PAGE, ...dictionaries }), { file: 'x.pdf' })).overall).toBe('invalid');
    },
    LIMIT_MS,
  );
});
