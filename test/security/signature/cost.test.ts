import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { deflateSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { der } from '../../../main/asn1/index.ts';
import { GOST_CURVES } from '../../../main/signature/algorithms/gost-curves.ts';
import { arithmeticOf } from '../../../main/signature/algorithms/gost-point.ts';
import { certificate, crl, extensionOf, keyNamed, nameOf } from '../../support/forge-path.ts';
import { forgeOcsp } from '../../support/forge-ocsp.ts';
import { attribute, forgeSignedData, OIDS } from '../../support/forge-signed-data.ts';
import * as samples from '../../support/level-samples.ts';
import { runMeasured } from '../../support/measured-run.ts';
import { writeTemporary, type Certificate } from '../../support/openssl-pki.ts';
import { appendRevision, lastStartXref, PAGE, signPdfByOpenssl, stream, writePdf } from '../../support/raw-pdf.ts';
import { tempDir } from '../../support/temp-dir.ts';

/** What no file under 25 MiB may take, whatever it holds. */
const LIMIT = { ms: 20_000, peakMb: 512 };
const MEGABYTE = 1024 * 1024;
const LARGE = 24 * MEGABYTE;

const folder = tempDir();
const write = (name: string, bytes: Uint8Array): string => {
  const file = path.join(folder, name);
  writeFileSync(file, bytes);
  return file;
};
const AT = '2026-11-15T00:00:00Z';
const usage = [extensionOf('2.5.29.15', der.namedBits([1]), true), extensionOf('2.5.29.37', der.sequence(der.oid('1.3.6.1.5.5.7.3.4')))];
const top = certificate({ subject: 'CN=TOP', issuer: 'CN=TOP', ca: true });
const authority = certificate({ subject: 'CN=CA', issuer: 'CN=TOP', ca: true });
const LEAF = 4711;
const leaf = certificate({ subject: 'CN=LEAF', issuer: 'CN=CA', serial: LEAF, extensions: usage });
const signer: Certificate = {
  pem: writeTemporary('leaf.pem', `-----BEGIN CERTIFICATE-----\n${Buffer.from(leaf.der).toString('base64')}\n-----END CERTIFICATE-----\n`),
  key: writeTemporary('leaf.key', leaf.key.privateKey.export({ format: 'pem', type: 'pkcs8' })),
  der: leaf.der,
  subject: '',
};
const TRUST = [
  ...['--anchor', write('top.cer', top.der), '--cert', write('ca.cer', authority.der)],
  ...['--crl', write('top.crl', crl({ issuer: 'CN=TOP' })), '--at', AT, '--offline', '--json'],
];

const ECDSA = (hash: number) => der.sequence(der.oid(`1.2.840.10045.4.3.${hash}`));
const SHA512 = '2.16.840.1.101.3.4.2.3';
const STREEBOG_512 = '1.2.398.3.10.1.3.3';
const GOST_SIGNATURE = der.sequence(der.oid('1.2.398.3.10.1.1.2.3.2'));

/** Keys of 512 bits: points of the group, all different. */
const points = arithmeticOf(GOST_CURVES['tc26-512-A']).multiplesOf(GOST_CURVES['tc26-512-A'], 11)!.points;
const gostSpki = (i: number): Uint8Array => {
  const { x, y } = points[i % points.length]!;
  const octets = (value: bigint) => Buffer.from(value.toString(16).padStart(128, '0'), 'hex').reverse();
  return der.sequence(
    der.sequence(der.oid('1.2.398.3.10.1.1.2.2'), der.sequence(der.oid('1.2.398.3.10.1.1.2.2.1'), der.oid(STREEBOG_512))),
    der.bitString(der.octetString(Buffer.concat([octets(x), octets(y)]))),
  );
};
const gostValue = (): Uint8Array => Buffer.concat([randomBytes(63), Buffer.of(1), randomBytes(63), Buffer.of(1)]);

/** A certificate nobody signed, of any key. */
const unsignedCertificate = (
  subject: string,
  issuer: string,
  serial: number,
  spki: Uint8Array,
  extensions: readonly Uint8Array[] = usage,
): Uint8Array => {
  const tbs = der.sequence(
    der.explicit(0, der.integer(2)),
    der.integer(serial),
    GOST_SIGNATURE,
    nameOf(issuer),
    der.sequence(der.time('2020-01-01T00:00:00Z'), der.time('2045-01-01T00:00:00Z')),
    nameOf(subject),
    spki,
    der.explicit(3, der.sequence(...extensions)),
  );
  return der.sequence(tbs, GOST_SIGNATURE, der.bitString(gostValue()));
};

type Signer = {
  issuer: string;
  serial: number;
  digest: string;
  algorithm: Uint8Array;
  value: Uint8Array;
  unsigned?: readonly Uint8Array[];
};
const signerInfo = ({ issuer, serial, digest, algorithm, value, unsigned }: Signer): Uint8Array =>
  der.sequence(
    der.integer(1),
    der.sequence(nameOf(issuer), der.integer(serial)),
    der.sequence(der.oid(digest)),
    algorithm,
    der.octetString(value),
    ...(unsigned ? [der.raw(0xa1, ...unsigned)] : []),
  );
type Message = {
  content?: Uint8Array;
  certificates?: readonly Uint8Array[];
  crls?: readonly Uint8Array[];
  signers: readonly Uint8Array[];
  digest: string;
};
const message = ({ content, certificates = [], crls, signers, digest }: Message): Uint8Array =>
  der.sequence(
    der.oid(OIDS.signedData),
    der.explicit(
      0,
      der.sequence(
        der.integer(1),
        der.set(der.sequence(der.oid(digest))),
        der.sequence(der.oid(OIDS.data), ...(content ? [der.explicit(0, der.octetString(content))] : [])),
        der.raw(0xa0, ...certificates),
        ...(crls ? [der.raw(0xa1, ...crls)] : []),
        der.raw(0x31, ...signers),
      ),
    ),
  );
const times = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));

