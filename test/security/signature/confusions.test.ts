import { constants, createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { der, readWhole } from '../../../main/asn1/index.ts';
import { readPublicKey } from '../../../main/signature/algorithms/public-key.ts';
import type { SignatureScheme } from '../../../main/signature/algorithms/signature-scheme.ts';
import { verifyValue } from '../../../main/signature/algorithms/verify-value.ts';
import { provenTimes, type DocumentTimestamp } from '../../../main/signature/pdf/document-timestamps.ts';
import {
  attribute,
  contentTypeAttribute,
  digestAttribute,
  forgeSignedData,
  OIDS,
  signingCertificateAttribute,
} from '../../support/forge-signed-data.ts';
import * as samples from '../../support/level-samples.ts';
import { signPdfByOpenssl } from '../../support/raw-pdf.ts';
import { reasonOf, verify, verifyOnly } from '../../support/verify-signature.ts';

const { content, withLists } = samples;

describe('a timestamp token', () => {
  it('is nobody’s signature on a document', async () => {
    const token = samples.stampOver(content);
    for (const beside of [null, content]) {
      const report = await verifyOnly(token, { content: beside, trust: withLists });
      expect(report.verdict).not.toBe('valid');
      expect(reasonOf(report, 'certificate.extended-key-usage')).toBe('purpose-not-allowed');
    }
  });

  it('among the signed attributes proves no time', async () => {
    const attributes = [
      contentTypeAttribute(),
      digestAttribute(content),
      signingCertificateAttribute(samples.person.der),
      attribute(OIDS.timestamp, samples.stampOver(content)),
    ];
    const signed = forgeSignedData({
      signer: samples.person,
      content,
      attributes,
      signatureAlgorithm: der.sequence(der.oid('1.2.840.10045.4.3.2')),
    });
    expect(await verifyOnly(signed, { content, trust: withLists })).toMatchObject({ level: 'B', timeSource: 'none', timestamps: [] });
  });

  it('in a PDF that leaves out the signature it stands after proves nothing about it', async () => {
    const signature = samples.padesT.indexOf('/Contents <') + '/Contents '.length;
    const sealed = signPdfByOpenssl(samples.padesT, {
      signer: samples.person,
      field: 30,
      subFilter: 'ETSI.RFC3161',
      range: ([, , second, length]) => [0, signature, second, length],
      seal: samples.stampOver,
    });
    const [report] = (await verify(sealed, { trust: withLists, file: 'x.pdf' })).signatures;
    const stamp = report!.timestamps.find(({ kind }) => kind === 'document')!;
    expect([stamp.verdict, reasonOf(stamp, 'pdf.byte-range')]).toEqual(['invalid', 'byte-range-hole']);
    expect(report!.level).not.toBe('LTA');
  });

  it('proves only what it covers to the last octet, and not its own place', () => {
    const [inside, behind, across, through] = [1, 2, 3, 4].map((octet) => Uint8Array.of(octet)) as [Uint8Array, ...Uint8Array[]];
    const places = new Map([
      [inside, { from: 10, to: 90 }],
      [behind!, { from: 310, to: 400 }],
      [across!, { from: 250, to: 301 }],
      [through!, { from: 90, to: 210 }],
    ]);
    const stamp = { proven: 5, end: 300, hole: { from: 100, to: 200 } } as unknown as DocumentTimestamp;
    expect([...provenTimes({ material: { certificates: [], crls: [], ocsp: [] }, places }, [stamp])]).toEqual([[inside, 5]]);
  });
});

const message = Buffer.from('Талап');
const spkiOf = (key: KeyObject) => readPublicKey(readWhole(new Uint8Array(key.export({ type: 'spki', format: 'der' }))));

describe('a value of RSA', () => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pss = (saltLength: number, maskHash = 'SHA-256'): SignatureScheme => ({ family: 'RSA-PSS', hash: 'SHA-256', maskHash, saltLength });
  const made = (saltLength: number) => sign('sha256', message, { key: privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength });

  it.each([0, 1, 20, 32, 222])('by PSS with a salt of %i octets is right with that length alone', (length) => {
    expect(verifyValue(pss(length), spkiOf(publicKey), message, made(length))).toBe('valid');
    for (const other of [0, 1, 20, 32, 222, 223, 0x7fffffff].filter((salt) => salt !== length))
      expect(verifyValue(pss(other), spkiOf(publicKey), message, made(length)), String(other)).toBe('invalid');
  });

  it('by PSS with a mask of another hash is not computed', () => {
    expect(verifyValue(pss(32, 'SHA-1'), spkiOf(publicKey), message, made(32))).toBe('unsupported');
  });

  it('by PKCS #1 v1.5 is not taken from a key for PSS alone', () => {
    const bare = publicKey.export({ type: 'pkcs1', format: 'der' });
    const key = readPublicKey(readWhole(der.sequence(der.sequence(der.oid('1.2.840.113549.1.1.10')), der.bitString(bare))));
    expect(verifyValue({ family: 'RSA', hash: 'SHA-256' }, key, message, sign('sha256', message, privateKey))).toBe('invalid');
    expect(verifyValue(pss(32), key, message, made(32))).toBe('valid');
  });

  const rsaKey = (modulus: Uint8Array, exponent: number) =>
    readPublicKey(
      readWhole(
        der.sequence(
          der.sequence(der.oid('1.2.840.113549.1.1.1'), der.nullValue()),
          der.bitString(der.sequence(der.integer(modulus), der.integer(exponent))),
        ),
      ),
    );
  const digestInfo = Buffer.concat([
    Buffer.from('3031300d060960864801650304020105000420', 'hex'),
    createHash('sha256').update(message).digest(),
  ]);
  const modulus = Buffer.alloc(256, 0xc5);

  it('of a key with the exponent 1, which signs anything, is not computed', () => {
    const padded = Buffer.concat([Buffer.from([0, 1]), Buffer.alloc(256 - 3 - digestInfo.length, 0xff), Buffer.of(0), digestInfo]);
    for (const exponent of [1, 2, 4])
      expect(verifyValue({ family: 'RSA', hash: 'SHA-256' }, rsaKey(modulus, exponent), message, padded)).toBe('unsupported');
  });

  it('that is a cube root of short padding with rubbish behind is wrong', () => {
    for (const ones of [1, 8, 28]) {
      const head = Buffer.concat([Buffer.from([0, 1]), Buffer.alloc(ones, 0xff), Buffer.of(0), digestInfo]);
      const wanted = BigInt(`0x${head.toString('hex')}`) << BigInt(8 * (256 - head.length));
      let [low, high] = [0n, 1n << 700n];
      while (low < high) {
        const middle = (low + high) / 2n;
        if (middle ** 3n < wanted) low = middle + 1n;
        else high = middle;
      }
      expect((low ** 3n).toString(16).padStart(512, '0').startsWith(head.toString('hex'))).toBe(true);
      const value = Buffer.from(low.toString(16).padStart(512, '0'), 'hex');
      expect(verifyValue({ family: 'RSA', hash: 'SHA-256' }, rsaKey(modulus, 3), message, value)).toBe('invalid');
    }
  });
});

