import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { admitEncoding, attempt, childrenOf, isConstructed, readWhole, type Tlv } from '../../../main/asn1/index.ts';
import { readCertificate } from '../../../main/signature/index.ts';
import { readSignedData } from '../../../main/signature/formats/read-signed-data.ts';
import { readCrl } from '../../../main/signature/revocation/read-crl.ts';
import { issue, keyOf, PERSON, signCms, standardHierarchy } from '../../support/openssl-pki.ts';
import { PAGE, signPdfByOpenssl, writePdf } from '../../support/raw-pdf.ts';
import { verify } from '../../support/verify-signature.ts';

const content = Buffer.from('Талап');
const { authority, person, crls } = standardHierarchy();
const small = issue({ subject: PERSON, key: keyOf('person', 'P-256'), issuer: authority });
const attached = signCms({ content, signers: [small], attached: true });
const streamed = signCms({ content, signers: [small], attached: true, args: ['-stream'] });
const detached = signCms({ content, signers: [person] });
const pdf = signPdfByOpenssl(writePdf(PAGE), { signer: small, field: 7 });
const samples = [
  ['attached', attached, null],
  ['attached in BER', streamed, null],
  ['detached', detached, content],
] as const;

describe.each(samples)('a small signature, %s', (_, sample, beside) => {
  it('is valid as it stands', async () => expect((await verify(sample, { content: beside })).overall).toBe('valid'));

  it('cut off anywhere is never valid', async () => {
    for (let length = 0; length < sample.length; length++)
      expect((await verify(sample.subarray(0, length), { content: beside })).overall, `${length} octets`).not.toBe('valid');
  });

  it('with any one bit turned is never valid', async () => {
    const bits = fc.sample(fc.integer({ min: 0, max: 7 }), sample.length);
    for (const [at, bit] of bits.entries()) {
      const changed = Buffer.from(sample);
      changed[at]! ^= 1 << bit;
      expect((await verify(changed, { content: beside })).overall, `octet ${at}, bit ${bit}`).not.toBe('valid');
    }
  });
});

/** Bytes of a sample with some pieces cut out, doubled, or written over. */
const mutated = (sample: Uint8Array) =>
  fc
    .array(fc.record({ at: fc.nat(sample.length - 1), length: fc.integer({ min: 1, max: 64 }), by: fc.uint8Array({ maxLength: 48 }) }), {
      minLength: 1,
      maxLength: 4,
    })
    .map((edits) =>
      edits.reduce(
        (bytes, { at, length, by }) => Buffer.concat([bytes.subarray(0, at), by, bytes.subarray(at + length)]),
        Buffer.from(sample),
      ),
    )
    .filter((bytes) => !bytes.equals(sample));

describe('mutilated input', () => {
  it('CMS ends in a report, and is never valid unless nothing that was signed changed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(attached, streamed).chain(mutated), async (bytes) => {
        const report = await verify(bytes);
        // What follows the message is not part of it, and says so by a flag.
        expect(report.overall !== 'valid' || report.flags.includes('TRAILING_DATA')).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it('PDF ends in a report, and is never valid unless only the letter case of its hexadecimal changed', async () => {
    await fc.assert(
      fc.asyncProperty(mutated(pdf), async (bytes) => {
        const { overall } = await verify(bytes, { file: 'x.pdf' });
        expect(
          overall !== 'valid' || bytes.toString('latin1').toLowerCase().trimEnd() === pdf.toString('latin1').toLowerCase().trimEnd(),
        ).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('arbitrary bytes are read by no reader and stop none', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), fc.boolean(), async (bytes, pretend) => {
        const input = pretend ? Buffer.concat([attached.subarray(0, 30), bytes]) : bytes;
        expect((await verify(input)).overall).not.toBe('valid');
        expect([readCertificate(bytes), readCrl(bytes), readSignedData(bytes)]).toEqual([null, null, null]);
      }),
      { numRuns: 500 },
    );
  });

  it('certificates and lists are read as null or with the bytes that came', () => {
    fc.assert(
      fc.property(fc.constantFrom(person.der, crls[1]!).chain(mutated), (bytes) => {
        const certificate = readCertificate(bytes);
        expect(certificate === null || certificate.der.length > 0).toBe(true);
        const crl = readCrl(bytes);
        expect(crl === null || crl.entries.count >= 0).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('admitted encodings', () => {
  /** Random BER: primitive or constructed, definite or indefinite, strings in pieces. */
  const ber = fc.letrec<{ node: Buffer }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 5 },
      fc
        .tuple(fc.constantFrom(0x02, 0x04, 0x05, 0x0c, 0x80), fc.uint8Array({ maxLength: 6 }))
        .map(([tag, body]) => Buffer.from([tag, body.length, ...body])),
      fc
        .tuple(fc.constantFrom(0x30, 0x31, 0xa0), fc.array(tie('node'), { maxLength: 4 }), fc.boolean())
        .map(([tag, parts, indefinite]) =>
          indefinite
            ? Buffer.concat([Buffer.from([tag, 0x80]), ...parts, Buffer.from([0, 0])])
            : Buffer.concat([Buffer.from([tag, 0x82, ...lengthOf(parts)]), ...parts]),
        ),
    ),
  })).node;
  const lengthOf = (parts: readonly Buffer[]): number[] => {
    const length = parts.reduce((sum, part) => sum + part.length, 0);
    return [length >> 8, length & 0xff];
  };
  const shapeOf = (tlv: Tlv): unknown =>
    isConstructed(tlv)
      ? [tlv.tag, childrenOf(tlv).map(shapeOf)]
      : [tlv.tag, Buffer.from(tlv.bytes.subarray(tlv.body, tlv.end)).toString('hex')];

  it('keep what they say and need no further rewriting', () => {
    fc.assert(
      fc.property(ber, (bytes) => {
        const admitted = admitEncoding(bytes);
        expect(admitted).not.toBeNull();
        const again = admitEncoding(admitted!.der);
        expect(Buffer.from(again!.der).equals(Buffer.from(admitted!.der))).toBe(true);
        expect(attempt(() => shapeOf(readWhole(admitted!.der)))).not.toBeNull();
      }),
      { numRuns: 500 },
    );
  });
});
