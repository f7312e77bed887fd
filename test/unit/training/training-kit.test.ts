import { randomUUID, verify, X509Certificate } from 'node:crypto';
import { readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasCheckDigit } from '../../../shared/domain/identifier.ts';
import { trainingKitSchema as trainingKitMessageSchema } from '../../../shared/registry/index.ts';
import { createTokenHost } from '../../../main/token/index.ts';
import {
  courtSystemSigner,
  createTrainingKit,
  installTrainingKit,
  kitUsers,
  parseTrainingKit,
  refreshTrainingCrls,
  TRAINING_PIN,
  type TrainingKit,
} from '../../../main/training/index.ts';
import { at, certificatesOf, installedKit, judge, NOW, openssl } from './installed-kit.ts';

let installed: Awaited<ReturnType<typeof installedKit>>;
let kit: TrainingKit;
beforeAll(async () => {
  installed = await installedKit();
  kit = installed.kit;
});
afterAll(() => rmSync(installed.dir, { recursive: true }));

const text = (certificate: string) => openssl(['x509', '-noout', '-text', '-nameopt', 'utf8,sep_comma_plus_space'], certificate);
const certificateOf = (name: string) => certificatesOf(kit).find((one) => one.name === name)!.certificate;
const later = (days: number) => new Date(Date.parse(NOW) + days * 86_400_000).toISOString();
const crlText = (name: string) =>
  openssl(['crl', '-inform', 'DER', '-in', installed.path('trust', 'crls', `${name}.crl`), '-noout', '-text']);
const crlBytes = (name: string) => readFileSync(installed.path('trust', 'crls', `${name}.crl`));

describe('the training PKI', () => {
  it('is a chain that OpenSSL accepts strictly for every certificate', () => {
    for (const { name, certificate } of certificatesOf(kit)) {
      const verdict = judge(
        [
          ...['verify', '-x509_strict', ...at(NOW), '-CAfile', installed.path('trust', 'anchors', 'root.pem')],
          ...[
            '-untrusted',
            installed.path('trust', 'certs', 'issuing.crt'),
            '-untrusted',
            installed.path('trust', 'certs', 'ocsp-only.crt'),
          ],
        ],
        certificate,
      );
      expect(verdict.stdout, `${name}: ${verdict.stderr}`).toContain(': OK');
    }
  });

  it('revokes one person and nobody else, by CRLs that OpenSSL accepts', () => {
    const crls = ['root', 'issuing'].map((name) =>
      openssl(['crl', '-inform', 'DER', '-in', installed.path('trust', 'crls', `${name}.crl`), '-outform', 'PEM']),
    );
    writeFileSync(installed.path('crls.pem'), crls.join(''));
    const verdictOf = (certificate: string) =>
      judge(
        [
          ...['verify', '-crl_check_all', ...at(NOW), '-CAfile', installed.path('trust', 'anchors', 'root.pem')],
          ...['-CRLfile', installed.path('crls.pem'), '-untrusted', installed.path('trust', 'certs', 'issuing.crt')],
        ],
        certificate,
      );
    for (const { name, certificate } of certificatesOf(kit).filter(({ name }) => name !== 'qongyr')) {
      const verdict = verdictOf(certificate);
      if (name === 'urker') expect(verdict.stderr).toContain('certificate revoked');
      else expect(verdict.stdout, `${name}: ${verdict.stderr}`).toContain(': OK');
    }
    expect(crlText('issuing').match(/Serial Number/g)).toHaveLength(1);
    expect(crlText('issuing')).toContain('Key Compromise');
    expect(crlText('issuing')).toContain('Revocation Date: Nov 11 10:00:00 2026 GMT');
    expect(crlText('root')).toContain('No Revoked Certificates');
  });

  it('follows the profile for an individual', () => {
    const shown = text(certificateOf('inkar'));
    expect(shown).toContain('Subject: CN=ОҚУБАЕВА ІҢКӘР, SN=ОҚУБАЕВА, serialNumber=IIN990606600068, C=KZ, GN=ҒАЛЫМҚЫЗЫ');
    expect(shown).toMatch(/Key Usage: critical\n\s+Digital Signature, Non Repudiation\n/);
    expect(shown).toContain('E-mail Protection, 1.2.398.3.3.4.1.1\n');
    expect(shown).toContain('Policy: 1.2.398.3.3.2\n');
    expect(shown).toContain('CRL Distribution Points');
    expect(shown).toContain('CA Issuers - URI:http://127.0.0.1:9/');
    expect(shown).not.toContain('OCSP');
    expect(shown).toContain('Public-Key: (2048 bit)');
    expect(shown).toContain('sha256WithRSAEncryption');
  });

  it('follows the profile for the head of an organisation and for the officials', () => {
    expect(text(certificateOf('ghani'))).toContain('O=«ҮЛГІ ҚҰРЫЛЫС» ЖШС, ОҚУ / TRAINING, OU=BIN771240000018, GN=ӘДІЛҰЛЫ');
    expect(text(certificateOf('ghani'))).toContain('E-mail Protection, 1.2.398.3.3.4.1.2, 1.2.398.3.3.4.1.2.1\n');
    expect(text(certificateOf('judge'))).toContain('CN=МЫСАЛҒАЛИЕВ ӨМІРХАН');
    expect(text(certificateOf('judge'))).toContain('E-mail Protection, 1.2.398.3.3.4.1.2, 1.2.398.3.3.4.1.2.2\n');
    expect(text(certificateOf('secretary'))).toContain('E-mail Protection, 1.2.398.3.3.4.1.2, 1.2.398.3.3.4.1.2.5\n');
  });

  it('follows the profile for the information system: an elliptic key, a system identifier, no IIN', () => {
    const shown = text(certificateOf('system'));
    expect(shown).toMatch(/Subject: UID=[\d.]+, CN=«КЕҢСЕ» АҚПАРАТТЫҚ ЖҮЙЕСІ, ОҚУ \/ TRAINING, C=KZ, O=.*, OU=BIN771240000028\n/);
    expect(shown).toContain('NIST CURVE: P-256');
    expect(shown).toContain('1.2.398.3.3.4.1.2, 1.2.398.3.3.4.1.2.6\n');
    expect(shown).not.toMatch(/IIN|E-mail Protection/);
  });

  it('leaves the second authority with an unreachable OCSP address and no CRL', () => {
    const shown = text(certificateOf('qongyr'));
    expect(shown).toContain('OCSP - URI:http://127.0.0.1:9/ocsp');
    expect(shown).not.toMatch(/CRL Distribution|CA Issuers/);
    expect(readdirSync(installed.path('trust', 'crls')).sort()).toEqual(['issuing.crl', 'root.crl']);
  });

  it('takes the serial number from the key identifier, positive and never short', () => {
    for (const { certificate } of certificatesOf(kit)) {
      const serial = Buffer.from(new X509Certificate(certificate).serialNumber, 'hex');
      expect(serial).toHaveLength(20);
      expect(serial[0]).toBeGreaterThanOrEqual(0x10);
      expect(serial[0]).toBeLessThan(0x80);
    }
    expect(new Set(certificatesOf(kit).map(({ certificate }) => new X509Certificate(certificate).serialNumber)).size).toBe(12);
  });

  it('names nobody real and says training in every authority and organisation', () => {
    for (const { iin } of [...kit.officials, ...kit.citizens]) {
      expect(hasCheckDigit(iin)).toBe(true);
      // Born in 2099: century digits 5 and 6 belong to the twenty-first century.
      expect(iin).toMatch(/^99\d{4}[56]/);
    }
    for (const { certificate } of [
      ...Object.values(kit.authorities),
      { certificate: certificateOf('ghani') },
      kit.system,
      ...kit.officials,
    ]) {
      expect(text(certificate)).toMatch(/Subject: .*TRAINING/);
    }
  });

  it('differs from every other kit in all its keys', async () => {
    const other = await createTrainingKit({ now: NOW, newId: randomUUID });
    const mine = new Set(certificatesOf(kit).map(({ certificate }) => certificate));
    expect(certificatesOf(other).filter(({ certificate }) => mine.has(certificate))).toEqual([]);
  });
});

