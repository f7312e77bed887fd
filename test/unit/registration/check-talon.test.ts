import { sign as signBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { runTalonCheck } from '../../../main/cli/talon-check.ts';
import { drawTalon, readTalonLayout, signPdf, type TalonContent } from '../../../main/pdf/index.ts';
import { checkTalon, talonKeyId } from '../../../main/registration/check-talon.ts';
import { listSignatures } from '../../../main/pdf/pdf-signatures.ts';
import { readPdf } from '../../../main/pdf/read-pdf.ts';
import { talonQrPayload, talonQrText } from '../../../shared/domain/talon.ts';
import { sampleTalon } from '../pdf/sample-papers.ts';
import { throwawayPki, type TestSigner } from '../pdf/throwaway-pki.ts';

const pki = throwawayPki();
const resources = fileURLToPath(new URL('../../../resources', import.meta.url));
const form = { fontsDir: join(resources, 'fonts'), layout: readTalonLayout(resources, null).layout };
const court = pki.signer('Court information system, «Кеңсе»', 'ec');
const otherCourt = pki.signer('Another court', 'ec');
const judge = pki.signer('A judge', 'rsa');
/** Certificates made by this test begin now. */
const REGISTERED_AT = new Date(Date.now() + 60_000).toISOString();
const TRUST = { certificates: [new Uint8Array([1, 2, 3]), judge.certificate, court.certificate] };

function content(signer: TestSigner, change: Partial<TalonContent> = {}): TalonContent {
  const facts = sampleTalon({ registeredAt: REGISTERED_AT, ...change });
  const keyId = talonKeyId(signer.certificate);
  const value = signBytes('sha256', Buffer.from(talonQrPayload(facts, keyId)), { key: signer.keyPem, dsaEncoding: 'ieee-p1363' });
  return { ...facts, qrText: talonQrText(facts, keyId, value.toString('base64url')) };
}

async function seal(pdf: Uint8Array, signer: TestSigner): Promise<Uint8Array> {
  const sealed = await signPdf({ pdf, signer, signedAt: REGISTERED_AT, name: 'Сот', reason: null, location: null });
  if (!sealed.ok) throw new Error(sealed.error.code);
  return sealed.value;
}

const talonOf = async (signer: TestSigner, sealer = signer): Promise<Uint8Array> => seal(await drawTalon(content(signer), form), sealer);

async function faultOf(input: { pdf: Uint8Array } | { text: string }): Promise<string | null> {
  const checked = await checkTalon(input, TRUST);
  return checked.ok ? checked.value.reason : String(checked.error.params?.['reason'] ?? checked.error.code);
}

describe('checking a talon', () => {
  it('accepts the QR text alone and gives the facts it carries', async () => {
    const { qrText } = content(court);
    expect(await checkTalon({ text: `${qrText}\n` }, TRUST)).toMatchObject({
      ok: true,
      value: {
        valid: true,
        reason: null,
        incomingNumber: '9900-26-000017',
        caseNumber: '9900-26-00-2/17',
        joinsCase: null,
        court: '9900',
        registeredAt: REGISTERED_AT,
        cabinetNumber: '260000000017',
        kind: 'claim',
        verdict: 'valid',
        documents: 4,
        signedBy: 'Court information system, «Кеңсе»',
        keyId: talonKeyId(court.certificate),
      },
    });
  });

  it('accepts the sealed PDF', async () => {
    expect(await checkTalon({ pdf: await talonOf(court) }, TRUST)).toMatchObject({
      ok: true,
      value: { valid: true, reason: null, incomingNumber: '9900-26-000017' },
    });
  });

  it('finds one changed letter of the QR text', async () => {
    const { qrText } = content(court);
    expect(await faultOf({ text: qrText.replace('9900-26-000017', '9900-26-000018') })).toBe('qr-signature-wrong');
    expect(await faultOf({ text: qrText.replace(':V:', ':I:') })).toBe('qr-signature-wrong');
  });

  it('finds one changed byte of whatever is signed, and of the signature itself', async () => {
    const pdf = await talonOf(court);
    const [seal] = listSignatures(readPdf(pdf));
    const [, holeStart, holeEnd] = seal!.byteRange as [number, number, number];
    const cmsEnd = holeStart + Buffer.from(pdf.subarray(holeStart, holeEnd)).toString('latin1').replace(/0*>$/, '').length;
    const signed = Array.from({ length: pdf.length }, (_, at) => at).filter((at) => at < holeStart || at >= holeEnd);
    const places = [
      ...signed.filter((_, i) => i % 700 === 9),
      pdf.length - 2,
      holeStart,
      holeEnd - 1,
      holeEnd - 2,
      cmsEnd - 4,
      cmsEnd - 40,
      cmsEnd - 100,
    ];
    for (const at of places) {
      const changed = Uint8Array.from(pdf);
      changed[at]! ^= 0x01;
      const checked = await checkTalon({ pdf: changed }, TRUST);
      expect(checked.ok && checked.value.valid, `byte ${at}`).toBe(false);
    }
  });

  it('calls a file damaged whose cross-reference points past its end', async () => {
    const pdf = Buffer.from(await talonOf(court));
    const entry = /\n(\d{10}) 00000 n/g;
    const text = pdf.toString('latin1');
    let moved = 0;
    for (let found = entry.exec(text); found; found = entry.exec(text)) {
      const changed = Buffer.from(pdf);
      changed.write('9999999999', found.index + 1, 'latin1');
      const fault = await faultOf({ pdf: changed });
      expect(fault, `entry at ${found.index}`).not.toBeNull();
      moved++;
    }
    expect(moved).toBeGreaterThan(10);
  });

  it('refuses whatever is appended, cut off or sealed a second time', async () => {
    const pdf = await talonOf(court);
    expect(await faultOf({ pdf: Buffer.concat([pdf, Buffer.from('\n%more')]) })).toBe('seal-partial');
    expect(await faultOf({ pdf: pdf.subarray(0, pdf.length - 7) })).not.toBeNull();
    expect(await faultOf({ pdf: await seal(pdf, judge) })).toBe('seal-not-alone');
  });

  it('refuses a talon without a seal, with a seal of another, or of a court that is not trusted', async () => {
    expect(await faultOf({ pdf: await drawTalon(content(court), form) })).toBe('seal-missing');
    expect(await faultOf({ pdf: await talonOf(court, judge) })).toBe('sealed-by-another');
    expect(await faultOf({ pdf: await talonOf(court, otherCourt) })).toBe('sealed-by-another');
    expect(await faultOf({ pdf: await talonOf(otherCourt) })).toBe('signer-unknown');
    expect(await faultOf({ text: content(otherCourt).qrText })).toBe('signer-unknown');
  });

  it('refuses a key that claims the name of the court', async () => {
    const forged = content(otherCourt).qrText.replace(talonKeyId(otherCourt.certificate), talonKeyId(court.certificate));
    expect(await faultOf({ text: forged })).toBe('qr-signature-wrong');
  });

  it('refuses a talon from before or after the certificate', async () => {
    expect(await faultOf({ text: content(court, { registeredAt: '2020-01-01T00:00:00Z' }).qrText })).toBe('certificate-not-in-force');
    expect(await faultOf({ text: content(court, { registeredAt: '2090-01-01T00:00:00Z' }).qrText })).toBe('certificate-not-in-force');
  });

  it('says that other things are no talons', async () => {
    expect(await faultOf({ text: 'https://office.sud.kz' })).toBe('not-a-talon');
    expect(await faultOf({ pdf: Buffer.from('%PDF-1.7\n%%EOF\n') })).toBe('not-a-talon');
    expect(await faultOf({ pdf: Buffer.from('PK\u0003\u0004') })).toBe('document-unreadable');
    expect(await faultOf({ pdf: new Uint8Array(0) })).toBe('document-unreadable');
  });
});

describe('kense talon check', () => {
  const dir = (name: string): string => {
    const path = join(pki.dir, name);
    mkdirSync(path, { recursive: true });
    return path;
  };

  async function run(argv: string[], trustDirs: string[] = []): Promise<{ code: number; out: string; err: string }> {
    let out = '';
    let err = '';
    const io = { stdout: (text: string) => void (out += text), stderr: (text: string) => void (err += text), cwd: pki.dir, trustDirs };
    return { code: await runTalonCheck(argv, io), out, err };
  }

  it('answers in JSON for a file and for a text, with certificates as PEM, several in a file, or DER', async () => {
    writeFileSync(join(dir('pem'), 'courts.pem'), otherCourt.certificatePem + court.certificatePem);
    writeFileSync(join(dir('der'), 'court.cer'), court.certificate);
    writeFileSync(join(pki.dir, 'talon.pdf'), await talonOf(court));
    const file = await run(['talon.pdf', '--trust', 'pem', '--json']);
    expect(file.code).toBe(0);
    expect(JSON.parse(file.out)).toMatchObject({
      valid: true,
      incomingNumber: '9900-26-000017',
      court: '9900',
      registeredAt: REGISTERED_AT,
    });
    expect((await run([content(court).qrText, '--trust', 'der', '--json'])).code).toBe(0);
    expect((await run(['talon.pdf'], [dir('der')])).out).toMatch(/^valid: 9900-26-000017, 9900-26-00-2\/17/);
  });

  it('exits with 1 for what is not valid, and says why', async () => {
    const unknown = await run([content(court).qrText, '--json'], [dir('empty')]);
    expect([unknown.code, JSON.parse(unknown.out).valid, JSON.parse(unknown.out).reason]).toEqual([1, false, 'signer-unknown']);
    const nothing = await run(['hello', '--json']);
    expect([nothing.code, JSON.parse(nothing.out)]).toEqual([1, { valid: false, reason: 'not-a-talon' }]);
  });

  it('exits with 65 for what cannot be read and with 64 for what cannot be understood', async () => {
    writeFileSync(join(pki.dir, 'letter.pdf'), 'no pdf');
    expect((await run(['missing.pdf', '--json'])).code).toBe(65);
    expect((await run(['letter.pdf', '--json'])).code).toBe(65);
    expect((await run([content(court).qrText, '--trust', 'no-such-folder', '--json'])).code).toBe(65);
    for (const argv of [[], ['a', 'b'], ['a', '--other']]) expect(await run(argv)).toMatchObject({ code: 64, out: '' });
  });
});
