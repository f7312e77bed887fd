import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sameBytes } from '../../../main/asn1/index.ts';
import { readCertificate, readOcspResponse, readTimestampToken, type TrustMaterial } from '../../../main/signature/index.ts';
import { readCrl } from '../../../main/signature/revocation/read-crl.ts';
import { attribute, OIDS } from '../../support/forge-signed-data.ts';
import * as samples from '../../support/level-samples.ts';
import { derEdits, editDer } from '../../support/mutate-der.ts';
import { editPdf, pdfEdits } from '../../support/mutate-pdf.ts';
import { overclaim, signsTheSame } from '../../support/mutation-oracle.ts';
import { addUnsigned } from '../../support/openssl-tsa.ts';
import { verify, type Verification } from '../../support/verify-signature.ts';

/** The same cases in every run unless told otherwise; a failure prints its seed and path. */
const SEED = Number(process.env.KENSE_FUZZ_SEED ?? 20_261_122);
const RUNS = Number(process.env.KENSE_FUZZ_RUNS ?? 500);
const fuzz = (numRuns: number): fc.Parameters<unknown> => ({ numRuns: Math.ceil((numRuns * RUNS) / 500), seed: SEED });

const { content, anchorOnly, withLists, withAuthority } = samples;
type Case = readonly [name: string, sample: Uint8Array, options: Verification];

describe.each<Case>([
  ['detached', samples.detached, { content, trust: withLists }],
  ['attached', samples.attached, { trust: withLists }],
  ['with a timestamp', samples.cadesT, { content, trust: withLists }],
  ['with a timestamp, its revocation unknown', samples.cadesT, { content, trust: withAuthority }],
  ['with evidence inside', samples.cadesLt, { content, trust: anchorOnly }],
  ['with evidence inside that revokes it', samples.cadesRevoked, { content, trust: anchorOnly }],
])('a message %s, rewritten by one who knows the format', (_, sample, options) => {
  it('ends in a report that claims nothing new, and is valid only over what was signed', async () => {
    const [original] = (await verify(sample, options)).signatures;
    await fc.assert(
      fc.asyncProperty(derEdits, async (edits) => {
        const bytes = editDer(sample, edits);
        const report = await verify(bytes, options);
        expect(overclaim(original!, report)).toBeNull();
        if (report.overall === 'valid') expect(signsTheSame(sample, bytes)).toBe(true);
      }),
      fuzz(500),
    );
  });
});

describe.each<Case>([
  ['with a timestamp', samples.padesT, { trust: withLists }],
  ['with validation data', samples.padesLt, { trust: anchorOnly }],
  ['with a document timestamp over its validation data', samples.padesLta, { trust: anchorOnly }],
])('a PDF %s, rewritten by one who knows the format', (_, sample, options) => {
  it('ends in a report that claims nothing new, and is valid only over what was signed', async () => {
    const [original] = (await verify(sample, { ...options, file: 'x.pdf' })).signatures;
    const hole = samples.padesT.indexOf('/Contents <') + '/Contents '.length;
    const [before, after] = [
      samples.padesT.subarray(0, hole),
      samples.padesT.subarray(samples.padesT.indexOf('>', hole)).toString('latin1').trimEnd(),
    ];
    await fc.assert(
      fc.asyncProperty(pdfEdits, async (edits) => {
        const bytes = editPdf(sample, edits);
        const report = await verify(bytes, { ...options, file: 'x.pdf' });
        expect(overclaim(original!, report)).toBeNull();
        if (report.overall !== 'valid') return;
        expect(bytes.subarray(0, hole).equals(before)).toBe(true);
        expect(bytes.toString('latin1', bytes.indexOf('>', hole)).startsWith(after)).toBe(true);
      }),
      fuzz(300),
    );
  });
});

/** A piece of evidence on which the verdict on the detached sample rests, and what was signed in it. */
type Piece = {
  readonly piece: Uint8Array;
  readonly trust: (piece: Uint8Array) => TrustMaterial;
  readonly signedIn: (piece: Uint8Array) => Uint8Array | undefined;
};
const pieces: [string, Piece][] = [
  [
    'a list',
    {
      piece: samples.list,
      trust: (list) => ({ ...withAuthority, crls: [samples.rootList, list] }),
      signedIn: (list) => readCrl(list)?.signed.tbs,
    },
  ],
  [
    'a list that revokes',
    {
      piece: samples.revokingList,
      trust: (list) => ({ ...withAuthority, crls: [samples.rootList, list] }),
      signedIn: (list) => readCrl(list)?.signed.tbs,
    },
  ],
  [
    'an answer',
    {
      piece: samples.answer,
      trust: (answer) => ({ ...withAuthority, ocsp: [answer] }),
      signedIn: (answer) => readOcspResponse(answer)?.signed.tbs,
    },
  ],
  [
    'an answer that revokes',
    {
      piece: samples.revokingAnswer,
      trust: (answer) => ({ ...withAuthority, ocsp: [answer] }),
      signedIn: (answer) => readOcspResponse(answer)?.signed.tbs,
    },
  ],
  [
    'the certificate of the issuer',
    {
      piece: samples.authorityDer,
      trust: (authority) => ({ ...withLists, certs: [authority] }),
      signedIn: (authority) => readCertificate(authority)?.signed.tbs,
    },
  ],
];

it.each(pieces)('%s, rewritten, settles nothing unless what was signed of it stands', async (_, { piece, trust, signedIn }) => {
  const ask = (material: TrustMaterial) => verify(samples.detached, { content, trust: material });
  const original = (await ask(trust(piece))).signatures[0]!;
  await fc.assert(
    fc.asyncProperty(derEdits, async (edits) => {
      const changed = editDer(piece, edits);
      const report = await ask(trust(changed));
      expect(overclaim(original, report)).toBeNull();
      if (report.overall === 'valid') expect(sameBytes(signedIn(changed)!, signedIn(piece)!)).toBe(true);
    }),
    fuzz(500),
  );
});

it('a timestamp token, rewritten, proves nothing unless what was signed of it stands', async () => {
  let token: Uint8Array = new Uint8Array();
  addUnsigned(samples.detached, (value) => [(token = samples.stampOver(value))]);
  const withToken = (bytes: Uint8Array) => addUnsigned(samples.detached, () => [attribute(OIDS.timestamp, bytes)]);
  const ask = (bytes: Uint8Array) => verify(withToken(bytes), { content, trust: withLists });
  const original = (await ask(token)).signatures[0]!;
  expect(original.timeSource).toBe('timestamp');
  const infoOf = (bytes: Uint8Array) => readTimestampToken(bytes)?.message.content;
  await fc.assert(
    fc.asyncProperty(derEdits, async (edits) => {
      const changed = editDer(token, edits);
      const report = await ask(changed);
      expect(overclaim(original, report)).toBeNull();
      if (report.signatures[0]?.timeSource === 'timestamp') expect(sameBytes(infoOf(changed)!, infoOf(token)!)).toBe(true);
    }),
    fuzz(500),
  );
});