describe('what the registry gets of a kit', () => {
  it('are three users, one for each role, with their certificates and without their keys', () => {
    const users = kitUsers(kit);
    expect(users.map(({ roles }) => roles)).toEqual([['secretary'], ['judge'], ['office-head', 'admin']]);
    expect(users.map(({ name }) => name)).toEqual([
      'Үлгібаева Әсел Құрманқызы',
      'Мысалғалиев Өмірхан Ғабитұлы',
      'Сынақбаева Құндыз Ілиясқызы',
    ]);
    expect(JSON.stringify(users)).not.toContain('PRIVATE KEY');
    expect(trainingKitMessageSchema.safeParse({ users, kit }).success).toBe(true);
  });

  it('comes back whole through JSON, and nothing else passes for a kit', () => {
    expect(parseTrainingKit(JSON.parse(JSON.stringify(kit)))).toEqual(kit);
    for (const bad of [null, {}, { ...kit, version: 2 }, { ...kit, system: { certificate: 'x', privateKey: 'y' } }]) {
      expect(parseTrainingKit(bad)).toBeNull();
    }
  });
});

describe('the system that signs talons', () => {
  it('signs what its certificate verifies', async () => {
    const signer = courtSystemSigner(kit);
    const value = await signer.sign(Buffer.from('талон'));
    expect(verify('sha256', Buffer.from('талон'), new X509Certificate(signer.certificate).publicKey, value)).toBe(true);
  });
});

