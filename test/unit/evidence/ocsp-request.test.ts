import { createHash, createPublicKey, randomBytes, X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { buildOcspRequest } from '../../../main/evidence/ocsp-request.ts';
import { readCertificate } from '../../../main/signature/index.ts';
import { sourceFor, signerNaming, verifyAsking } from '../../support/asking.ts';
import { opensslResponder, startEvidenceServer } from '../../support/evidence-server.ts';
import { answerOcsp } from '../../support/openssl-ocsp.ts';
import { issue, keyOf, openssl, standardHierarchy, writeTemporary } from '../../support/openssl-pki.ts';
import { conclusionOf } from '../../support/verify-signature.ts';

const { authority, person } = standardHierarchy();
const facts = (der: Uint8Array) => readCertificate(der)!;
const NONCE = Buffer.from('8000000000000001', 'hex');
const textOf = (request: Uint8Array) => openssl('ocsp', '-reqin', writeTemporary('request.der', request), '-req_text').toString();

describe('an OCSP request', () => {
  it.each(['SHA-256', 'SHA-1'] as const)('by %s is the one OpenSSL makes, but for the nonce', (hash) => {
    const own = buildOcspRequest(facts(person.der), facts(authority.der), hash, NONCE);
    const out = writeTemporary('theirs.der', '');
    openssl('ocsp', `-${hash.replace('-', '').toLowerCase()}`, '-issuer', authority.pem, '-cert', person.pem, '-no_nonce', '-reqout', out);
    const theirs = openssl('ocsp', '-reqin', out, '-req_text').toString();
    const text = textOf(own);
    for (const line of ['Hash Algorithm', 'Issuer Name Hash', 'Issuer Key Hash', 'Serial Number']) {
      const value = new RegExp(`${line}: (\\S+)`).exec(theirs)![1];
      expect(text).toContain(`${line}: ${value}`);
    }
    expect(text).toMatch(/Nonce:\s+0408 ?8000000000000001/i);
  });

  it('keeps a serial number that begins with a set bit positive', () => {
    const high = issue({ subject: '/CN=HIGH/C=KZ', key: keyOf('second'), issuer: authority, serial: 'F0AA01' });
    expect(textOf(buildOcspRequest(facts(high.der), facts(authority.der), 'SHA-256', NONCE))).toContain('Serial Number: F0AA01');
  });
});

describe('what leaves the machine', () => {
  it('is the hashes of the issuer, the serial number and a nonce: no name, no number of a person, no document', async () => {
    const server = await startEvidenceServer();
    const signer = signerNaming({ ocsp: server.url('/ocsp') });
    server.answer('/ocsp', answerOcsp({ issuer: authority, certificate: signer }));
    await verifyAsking(sourceFor([server.port], { random: () => NONCE }), signer);
    const [asked] = server.asked;
    expect(server.asked).toHaveLength(1);
    const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
    const key = createPublicKey(new X509Certificate(Buffer.from(authority.der)).publicKey.export({ type: 'spki', format: 'pem' }));
    const parts = [
      hash(facts(authority.der).subject.raw),
      hash(key.export({ type: 'pkcs1', format: 'der' })),
      facts(signer.der).serial,
      NONCE.toString('hex'),
    ];
    const frame = parts.reduce((left, part) => {
      expect(left).toContain(part);
      return left.replace(part, '');
    }, asked!.body.toString('hex'));
    // tags, lengths and two object identifiers
    expect(frame.length / 2).toBeLessThan(60);
    for (const secret of ['ТЕСТОВ', '870131400019', 'Талап']) expect(asked!.body.includes(Buffer.from(secret))).toBe(false);
    expect(asked).toMatchObject({ method: 'POST', path: '/ocsp' });
    expect(Object.keys(asked!.headers).sort()).toEqual(
      ['accept', 'accept-encoding', 'connection', 'content-length', 'content-type', 'host', 'user-agent'].sort(),
    );
    expect(asked!.headers).toMatchObject({ 'user-agent': 'kense', 'content-type': 'application/ocsp-request', connection: 'close' });
  });

  it('has another nonce each time', async () => {
    const server = await startEvidenceServer();
    const signer = signerNaming({ ocsp: server.url('/ocsp') });
    server.answer('/ocsp', (_, response) => response.writeHead(500).end());
    const source = sourceFor([server.port], { random: randomBytes });
    await verifyAsking(source, signer);
    await verifyAsking(source, signer);
    expect(server.asked).toHaveLength(2);
    expect(server.asked[0]!.body.equals(server.asked[1]!.body)).toBe(false);
  });
});

it('a responder that knows certificates by SHA-1 alone is asked so', async () => {
  const server = await startEvidenceServer();
  const signer = signerNaming({ ocsp: server.url('/ocsp') });
  const responder = opensslResponder({ issuer: authority, known: [signer] });
  server.answer('/ocsp', async (asked, response) =>
    response.end(
      asked.body.includes(Buffer.from('06052b0e03021a', 'hex')) ? await responder(asked.body) : Buffer.from('30030a0106', 'hex'),
    ),
  );
  const { signature, attempts } = await verifyAsking(sourceFor([server.port]), signer);
  expect([conclusionOf(signature), attempts.map(({ outcome }) => outcome)]).toEqual(['TOTAL-PASSED', ['fetched']]);
  expect(server.asked).toHaveLength(2);
});
