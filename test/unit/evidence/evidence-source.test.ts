import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { addMaterial } from '../../../main/evidence/add-material.ts';
import { sourceFor, signerNaming, trustWithoutSigner, verifyAsking } from '../../support/asking.ts';
import { opensslResponder, respondWith, startEvidenceServer } from '../../support/evidence-server.ts';
import { AT, CA_EXTENSIONS, daysFromNow, issue, issueCrl, keyOf, standardHierarchy } from '../../support/openssl-pki.ts';
import { tempDir } from '../../support/temp-dir.ts';
import { conclusionOf, reasonOf } from '../../support/verify-signature.ts';

const { root, authority } = standardHierarchy();
const paths = (server: { asked: readonly { path: string }[] }) => server.asked.map(({ path: asked }) => asked);
const number = (value: number, more: object = {}) => ({ number: value, ...more });
const delta = (base: number, own: number, more: object = {}) =>
  issueCrl(authority, { number: own, extensions: [`2.5.29.27=critical,ASN1:INTEGER:${base}`, 'authorityKeyIdentifier=keyid'], ...more });

describe('what is asked, and in which order', () => {
  it('OCSP first, and no list when it answers', async () => {
    const server = await startEvidenceServer();
    const signer = signerNaming({ ocsp: server.url('/ocsp'), crl: server.url('/base.crl') });
    server.answer('/ocsp', respondWith(opensslResponder({ issuer: authority, known: [signer] })));
    server.answer('/base.crl', issueCrl(authority));
    const { signature } = await verifyAsking(sourceFor([server.port]), signer);
    expect([conclusionOf(signature), signature.revocation?.kind, paths(server)]).toEqual(['TOTAL-PASSED', 'ocsp', ['/ocsp']]);
  });

  it.each([
    ['does not answer', null],
    ['does not know the certificate', () => respondWith(opensslResponder({ issuer: authority, known: [] }))],
  ])('then the list with its delta, when the responder %s', async (_, answer) => {
    const server = await startEvidenceServer();
    const signer = signerNaming({ ocsp: server.url('/ocsp'), crl: server.url('/base.crl'), delta: server.url('/delta.crl') });
    if (answer) server.answer('/ocsp', answer());
    server.answer('/base.crl', issueCrl(authority, number(16)));
    server.answer('/delta.crl', delta(16, 17, { revoked: [{ certificate: signer, reason: 'keyCompromise' }] }));
    const { signature } = await verifyAsking(sourceFor([server.port]), signer);
    expect(paths(server)).toEqual(['/ocsp', '/base.crl', '/delta.crl']);
    expect([conclusionOf(signature), reasonOf(signature, 'revocation.not-revoked')]).toEqual([
      'INDETERMINATE/REVOKED_NO_POE',
      'key-compromise',
    ]);
  });

  it('a delta that cannot be had takes nothing from its base', async () => {
    const server = await startEvidenceServer();
    const signer = signerNaming({ crl: server.url('/base.crl'), delta: server.url('/delta.crl') });
    server.answer('/base.crl', issueCrl(authority));
    const { signature, attempts } = await verifyAsking(sourceFor([server.port]), signer);
    expect(conclusionOf(signature)).toBe('TOTAL-PASSED');
    expect(attempts.map(({ kind, outcome }) => [kind, outcome])).toEqual([
      ['crl', 'fetched'],
      ['delta', 'http-status'],
    ]);
  });

  it('nothing at all without a wish', async () => {
    const server = await startEvidenceServer();
    const signer = signerNaming({ crl: server.url('/base.crl') });
    const trust = { ...trustWithoutSigner(), crls: [...trustWithoutSigner().crls, issueCrl(authority)] };
    const { signature, attempts } = await verifyAsking(sourceFor([server.port]), signer, { trust });
    expect([conclusionOf(signature), attempts, server.asked]).toEqual(['TOTAL-PASSED', [], []]);
  });

  it('issuers that nobody brought along, one step after the other', async () => {
    const server = await startEvidenceServer();
    const years = { from: daysFromNow(-1000), to: daysFromNow(1000) };
    const naming = (file: string) => [...CA_EXTENSIONS, `authorityInfoAccess=caIssuers;URI:${server.url(file)}`];
    const upper = issue({ subject: '/CN=UPPER/C=KZ', key: keyOf('upper'), issuer: root, extensions: CA_EXTENSIONS, ...years });
    const lower = issue({ subject: '/CN=LOWER/C=KZ', key: keyOf('lower'), issuer: upper, extensions: naming('/upper.cer'), ...years });
    const signer = signerNaming({ issuer: server.url('/lower.cer') }, lower);
    server.answer('/lower.cer', lower.der);
    server.answer(
      '/upper.cer',
      Buffer.from(`-----BEGIN CERTIFICATE-----\n${Buffer.from(upper.der).toString('base64')}\n-----END CERTIFICATE-----\n`),
    );
    const crls = [issueCrl(root), issueCrl(upper), issueCrl(lower)];
    const { signature } = await verifyAsking(sourceFor([server.port]), signer, {
      trust: { anchors: [root.der], certs: [], crls, ocsp: [] },
    });
    expect([conclusionOf(signature), paths(server)]).toEqual(['TOTAL-PASSED', ['/lower.cer', '/upper.cer']]);
  });

  it('a certificate of another name in the place of the issuer is not taken', async () => {
    const server = await startEvidenceServer();
    const signer = signerNaming({ issuer: server.url('/issuer.cer') });
    server.answer('/issuer.cer', root.der);
    const { signature, attempts } = await verifyAsking(sourceFor([server.port]), signer, { trust: { ...trustWithoutSigner(), certs: [] } });
    expect([conclusionOf(signature), attempts.map(({ outcome }) => outcome)]).toEqual([
      'INDETERMINATE/NO_CERTIFICATE_CHAIN_FOUND',
      ['other-subject'],
    ]);
  });
});