describe('an installed kit', () => {
  it('has a key file for every official and citizen that OpenSSL opens with the PIN', () => {
    const files = [
      ...['secretary', 'judge', 'office-head'].map((name) => installed.path('keys', `${name}.p12`)),
      ...kit.citizens.map(({ key }) => installed.path('keys', 'citizens', `${key}.p12`)),
    ];
    expect(files).toHaveLength(11);
    for (const file of files) {
      const opened = openssl(['pkcs12', '-in', file, '-passin', `pass:${TRAINING_PIN}`, '-nodes']);
      expect(opened.match(/BEGIN CERTIFICATE/g)).toHaveLength(3);
      expect(opened).toContain('BEGIN PRIVATE KEY');
      expect(judge(['pkcs12', '-in', file, '-passin', 'pass:654321', '-nodes']).status).not.toBe(0);
    }
  });

  it('has key files that the token host opens, with the chain up to the root', async () => {
    const host = createTokenHost(async () => ({ pin: Buffer.from(TRAINING_PIN) }));
    const session = await host.open(
      { kind: 'pkcs12', file: installed.path('keys', 'judge.p12') },
      { purpose: 'act', title: '', lines: [], sha256: null },
    );
    if (!session.ok) throw new Error(session.error.code);
    const pem = (certificate: Uint8Array) => new X509Certificate(certificate).toString();
    expect(pem(session.value.certificate)).toBe(certificateOf('judge'));
    expect(session.value.chain.map(pem)).toEqual([kit.authorities.issuing.certificate, kit.authorities.root.certificate]);
  });

  it('keeps keys for their owner alone', () => {
    for (const file of [['kit.json'], ['keys', 'judge.p12'], ['keys', 'citizens', 'vera.p12']]) {
      expect(statSync(installed.path(...file)).mode & 0o777).toBe(0o600);
    }
  });

  it('stays as it is when the same kit is installed again', async () => {
    const before = ['keys/judge.p12', 'kit.json', 'trust/crls/issuing.crl'].map((file) => readFileSync(installed.path(file)));
    await installTrainingKit(installed.dir, kit, NOW);
    expect(['keys/judge.p12', 'kit.json', 'trust/crls/issuing.crl'].map((file) => readFileSync(installed.path(file)))).toEqual(before);
  });

  it('is finished by a second call when the first was cut short', async () => {
    rmSync(installed.path('kit.json'));
    rmSync(installed.path('keys', 'judge.p12'));
    await installTrainingKit(installed.dir, kit, NOW);
    expect(parseTrainingKit(JSON.parse(readFileSync(installed.path('kit.json'), 'utf8')))).toEqual(kit);
    expect(openssl(['pkcs12', '-in', installed.path('keys', 'judge.p12'), '-passin', `pass:${TRAINING_PIN}`, '-nodes'])).toContain(
      'PRIVATE KEY',
    );
  });

  it('leaves no unfinished files', () => {
    expect(readdirSync(installed.dir, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.new'))).toEqual([]);
  });

  it('gives way to another kit, CRLs included', async () => {
    const fresh = await installedKit();
    await installTrainingKit(fresh.dir, kit, NOW);
    expect(readFileSync(fresh.path('trust/anchors/root.pem'), 'utf8')).toBe(kit.authorities.root.certificate);
    const crl = ['crl', '-inform', 'DER', '-in', fresh.path('trust/crls/issuing.crl'), '-noout', '-verify'];
    expect(judge([...crl, '-CAfile', installed.path('trust/certs/issuing.crt')]).stderr).toContain('verify OK');
    rmSync(fresh.dir, { recursive: true });
  });
});

describe('the CRLs of an installed kit', () => {
  it('live seven days and stay for half of them', async () => {
    expect(crlText('issuing')).toContain('Last Update: Nov 21 09:00:00 2026 GMT');
    expect(crlText('issuing')).toContain('Next Update: Nov 28 09:00:00 2026 GMT');
    const before = crlBytes('issuing');
    await refreshTrainingCrls(installed.dir, later(3.4));
    expect(crlBytes('issuing')).toEqual(before);
  });

  it('are renewed afterwards, with a larger number and the same person revoked', async () => {
    const numberOf = () => BigInt(/CRL Number: \n\s+(\w+)/.exec(crlText('issuing'))![1]!);
    const before = numberOf();
    await refreshTrainingCrls(installed.dir, later(4));
    expect(numberOf()).toBeGreaterThan(before);
    expect(crlText('issuing')).toContain('Next Update: Dec  2 09:00:00 2026 GMT');
    expect(crlText('issuing').match(/Serial Number/g)).toHaveLength(1);
  });

  it('are made anew when damaged, gone, or dated after the present', async () => {
    await refreshTrainingCrls(installed.dir, NOW);
    expect(crlText('issuing')).toContain('Last Update: Nov 21 09:00:00 2026 GMT');
    writeFileSync(installed.path('trust/crls/issuing.crl'), 'garbage');
    rmSync(installed.path('trust/crls/root.crl'));
    await refreshTrainingCrls(installed.dir, NOW);
    expect(crlText('issuing')).toContain('Next Update: Nov 28');
    expect(crlText('root')).toContain('Next Update: Nov 28');
  });
});