/** A signature that lacks nothing but word on its revocation, with whatever is put around it. */
const realMessage = ({ certificates = [], ...more }: { certificates?: readonly Uint8Array[]; crls?: readonly Uint8Array[] }): Uint8Array =>
  forgeSignedData({
    signer,
    content: samples.content,
    attached: true,
    signatureAlgorithm: ECDSA(2),
    version: more.crls?.some((item) => item[0] === 0xa1) ? 5 : 1,
    ...more,
    certificates: [leaf.der, ...certificates],
  });
const listOf = (entries: Uint8Array, algorithm: Uint8Array, extensions: readonly Uint8Array[] = []): Uint8Array =>
  der.sequence(
    der.sequence(
      der.integer(1),
      algorithm,
      nameOf('CN=CA'),
      der.time('2026-01-01T00:00:00Z'),
      der.time('2045-01-01T00:00:00Z'),
      der.raw(0x30, entries),
      ...(extensions.length > 0 ? [der.explicit(0, der.sequence(...extensions))] : []),
    ),
    algorithm,
    der.bitString(gostValue()),
  );
const entriesOf = (octets: number): Buffer => {
  const entry = Buffer.from(der.sequence(der.integer(7), der.time('2026-01-02T00:00:00Z')));
  return Buffer.concat(times(Math.floor(octets / entry.length), () => entry));
};
const namesakes = (count: number): Uint8Array[] =>
  times(count, (i) =>
    unsignedCertificate('CN=CA', 'CN=NOBODY', i + 1, gostSpki(i), [extensionOf('2.5.29.15', der.namedBits([5, 6]), true)]),
  );

const eight = (serial: number, spki: (i: number) => Uint8Array) =>
  times(8, (i) => unsignedCertificate(`CN=S${serial} ${i}`, 'CN=X', serial, spki(i)));