describe('a value of ECDSA', () => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
  const good = sign('sha256', message, privateKey);
  const judge = (value: Uint8Array) => verifyValue({ family: 'ECDSA', hash: 'SHA-256' }, spkiOf(publicKey), message, value);

  it('is right as it was made', () => expect(judge(good)).toBe('valid'));

  it.each([...[0n, -1n, 1n, order, order + 1n, 1n << 256n, -order].flatMap((r) => [0n, 1n, -1n, order].map((s) => [r, s] as const))])(
    'with r = %i and s = %i is wrong',
    (r, s) => {
      expect(judge(der.sequence(der.integer(r), der.integer(s)))).toBe('invalid');
    },
  );

  it('that is not the DER of two numbers is wrong', () => {
    const numbers = good.subarray(2);
    const first = numbers.subarray(0, 2 + numbers[1]!);
    const padded = Buffer.concat([Buffer.from([0x02, first.length - 1, 0x00]), first.subarray(2)]);
    for (const value of [
      Buffer.concat([good, Buffer.of(0)]),
      Buffer.concat([Buffer.from([0x30, 0x81, good[1]!]), numbers]),
      Buffer.concat([Buffer.from([0x30, 0x80]), numbers, Buffer.from([0, 0])]),
      Buffer.concat([Buffer.from([0x30, good[1]! + 1]), padded, numbers.subarray(first.length)]),
      Buffer.concat([Buffer.from([0x30, good[1]! + 2]), numbers, Buffer.from([5, 0])]),
      Buffer.alloc(0),
      Buffer.alloc(64, 1),
    ])
      expect(judge(value), value.toString('hex')).toBe('invalid');
  });
});
