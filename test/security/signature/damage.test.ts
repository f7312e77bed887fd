import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { encodingOf, readTlv, readWhole, childrenOf, type Tlv } from '../../../main/asn1/index.ts';
import * as samples from '../../support/level-samples.ts';
import { overclaim } from '../../support/mutation-oracle.ts';
import { verify, type Verification } from '../../support/verify-signature.ts';

/** Every one of so many octets is damaged; KENSE_DAMAGE=1 takes them all, in some minutes. */
const STEP = Number(process.env.KENSE_DAMAGE ?? 9);
const FIXTURES = process.env.KENSE_FIXTURES ?? path.resolve(import.meta.dirname, '../../../../shared/fixtures');
const GOST = path.join(FIXTURES, 'nca/mitwork_kalkan/gost2015_org_tsp2004.cms.der');

/** The unsigned attributes of the last signer: what follows a signature without being signed. */
function unsignedOf(message: Uint8Array): { from: number; to: number } {
  const data = childrenOf(childrenOf(readWhole(message))[1]!)[0]!;
  const signer = childrenOf(childrenOf(data).at(-1)!).at(-1)!;
  const last = childrenOf(signer).at(-1)!;
  return last.tag === 0xa1 ? { from: last.start, to: last.end } : { from: message.length, to: message.length };
}

const everyStep = (length: number, shift = 0): number[] =>
  Array.from({ length: Math.ceil((length - shift) / STEP) }, (_, i) => shift + i * STEP);

async function damaged(sample: Uint8Array, at: number, options: Verification) {
  const changed = Buffer.from(sample);
  changed[at]! ^= 1 << ((at * 5) % 8);
  return verify(changed, options);
}

const { content, anchorOnly, withLists, withAuthority } = samples;
const messages: [string, Uint8Array, Verification, string][] = [
  ['detached', samples.detached, { content, trust: withLists }, 'valid'],
  ['attached', samples.attached, { trust: withLists }, 'valid'],
  ['with a timestamp', samples.cadesT, { content, trust: withLists }, 'valid'],
  ['with a timestamp, nothing about its revocation', samples.cadesT, { content, trust: withAuthority }, 'undecided'],
  ['with evidence inside', samples.cadesLt, { content, trust: anchorOnly }, 'valid'],
  ['with evidence inside that revokes it', samples.cadesRevoked, { content, trust: anchorOnly }, 'undecided'],
];

describe.each(messages)('a message %s', (_, sample, options, verdict) => {
  it('with any octet damaged is valid only where nothing signed was touched, and claims nothing new', async () => {
    const original = await verify(sample, options);
    expect(original.overall).toBe(verdict);
    const unsigned = unsignedOf(sample);
    for (const at of everyStep(sample.length)) {
      const report = await damaged(sample, at, options);
      expect(overclaim(original.signatures[0]!, report), `octet ${at}`).toBeNull();
      if (at < unsigned.from) expect(report.overall, `octet ${at}`).not.toBe('valid');
    }
  });

  it('cut off anywhere is never valid', async () => {
    for (const length of everyStep(sample.length, 1)) expect((await verify(sample.subarray(0, length), options)).overall).not.toBe('valid');
  });
});

const documents: [string, Buffer, Verification][] = [
  ['with a timestamp', samples.padesT, { trust: withLists, file: 'x.pdf' }],
  ['with validation data and a document timestamp', samples.padesLta, { trust: anchorOnly, file: 'x.pdf' }],
];

describe.each(documents)('a PDF %s', (_, sample, options) => {
  /** The zeros that fill the places of the messages are taken more sparingly. */
  const places = (): number[] => {
    const text = sample.toString('latin1');
    const blank = [...text.matchAll(/0{500,}/g)].map(({ index, 0: zeros }) => [index, index + zeros.length] as const);
    return everyStep(sample.length).filter((at) => at % 40 < STEP || !blank.some(([from, to]) => at > from + 8 && at < to - 8));
  };
  const signedEnd = samples.padesT.length;
  const hole = [sample.indexOf('/Contents <') + 10, sample.indexOf('>', sample.indexOf('/Contents <'))] as const;

  it('with any octet damaged is valid only where nothing signed was touched, and claims nothing new', async () => {
    const original = await verify(sample, options);
    expect(original.overall).toBe('valid');
    for (const at of places()) {
      const report = await damaged(sample, at, options);
      expect(overclaim(original.signatures[0]!, report), `octet ${at}`).toBeNull();
      if (at < signedEnd && (at < hole[0] || at > hole[1])) expect(report.overall, `octet ${at}`).not.toBe('valid');
    }
  });

  it('cut off anywhere is valid only as a whole revision that was signed', async () => {
    const original = await verify(sample, options);
    for (const length of places()) {
      const report = await verify(sample.subarray(0, length), options);
      expect(overclaim(original.signatures[0]!, report), `${length} octets`).toBeNull();
      if (length < signedEnd - 2) expect(report.overall, `${length} octets`).not.toBe('valid');
    }
  });
});

describe.skipIf(!existsSync(GOST))('a message with a GOST signature of the National CA', () => {
  it('with any octet damaged never has a value that is right, unless it lies outside of what was signed', async () => {
    const sample = readFileSync(GOST);
    const valueOf = (report: Awaited<ReturnType<typeof verify>>): (string | undefined)[] =>
      report.signatures.map(({ checks }) => checks.find(({ id }) => id === 'cryptography.value')?.result);
    expect(valueOf(await verify(sample))).toEqual(['ok']);
    const signer = signerOf(sample);
    for (const at of everyStep(sample.length).filter((place) => place >= signer.from && place < signer.to)) {
      const report = await damaged(sample, at, {});
      const sound = report.signatures.every(({ checks }) =>
        ['cryptography.value', 'cryptography.digest'].every((id) => checks.some((check) => check.id === id && check.result === 'ok')),
      );
      expect(report.signatures.length > 0 && sound, `octet ${at}`).toBe(false);
    }
  });
});

/** The signed attributes and the value of the only signer. */
function signerOf(message: Uint8Array): { from: number; to: number } {
  const data = childrenOf(childrenOf(readWhole(message))[1]!)[0]!;
  const members: Tlv[] = childrenOf(childrenOf(childrenOf(data).at(-1)!)[0]!);
  const value = members.find(({ tag }) => tag === 0x04)!;
  expect(readTlv(encodingOf(value), 0, value.end - value.start).tag).toBe(0x04);
  return { from: members.find(({ tag }) => tag === 0xa0)?.start ?? value.start, to: value.end };
}