const bombs: [string, string, () => Uint8Array][] = [
  [
    '128 signers of eight keys each directly over a large content',
    'p7s',
    () =>
      message({
        content: Buffer.alloc(LARGE, 0x61),
        certificates: times(16, (s) => eight(s + 1, (i) => keyNamed(`cost ${i}`).spki)).flat(),
        signers: times(128, (i) =>
          signerInfo({
            issuer: 'CN=X',
            serial: (i % 16) + 1,
            digest: SHA512,
            algorithm: ECDSA(4),
            value: der.sequence(der.integer(5), der.integer(7)),
          }),
        ),
        digest: SHA512,
      }),
  ],
  [
    '128 GOST signers of eight keys each',
    'p7s',
    () =>
      message({
        content: Buffer.from('x'),
        certificates: times(60, (s) => eight(s + 1, (i) => gostSpki(8 * s + i))).flat(),
        signers: times(128, (i) =>
          signerInfo({ issuer: 'CN=X', serial: (i % 60) + 1, digest: STREEBOG_512, algorithm: GOST_SIGNATURE, value: gostValue() }),
        ),
        digest: STREEBOG_512,
      }),
  ],
  [
    'a large GOST list of a real authority with 480 namesakes that might have signed it',
    'p7s',
    () =>
      realMessage({
        certificates: namesakes(480),
        crls: times(4, () => listOf(entriesOf(LARGE / 4 - 64_000), GOST_SIGNATURE)),
      }),
  ],
  [
    '64 answers of 256 answers each by 16 responders each',
    'p7s',
    () => {
      const purpose = [extensionOf('2.5.29.37', der.sequence(der.oid('1.3.6.1.5.5.7.3.9')))];
      const responders = times(
        16,
        (i) => certificate({ subject: 'CN=R', issuer: 'CN=CA', issuerKey: 'nobody', serial: i + 1, extensions: purpose }).der,
      );
      const answer = forgeOcsp({
        responder: 'CN=R',
        answers: times(256, () => ({ serial: LEAF, issuer: 'CN=CA' })),
        certificates: responders,
      });
      return realMessage({ crls: times(64, () => der.raw(0xa1, der.oid('1.3.6.1.5.5.7.16.2'), answer)) });
    },
  ],
  [
    'hundreds of timestamps that carry certificates',
    'p7s',
    () => {
      const stamp = attribute(OIDS.timestamp, samples.stampOver(samples.content));
      return message({
        content: Buffer.from('x'),
        certificates: [samples.person.der],
        signers: times(24, () =>
          signerInfo({
            issuer: 'CN=X',
            serial: 1,
            digest: OIDS.sha256,
            algorithm: ECDSA(2),
            value: randomBytes(64),
            unsigned: times(8, () => stamp),
          }),
        ),
        digest: OIDS.sha256,
      });
    },
  ],
  [
    'millions of empty lists',
    'p7s',
    () => message({ signers: [], crls: [Buffer.from('3000'.repeat(LARGE / 2), 'hex')], digest: OIDS.sha256 }),
  ],
  [
    'millions of empty lists in BER',
    'p7s',
    () =>
      Buffer.concat([
        Buffer.from('308006092a864886f70d010702a080308002010131003080', 'hex'),
        der.oid(OIDS.data),
        Buffer.from('0000a180', 'hex'),
        Buffer.from('3000'.repeat(LARGE / 2), 'hex'),
        Buffer.from('000031000000000000', 'hex'),
      ]),
  ],
  [
    'a list of millions of extensions',
    'p7s',
    () => realMessage({ crls: [listOf(Buffer.alloc(0), ECDSA(2), [Buffer.from('3000'.repeat(LARGE / 2), 'hex')])] }),
  ],
  ['a list of a million entries', 'p7s', () => realMessage({ crls: [listOf(entriesOf(LARGE), ECDSA(2))] })],
  [
    'lists of 64 MB packed into a PDF',
    'pdf',
    () => {
      const packed = deflateSync(listOf(entriesOf(MEGABYTE - 1_000), ECDSA(2))).toString('latin1');
      const signed = signPdfByOpenssl(
        writePdf({
          ...PAGE,
          1: '<< /Type /Catalog /Pages 2 0 R /AcroForm 6 0 R /DSS 20 0 R >>',
          20: `<< /CRLs [${times(64, (i) => `${100 + i} 0 R`).join(' ')}] >>`,
          ...Object.fromEntries(times(64, (i) => [100 + i, stream(packed, '/Filter /FlateDecode')])),
        }),
        { signer, field: 7, objects: { 1: '<< /Type /Catalog /Pages 2 0 R /AcroForm 6 0 R /DSS 20 0 R >>' } },
      );
      return signed;
    },
  ],
  [
    'a large PDF with 64 GOST signatures and document timestamps',
    'pdf',
    () => {
      const gost = message({
        signers: [signerInfo({ issuer: 'CN=X', serial: 1, digest: STREEBOG_512, algorithm: GOST_SIGNATURE, value: gostValue() })],
        certificates: eight(1, gostSpki),
        digest: STREEBOG_512,
      });
      const dictionary = (i: number) =>
        `<< /Type /${i % 8 === 0 ? 'DocTimeStamp' : 'Sig'} /SubFilter /${i % 8 === 0 ? 'ETSI.RFC3161' : 'ETSI.CAdES.detached'} /ByteRange [0 100 200 ${LARGE}] /Contents <${Buffer.from(i % 8 === 0 ? samples.stampOver(samples.content) : gost).toString('hex')}> >>`;
      return writePdf({ ...PAGE, 8: stream('a'.repeat(LARGE)), ...Object.fromEntries(times(64, (i) => [10 + i, dictionary(i)])) });
    },
  ],
  ['a PDF whose objects stand in each other', 'pdf', () => nested((i) => `${i} 0 obj(`)],
  ['a PDF whose objects are one comment', 'pdf', () => nested((i) => `${i} 0 obj%`)],
  ['a PDF whose objects are one hexadecimal string', 'pdf', () => nested((i) => `${i} 0 obj<`)],
  ['a PDF of streams without an end', 'pdf', () => nested((i) => `${i} 0 obj<</Type/ObjStm>>stream\n`)],
  [
    'a PDF whose table unpacks to millions of rows',
    'pdf',
    () => {
      const rows = deflateSync(Buffer.alloc(60 * MEGABYTE, 1)).toString('latin1');
      const head = '%PDF-1.7\n';
      return Buffer.from(
        `${head}1 0 obj\n${stream(rows, `/Type /XRef /W [1 1 1] /Size 20000000 /Root 1 0 R /Filter /FlateDecode`)}\nendobj\nstartxref\n${head.length}\n%%EOF\n`,
        'latin1',
      );
    },
  ],
  [
    'a PDF of hundreds of thousands of fields',
    'pdf',
    () => {
      const fields = (count: number) => times(count, (i) => `${100 + i} 0 R`).join(' ');
      const signed = signPdfByOpenssl(writePdf(PAGE), {
        signer,
        field: 7,
        objects: { 6: `<< /Fields [7 0 R ${fields(400_000)}] /SigFlags 3 >>` },
      });
      return appendRevision(signed, { 6: `<< /Fields [7 0 R ${fields(400_001)}] /SigFlags 3 >>` });
    },
  ],
  [
    'a PDF of validation data with very many members',
    'pdf',
    () =>
      appendRevision(signPdfByOpenssl(writePdf(PAGE), { signer, field: 7 }), {
        1: `<< /Type /Catalog /Pages 2 0 R /AcroForm 6 0 R /DSS << /Certs [${'1 '.repeat(400_000)}] >> >>`,
      }),
  ],
  [
    'a PDF with one large value in very many lists',
    'pdf',
    () => {
      const large = `<< /FT /Sig /T (${'a'.repeat(MEGABYTE)}) >>`;
      const lists = (count: number) => Object.fromEntries(times(9_000, (i) => [100 + i, `[${'60 0 R '.repeat(count)}]`]));
      const signed = signPdfByOpenssl(writePdf({ ...PAGE, 60: large, ...lists(1) }), { signer, field: 7 });
      return appendRevision(signed, lists(2));
    },
  ],
  [
    'a PDF of many signatures, each in a revision of its own',
    'pdf',
    () => {
      let pdf = writePdf({
        ...PAGE,
        9: stream('a'.repeat(3 * MEGABYTE)),
        12: stream(deflateSync(Buffer.alloc(40 * MEGABYTE)).toString('latin1'), '/Type /ObjStm /N 0 /First 0 /Filter /FlateDecode'),
      });
      for (let i = 0; i < 24; i++) pdf = signPdfByOpenssl(pdf, { signer, field: 20 + 2 * i });
      return pdf;
    },
  ],
  ['a PDF of one endless string', 'pdf', () => writePdf({ ...PAGE, 8: `(${'a'.repeat(LARGE)}) /ByteRange` })],
  ['a PDF of names', 'pdf', () => writePdf({ ...PAGE, 8: stream('/F(//)/Type/Page'.repeat(LARGE / 16)) })],
  ['XML of namespaces in namespaces', 'xml', () => Buffer.from(deepXml())],
  [
    'XML of one signature and very many elements',
    'xml',
    () => Buffer.from(`<a>${'<b/>'.repeat(LARGE / 4)}<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/></a>`),
  ],
  ['text that is base64 of nothing', 'p7s', () => Buffer.from('MIAG'.repeat(LARGE / 4))],
  ['text of endless armour', 'p7s', () => Buffer.from('-----BEGIN CMS-----\n'.repeat(LARGE / 20))],
];

