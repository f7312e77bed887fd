import fs from 'node:fs';
import path from 'node:path';
import { verify, X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTokenHost } from '../../../main/token/index.ts';
import { daysFromNow, issue, PERSON, SIGNING_EXTENSIONS } from '../../support/openssl-pki.ts';
import { DISPLAY, promptWith } from '../../support/token/pin-prompt.ts';
import { SOFTHSM } from '../../support/token/key-token.ts';
import { SOFT_PIN, softTokens } from '../../support/token/soft-token.ts';

const tbs = Buffer.from('Талап қоюды қабылдау туралы ұйғарым');
const { prompt, asked } = promptWith(SOFT_PIN);
const host = createTokenHost(prompt, { places: { keyFolders: [], modules: [SOFTHSM] } });
let valid: X509Certificate;
let expired: X509Certificate;

beforeAll(() => {
  const tokens = softTokens();
  valid = tokens.token('renewed', [{ kind: 'rsa:2048', id: '01' }]).get('01')!;
  const key = path.join(tokens.dir, 'renewed-01.pem');
  const old = issue({ subject: PERSON, key, extensions: SIGNING_EXTENSIONS, from: daysFromNow(-400), to: daysFromNow(-35) });
  const pem = fs.readFileSync(old.pem);
  expired = new X509Certificate(pem);
  tokens.putCertificate('renewed', '01', pem);
}, 60_000);
afterAll(() => host.end());

it('a renewed certificate beside the expired one of the same key: each is named by itself, the valid one signs, the other asks for no PIN', async () => {
  const listed = await host.list();
  const of = ({ raw }: X509Certificate) =>
    listed.ok ? listed.value.find(({ certificate }) => certificate && raw.equals(certificate))!.ref : undefined;
  expect(of(valid)).toMatchObject({ kind: 'pkcs11', id: '01' });
  expect(of(expired)).toMatchObject({ kind: 'pkcs11', id: '01' });
  expect(of(expired)).not.toEqual(of(valid));

  expect(await host.open(of(expired)!, DISPLAY)).toMatchObject({
    ok: false,
    error: { code: 'certificate-unfit', params: { reason: 'expired' } },
  });
  expect(asked).toEqual([]);
  const opened = await host.open(of(valid)!, DISPLAY);
  if (!opened.ok) throw new Error(opened.error.code);
  expect(valid.raw.equals(opened.value.certificate)).toBe(true);
  const signed = await opened.value.sign(tbs);
  expect(signed.ok && verify('sha256', tbs, valid.publicKey, signed.value)).toBe(true);
  await opened.value.close();
});
