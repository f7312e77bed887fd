import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { admitAddress, loadAllowedHosts, readAllowedHost, splitAddresses } from '../../../main/evidence/allowed-hosts.ts';
import { isPrivate } from '../../../main/evidence/exchange.ts';
import { sourceFor, signerNaming, verifyAsking } from '../../support/asking.ts';
import { startEvidenceServer } from '../../support/evidence-server.ts';
import { reasonOf } from '../../support/verify-signature.ts';

const RESOURCES = path.resolve(import.meta.dirname, '../../../resources');
const must = async (mode: 'real' | 'training') => {
  const hosts = await loadAllowedHosts(RESOURCES, mode);
  if (!hosts.ok) throw new Error(hosts.error.code);
  return hosts.value;
};

describe('the list of the product', () => {
  it('names the hosts of the national authority alone, and none of them may be private', async () => {
    const hosts = await must('real');
    expect(hosts.map(({ host }) => host).filter((host) => !/(^|\.)(pki|root)\.gov\.kz$/.test(host))).toEqual([]);
    expect(hosts.some(({ mayBePrivate }) => mayBePrivate)).toBe(false);
    for (const address of [
      'http://ocsp.pki.gov.kz',
      'http://ocsp.pki.gov.kz/',
      'http://crl.pki.gov.kz/nca_d_gost_2022.crl',
      'http://crl1.root.gov.kz/rsa.crl',
      'http://root.gov.kz/cert/root_rsa_2020.cer',
      'https://pki.gov.kz/cert/nca_rsa_2022.cer',
    ])
      expect(admitAddress(address, hosts), address).toMatchObject({ allowed: true });
  });

  it('of training leads to this very machine and nowhere else', async () => {
    expect(await must('training')).toEqual([{ host: '127.0.0.1', port: 9, mayBePrivate: true }]);
  });
});

describe('an address is asked', () => {
  it.each([
    ['another host', 'http://pki.gov.kz.example.com/', 'host-not-allowed'],
    ['another port', 'http://ocsp.pki.gov.kz:8080/', 'host-not-allowed'],
    ['the port of the other scheme', 'https://ocsp.pki.gov.kz/', 'host-not-allowed'],
    ['a number in the guise of a name', 'http://2130706433/', 'host-not-allowed'],
    ['a trailing dot', 'http://ocsp.pki.gov.kz./', 'host-not-allowed'],
    ['credentials', 'http://user:secret@ocsp.pki.gov.kz/', 'address-unusable'],
    ['a file', 'file:///etc/passwd', 'address-unusable'],
    ['a directory service', 'ldap://ocsp.pki.gov.kz/CN=x?certificateRevocationList', 'address-unusable'],
    ['no address', 'ocsp.pki.gov.kz', 'address-unusable'],
  ])('not with %s', async (_, address, outcome) => {
    expect(admitAddress(address, await must('real'))).toEqual({ allowed: false, outcome });
  });

  it('however it is written', async () => {
    expect(admitAddress('HTTP://OCSP.PKI.GOV.KZ:80', await must('real'))).toMatchObject({ allowed: true });
  });

  it('one by one where a certificate holds two in one text', () => {
    expect(splitAddresses(['http://crl.root.gov.kz/rsa.crl\n               URL=http://crl1.root.gov.kz/rsa.crl'])).toEqual([
      'http://crl.root.gov.kz/rsa.crl',
      'http://crl1.root.gov.kz/rsa.crl',
    ]);
  });
});

it.each([
  ['localhost:8080', { host: 'localhost', port: 8080, mayBePrivate: true }],
  ['CRL.example.kz', { host: 'crl.example.kz', port: 80, mayBePrivate: true }],
  ['http://a.kz', null],
  ['a.kz:0', null],
  ['a.kz:99999', null],
  ['', null],
])('“%s” named by somebody', (text, expected) => expect(readAllowedHost(text)).toEqual(expected));

it.each([
  '127.0.0.1',
  '10.1.2.3',
  '172.31.0.1',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '0.0.0.0',
  '::1',
  'fe80::1',
  'fd00::1',
  '::ffff:10.0.0.1',
])('%s is private', (address) => expect(isPrivate(address)).toBe(true));
it.each(['92.46.110.1', '8.8.8.8', '172.32.0.1', '2a00:1450:4010::1'])('%s is public', (address) => expect(isPrivate(address)).toBe(false));

describe('a server that is not on the list', () => {
  it('is never connected to', async () => {
    const server = await startEvidenceServer();
    const signer = signerNaming({ ocsp: server.url('/ocsp'), crl: server.url('/crl'), issuer: server.url('/issuer') });
    const { signature, attempts } = await verifyAsking(sourceFor([]), signer);
    expect(attempts.map(({ kind, outcome }) => [kind, outcome])).toEqual([
      ['ocsp', 'host-not-allowed'],
      ['crl', 'host-not-allowed'],
    ]);
    expect([server.asked, reasonOf(signature, 'revocation.known')]).toEqual([[], 'ocsp-host-not-allowed']);
  });
});