describe('what was fetched is kept', () => {
  it('one exchange serves all who want the same at once, and those who come later', async () => {
    const server = await startEvidenceServer();
    const signer = signerNaming({ crl: server.url('/base.crl') });
    server.answer('/base.crl', issueCrl(authority));
    const source = sourceFor([server.port]);
    const verified = await Promise.all(Array.from({ length: 8 }, () => verifyAsking(source, signer)));
    expect(new Set(verified.map(({ report }) => report.overall))).toEqual(new Set(['valid']));
    await verifyAsking(source, signer);
    expect(paths(server)).toEqual(['/base.crl']);
    expect(source.newLists()).toBe(1);
  });

  it('an OCSP answer for its freshness and no longer', async () => {
    const server = await startEvidenceServer();
    const signer = signerNaming({ ocsp: server.url('/ocsp') });
    server.answer('/ocsp', respondWith(opensslResponder({ issuer: authority, known: [signer], minutes: 30 })));
    let now = Date.now();
    const source = sourceFor([server.port], { clock: () => new Date(now).toISOString() });
    for (const minutes of [0, 20, 20]) {
      now += minutes * 60_000;
      await verifyAsking(source, signer);
    }
    expect(server.asked).toHaveLength(2);
  });

  it('a list on disk outlives the program, its age is known, and a damaged file is fetched again', async () => {
    const server = await startEvidenceServer();
    const dir = path.join(tempDir(), 'evidence');
    const signer = signerNaming({ crl: server.url('/base.crl') });
    server.answer('/base.crl', issueCrl(authority));
    const start = () => sourceFor([server.port], { dir, clock: () => AT });
    await verifyAsking(start(), signer);
    expect((await verifyAsking(start(), signer)).report.overall).toBe('valid');
    expect(server.asked).toHaveLength(1);
    expect(await start().lists()).toEqual([
      {
        url: server.url('/base.crl'),
        fetchedAt: AT,
        list: expect.objectContaining({ thisUpdate: expect.any(Number), nextUpdate: expect.any(Number) }),
      },
    ]);
    const [file] = fs.readdirSync(dir);
    const bytes = fs.readFileSync(path.join(dir, file!));
    bytes[bytes.length - 1]! ^= 1;
    fs.writeFileSync(path.join(dir, file!), bytes);
    expect(await start().lists()).toEqual([]);
    expect((await verifyAsking(start(), signer)).report.overall).toBe('valid');
    expect(server.asked).toHaveLength(2);
    fs.writeFileSync(path.join(dir, file!), 'no head');
    expect((await verifyAsking(start(), signer)).report.overall).toBe('valid');
    expect(server.asked).toHaveLength(3);
  });

  it('a folder that cannot be written costs nothing but the keeping', async () => {
    const server = await startEvidenceServer();
    const blocked = path.join(tempDir(), 'file');
    fs.writeFileSync(blocked, '');
    const signer = signerNaming({ crl: server.url('/base.crl') });
    server.answer('/base.crl', issueCrl(authority));
    expect((await verifyAsking(sourceFor([server.port], { dir: path.join(blocked, 'evidence') }), signer)).report.overall).toBe('valid');
  });

  it('a list is fetched again when its end has passed, and an older one in its place changes nothing', async () => {
    const server = await startEvidenceServer();
    const signer = signerNaming({ crl: server.url('/base.crl') });
    let now = AT;
    const source = sourceFor([server.port], { clock: () => now });
    server.answer('/base.crl', issueCrl(authority, { from: daysFromNow(-0.5), to: daysFromNow(0.5) }));
    await verifyAsking(source, signer);
    now = daysFromNow(0.6);
    server.answer('/base.crl', issueCrl(authority, { from: daysFromNow(-0.9), to: daysFromNow(5) }));
    await verifyAsking(source, signer, { at: now });
    expect([server.asked.length, source.newLists()]).toEqual([2, 1]);
    server.answer('/base.crl', issueCrl(authority, { from: daysFromNow(0.55), to: daysFromNow(1.5), revoked: [{ certificate: signer }] }));
    const { signature } = await verifyAsking(source, signer, { at: now });
    expect([conclusionOf(signature), source.newLists()]).toEqual(['INDETERMINATE/REVOKED_NO_POE', 2]);
  });

  it('a delta that needs a later base brings that base', async () => {
    const server = await startEvidenceServer();
    const signer = signerNaming({ crl: server.url('/base.crl'), delta: server.url('/delta.crl') });
    let now = AT;
    const source = sourceFor([server.port], { clock: () => now });
    server.answer('/base.crl', issueCrl(authority, number(16, { to: daysFromNow(3) })));
    server.answer('/delta.crl', delta(16, 17, { to: daysFromNow(0.2) }));
    expect((await verifyAsking(source, signer)).report.overall).toBe('valid');
    now = daysFromNow(0.3);
    server.answer('/base.crl', issueCrl(authority, number(20, { from: daysFromNow(0.25), to: daysFromNow(3) })));
    server.answer('/delta.crl', delta(20, 21, { from: daysFromNow(0.26), to: daysFromNow(1), revoked: [{ certificate: signer }] }));
    const { signature } = await verifyAsking(source, signer, { at: now });
    expect(conclusionOf(signature)).toBe('INDETERMINATE/REVOKED_NO_POE');
    expect(paths(server)).toEqual(['/base.crl', '/delta.crl', '/delta.crl', '/base.crl']);
  });

  it('a list that settled nothing is doubted: the next asking fetches it anew, long before its end', async () => {
    const server = await startEvidenceServer();
    const signer = signerNaming({ crl: server.url('/base.crl') });
    let now = AT;
    const source = sourceFor([server.port], { clock: () => now });
    const forged = issue({ subject: authority.subject, key: keyOf('stranger'), extensions: CA_EXTENSIONS });
    server.answer('/base.crl', issueCrl(forged, { to: daysFromNow(300) }));
    expect((await verifyAsking(source, signer)).report.overall).toBe('undecided');
    server.answer('/base.crl', issueCrl(authority));
    now = daysFromNow(0.01);
    expect((await verifyAsking(source, signer, { at: now })).report.overall).toBe('valid');
  });

  it('with the cable out the list of before still decides', async () => {
    const server = await startEvidenceServer();
    const dir = tempDir();
    const signer = signerNaming({ ocsp: 'http://127.0.0.1:1/ocsp', crl: server.url('/base.crl') });
    server.answer('/base.crl', issueCrl(authority));
    await verifyAsking(sourceFor([server.port], { dir }), signer);
    const { signature, attempts } = await verifyAsking(sourceFor([server.port, 1], { dir }), signer);
    expect([conclusionOf(signature), attempts.map(({ kind, outcome }) => [kind, outcome])]).toEqual([
      'TOTAL-PASSED',
      [
        ['ocsp', 'unreachable'],
        ['crl', 'cached'],
      ],
    ]);
    expect(server.asked).toHaveLength(1);
  });
});

it('the same lists added to the same trust are the same object, so that they are read once', () => {
  const trust = trustWithoutSigner();
  const [one, other] = [issueCrl(authority), issueCrl(authority)];
  const add = (crl: Uint8Array) => addMaterial(trust, { certs: [], crls: [crl], ocsp: [] });
  expect(add(one)).toBe(add(one));
  expect(add(other)).not.toBe(add(one));
  expect(add(one).crls).toEqual([...trust.crls, one]);
});
