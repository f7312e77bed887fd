import { execFileSync, spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { AT, daysFromNow, issueCrl, issue, keyOf, standardHierarchy, writeTemporary } from '../../support/openssl-pki.ts';
import { answerOcsp } from '../../support/openssl-ocsp.ts';
import { addUnsigned, stamp, standardTsa } from '../../support/openssl-tsa.ts';
import { forgeToken } from '../../support/forge-token.ts';
import { attribute, OIDS } from '../../support/forge-signed-data.ts';
import { appendRevision, PAGE, signPdfByOpenssl, stream, writePdf } from '../../support/raw-pdf.ts';
import { conclusionOf, reasonOf, verify } from '../../support/verify-signature.ts';

const { root, authority, person } = standardHierarchy();
const far = { from: daysFromNow(-1), to: daysFromNow(1000) };
const rootCrl = issueCrl(root, far);
const anchorOnly = { anchors: [root.der], certs: [], crls: [rootCrl], ocsp: [] };
const plain = writePdf(PAGE);
const hasPoppler = spawnSync('pdfsig', ['-v']).status === 0;

const signedT = signPdfByOpenssl(plain, {
  signer: person,
  field: 7,
  message: (cms) => Buffer.from(addUnsigned(cms, (value) => [attribute(OIDS.timestamp, stamp(value))])),
});
const bytesOf = (item: Uint8Array): string => stream(Buffer.from(item).toString('latin1'));
const withStore = (pdf: Buffer): Buffer =>
  appendRevision(pdf, {
    1: '<< /Type /Catalog /Pages 2 0 R /AcroForm 6 0 R /DSS 20 0 R >>',
    20: '<< /Certs [21 0 R 22 0 R] /CRLs [23 0 R] /OCSPs [24 0 R] >>',
    21: bytesOf(authority.der),
    22: bytesOf(standardTsa().der),
    23: bytesOf(issueCrl(authority, { from: daysFromNow(-1), to: daysFromNow(3) })),
    24: bytesOf(answerOcsp({ issuer: authority, certificate: person, minutes: 60 })),
  });
const CATALOG = { 1: '<< /Type /Catalog /Pages 2 0 R /AcroForm 6 0 R /DSS 20 0 R >>' };
const sealed = (pdf: Buffer, field: number, authority = standardTsa()): Buffer =>
  signPdfByOpenssl(pdf, {
    signer: person,
    field,
    subFilter: 'ETSI.RFC3161',
    objects: pdf.includes('/DSS') ? CATALOG : {},
    seal: (covered) => stamp(covered, { authority }),
  });
const signedLt = withStore(signedT);
const signedLta = sealed(signedLt, 30);
const only = async (pdf: Buffer, options: Parameters<typeof verify>[1] = {}) => {
  const { signatures } = await verify(pdf, { file: 'claim.pdf', ...options });
  expect(signatures).toHaveLength(1);
  return signatures[0]!;
};

describe('a PDF signature', () => {
  it('with a timestamp in its message reaches level T', async () => {
    expect(await only(signedT)).toMatchObject({ verdict: 'valid', level: 'T', timeSource: 'timestamp', covers: 'whole', warnings: [] });
  });

  it('with validation data reaches LT, and needs nothing beside but the anchor', async () => {
    expect(await only(signedLt, { trust: anchorOnly })).toMatchObject({ verdict: 'valid', level: 'LT', timeSource: 'timestamp' });
    expect((await only(signedT, { trust: anchorOnly })).verdict).toBe('undecided');
  });

  it('with a document timestamp over those reaches LTA', async () => {
    const report = await only(signedLta, { trust: anchorOnly });
    expect(report).toMatchObject({ verdict: 'valid', level: 'LTA', timeSource: 'timestamp', warnings: [] });
    expect(report.timestamps.map(({ kind, verdict }) => [kind, verdict])).toEqual([
      ['signature', 'valid'],
      ['document', 'valid'],
    ]);
    expect(Math.abs(Date.parse(report.bestTime) - Date.parse(AT))).toBeLessThan(600_000);
  });

  it('with nothing but a document timestamp has a proven time too', async () => {
    const bare = signPdfByOpenssl(plain, { signer: person, field: 7 });
    expect(await only(sealed(bare, 30))).toMatchObject({ verdict: 'valid', level: 'T', timeSource: 'timestamp', warnings: [] });
  });

  it('outlives its certificate when it is timestamped and its validation data is inside', async () => {
    const at = daysFromNow(300);
    // The list of that day speaks about the authority of the timestamp; the signer's certificate is gone from it.
    const trust = { ...anchorOnly, crls: [rootCrl, issueCrl(authority, { ...far, from: daysFromNow(299) })] };
    expect(conclusionOf(await only(signedLta, { trust, at }))).toBe('TOTAL-PASSED');
    expect(conclusionOf(await only(signedLta, { trust: anchorOnly, at }))).toBe('INDETERMINATE/OUT_OF_BOUNDS_NO_POE');
    const bare = withStore(signPdfByOpenssl(plain, { signer: person, field: 7 }));
    expect(conclusionOf(await only(bare, { trust, at }))).toBe('INDETERMINATE/OUT_OF_BOUNDS_NO_POE');
  });

  it.skipIf(!hasPoppler)('at every level is whole for poppler', () => {
    for (const pdf of [signedT, signedLt, signedLta])
      expect(execFileSync('pdfsig', ['-nocert', writeTemporary('level.pdf', pdf)]).toString()).toContain('Signature is Valid');
  });
});

describe('a document timestamp', () => {
  it('by a stranger proves nothing, and the signature stands without it', async () => {
    const stranger = issue({ subject: '/CN=STRANGER/C=KZ', key: keyOf('stranger'), extensions: ['basicConstraints=critical,CA:TRUE'] });
    const fake = issue({
      subject: '/CN=TSA STRANGE/C=KZ',
      key: keyOf('strange tsa'),
      issuer: stranger,
      extensions: ['keyUsage=critical,digitalSignature', 'extendedKeyUsage=critical,timeStamping'],
    });
    const report = await only(sealed(signPdfByOpenssl(plain, { signer: person, field: 7 }), 30, fake));
    expect(report).toMatchObject({ verdict: 'valid', timeSource: 'claimed', warnings: ['TIMESTAMP_NOT_TRUSTED'] });
    expect(report.timestamps.map(conclusionOf)).toEqual(['INDETERMINATE/NO_CERTIFICATE_CHAIN_FOUND']);
  });

  it('over other bytes proves nothing', async () => {
    const bare = signPdfByOpenssl(plain, { signer: person, field: 7 });
    const wrong = signPdfByOpenssl(bare, { signer: person, field: 30, subFilter: 'ETSI.RFC3161', seal: () => stamp(Buffer.from('басқа')) });
    const report = await only(wrong);
    expect(report).toMatchObject({ verdict: 'valid', level: 'B', timeSource: 'claimed', warnings: ['TIMESTAMP_NOT_TRUSTED'] });
    expect(report.timestamps.map(conclusionOf)).toEqual(['TOTAL-FAILED/HASH_FAILURE']);
  });

  it('earlier than the timestamp it covers leaves the signature undecided, a little earlier does not', async () => {
    const stampedAt = (time: string): Buffer =>
      signPdfByOpenssl(signedT, {
        signer: person,
        field: 30,
        subFilter: 'ETSI.RFC3161',
        seal: (covered) => forgeToken(standardTsa(), covered, { time }),
      });
    const disordered = await only(stampedAt(daysFromNow(-0.25)));
    expect([conclusionOf(disordered), reasonOf(disordered, 'time.order')]).toEqual([
      'INDETERMINATE/TIMESTAMP_ORDER_FAILURE',
      'timestamps-disordered',
    ]);
    expect(conclusionOf(await only(stampedAt(daysFromNow(-60 / 86_400))))).toBe('TOTAL-PASSED');
  });

  it('does not speak for a signature made after it', async () => {
    const stamped = sealed(writePdf(PAGE), 30);
    const late = signPdfByOpenssl(stamped, { signer: person, field: 40 });
    expect(await only(late)).toMatchObject({ verdict: 'valid', timeSource: 'claimed', timestamps: [] });
  });
});

describe('validation data inside a PDF', () => {
  it('that is forged decides nothing', async () => {
    const stranger = issue({ subject: '/CN=STRANGER/C=KZ', key: keyOf('stranger'), extensions: ['basicConstraints=critical,CA:TRUE'] });
    const forged = appendRevision(signedT, {
      ...CATALOG,
      20: '<< /Certs [21 0 R] /CRLs [] /OCSPs [24 0 R] >>',
      21: bytesOf(authority.der),
      24: bytesOf(answerOcsp({ issuer: authority, certificate: person, responder: stranger })),
    });
    const report = await only(forged, { trust: anchorOnly });
    expect([conclusionOf(report), reasonOf(report, 'revocation.known')]).toEqual([
      'INDETERMINATE/TRY_LATER',
      'ocsp-responder-not-authorised',
    ]);
    const crls = [rootCrl, issueCrl(authority, { revoked: [{ certificate: person }], ...far })];
    expect(conclusionOf(await only(forged, { trust: { ...anchorOnly, crls } }))).toBe('INDETERMINATE/REVOKED_NO_POE');
  });
});
