import { existsSync } from 'node:fs';
import path from 'node:path';
import { PDFDocument } from 'pdf-lib';
import { describe, expect, it } from 'vitest';
import { signPdf } from '../../../main/pdf/index.ts';
import { readTrustMaterial, type TrustMaterial } from '../../../main/signature/index.ts';
import { createTokenHost, signerOf, type TokenSession } from '../../../main/token/index.ts';
import { DISPLAY, promptWith } from '../../support/token/pin-prompt.ts';
import { verifyOnly } from '../../support/verify-signature.ts';

const FIXTURES = process.env.KENSE_FIXTURES ?? path.resolve(import.meta.dirname, '../../../../shared/fixtures');
const authority = (name: string) => path.join(FIXTURES, 'nca/ncanode-kz_NCANode-Go', name);
const present = existsSync(authority('individual_valid_individual_valid.p12'));
const AT = '2026-09-01T06:00:00.000Z';

async function trust(): Promise<TrustMaterial> {
  const material = await readTrustMaterial({
    // the root's list for the authority is not among the material, so the authority itself is trusted here
    anchors: [authority('nca_gost2022_test.cer')],
    certs: [],
    crls: [authority('nca_gost2022_test.crl')],
    ocsp: [],
  });
  if (!material.ok) throw new Error('fixtures unreadable');
  return material.value;
}

async function opened(name: string): Promise<TokenSession> {
  const session = await createTokenHost(promptWith('Qwerty12').prompt).open({ kind: 'pkcs12', file: authority(name) }, DISPLAY);
  if (!session.ok) throw new Error(session.error.code);
  return session.value;
}

async function signedBy(name: string, earlier?: Uint8Array): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  document.addPage([595, 842]).drawText('Act');
  const pdf = earlier ?? (await document.save({ useObjectStreams: false }));
  const signer = signerOf(await opened(name));
  const signed = await signPdf({ pdf, signer, signedAt: AT, name: null, reason: null, location: 'Астана қаласы' });
  if (!signed.ok) throw new Error(signed.error.code);
  return signed.value;
}

// No foreign program here knows the Kazakh identifiers: the value itself is judged by the engine of OpenSSL in gost-signing.test.ts.
describe.skipIf(!present)('a PDF signed with a GOST key of the national authority', () => {
  it('is valid for our validator under its authority, by that hash and algorithm', async () => {
    const report = await verifyOnly(await signedBy('individual_valid_individual_valid.p12'), {
      file: 'act.pdf',
      trust: await trust(),
      policy: 'ades-strict',
      at: AT,
    });
    expect(report).toMatchObject({ verdict: 'valid', covers: 'whole' });
    expect(JSON.stringify(report)).toContain('GOST3410-2015-512');
  });

  it('is invalid once a byte of the act is another', async () => {
    const signed = Uint8Array.from(await signedBy('individual_valid_individual_valid.p12'));
    const page = Buffer.from(signed).indexOf('/MediaBox');
    signed[page + 12] = signed[page + 12] === 0x30 ? 0x31 : 0x30;
    const report = await verifyOnly(signed, { file: 'act.pdf', trust: await trust(), at: AT });
    expect(report).toMatchObject({ verdict: 'invalid', subIndication: 'HASH_FAILURE' });
  });

  it('is not valid by a certificate that was on hold', async () => {
    const signed = await signedBy('individual_revoked_individual_revoked.p12');
    const report = await verifyOnly(signed, { file: 'act.pdf', trust: await trust(), at: AT });
    expect(report.verdict).not.toBe('valid');
  });
});