/** So many objects that each of them goes on to the end of the file, under tables that name them all, signed and then added to. */
function nested(begin: (i: number) => string): Buffer {
  const base = writePdf(PAGE);
  const objects: string[] = [];
  const entries: string[] = [];
  let at = base.length;
  for (let i = 100; i < 300_000; i++) {
    entries.push(`${String(at).padStart(10, '0')} 00000 n \n`);
    const text = begin(i);
    objects.push(text);
    at += text.length;
  }
  const rest = `${'a'.repeat(4 * MEGABYTE)}\nendobj\n`;
  const table = `xref\n100 ${entries.length}\n${entries.join('')}trailer\n<< /Size 300000 /Root 1 0 R /Prev ${lastStartXref(base)} >>\nstartxref\n${at + rest.length}\n%%EOF\n`;
  const full = Buffer.concat([base, Buffer.from(`${objects.join('')}${rest}${table}`, 'latin1')]);
  return appendRevision(signPdfByOpenssl(full, { signer, field: 7 }), { 50: '<< /Nothing 1 >>' });
}

function deepXml(): string {
  const depth = 400;
  const declarations = (level: number) => times(100, (i) => `xmlns:n${level}x${i}="urn:${'u'.repeat(400)}"`).join(' ');
  const open = times(depth, (level) => `<e ${declarations(level)}>`).join('');
  return `<a>${open}<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/>${'</e>'.repeat(depth)}</a>`;
}

it.each(bombs)(
  '%s',
  async (name, kind, build) => {
    const bytes = build();
    expect(bytes.length).toBeLessThanOrEqual(25 * MEGABYTE);
    const file = write(`bomb.${kind}`, bytes);
    const { code, stdout, ms, peakMb } = await runMeasured(['verify', file, ...TRUST], folder, LIMIT.ms + 10_000);
    console.log(`${name}: ${(bytes.length / MEGABYTE).toFixed(1)} MB, ${(ms / 1000).toFixed(1)} s, ${Math.round(peakMb)} MB`);
    const report = JSON.parse(stdout || '{}') as { overall?: string };
    // 0 to 3 say what the verdict is.
    expect([code !== null && code <= 3, typeof report.overall]).toEqual([true, 'string']);
    expect(report.overall).not.toBe('valid');
    expect(ms).toBeLessThan(LIMIT.ms);
    expect(peakMb).toBeLessThan(LIMIT.peakMb);
  },
  60_000,
);
