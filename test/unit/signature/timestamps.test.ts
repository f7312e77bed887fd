import { describe, expect, it } from 'vitest';
import { contentFromBytes, verifyFile, type TrustMaterial } from '../../../main/signature/index.ts';
import { der } from '../../../main/asn1/index.ts';
import { AT, daysFromNow, issue, issueCrl, keyOf, signCms, standardHierarchy, type Certificate } from '../../support/openssl-pki.ts';
import { answerOcsp } from '../../support/openssl-ocsp.ts';
import { addUnsigned, stamp, standardTsa, TSA_EXTENSIONS, type TokenRequest } from '../../support/openssl-tsa.ts';
import { attribute, OIDS } from '../../support/forge-signed-data.ts';
import { forgeToken } from '../../support/forge-token.ts';
import { forgeEnveloped } from '../../support/forge-xml.ts';
import { conclusionOf, policyNamed, reasonOf, standardTrust, verifyOnly } from '../../support/verify-signature.ts';

const content = Buffer.from('Талап арыз');
const { root, authority, person } = standardHierarchy();
const cms = signCms({ content, signers: [person] });
const timestamped = (bytes: Uint8Array = cms, request: TokenRequest = {}, over?: Uint8Array) =>
  addUnsigned(bytes, (value) => [attribute(OIDS.timestamp, stamp(over ?? value, request))]);
const withStamp = timestamped();
const far = { from: daysFromNow(-1), to: daysFromNow(1000) };
const rootCrl = issueCrl(root, far);

type Options = { at?: string; crls?: readonly Uint8Array[]; certs?: readonly Uint8Array[] };
const judge = (bytes: Uint8Array, { at, crls, certs }: Options = {}) => {
  const trust: TrustMaterial = { ...standardTrust(), ...(crls ? { crls: [rootCrl, ...crls] } : {}), ...(certs ? { certs } : {}) };
  return verifyOnly(bytes, { content, trust, ...(at ? { at } : {}) });
};
const tsa = (more: Partial<Parameters<typeof issue>[0]>): Certificate =>
  issue({ subject: '/CN=TSA OTHER/C=KZ', key: keyOf('tsa other'), issuer: authority, extensions: TSA_EXTENSIONS, ...more });

describe('a signature with a timestamp', () => {
  it('has a proven time and level T', async () => {
    const report = await judge(withStamp);
    expect(report).toMatchObject({ verdict: 'valid', level: 'T', timeSource: 'timestamp', warnings: [] });
    expect(report.timestamps).toMatchObject([
      { kind: 'signature', verdict: 'valid', policy: '1.2.398.3.3.2.6.2', authority: { commonName: 'TSA SERVICE' } },
    ]);
    expect([reasonOf(report, 'time.signature-timestamp'), reasonOf(report, 'time.order'), reasonOf(report, 'time.after-issuance')]).toEqual(
      ['ok', 'ok', 'ok'],
    );
    expect(Math.abs(Date.parse(report.bestTime) - Date.parse(AT))).toBeLessThan(600_000);
  });

  it('stays valid after its certificate has expired, and does not without the timestamp', async () => {
    const crls = [issueCrl(authority, { ...far, from: daysFromNow(200) })];
    const at = daysFromNow(300);
    expect(conclusionOf(await judge(withStamp, { at, crls }))).toBe('TOTAL-PASSED');
    expect(conclusionOf(await judge(cms, { at, crls }))).toBe('INDETERMINATE/OUT_OF_BOUNDS_NO_POE');
  });

  it('is not called good by a list that came after its certificate expired', async () => {
    const report = await judge(withStamp, { at: daysFromNow(300), crls: [issueCrl(authority, { ...far, from: daysFromNow(290) })] });
    expect([conclusionOf(report), reasonOf(report, 'revocation.known')]).toEqual(['INDETERMINATE/TRY_LATER', 'evidence-after-expiry']);
  });

  it.each([
    ['superseded', 'TOTAL-PASSED'],
    ['cessationOfOperation', 'TOTAL-PASSED'],
    ['affiliationChanged', 'TOTAL-PASSED'],
    ['keyCompromise', 'INDETERMINATE/REVOKED_NO_POE'],
    ['CACompromise', 'INDETERMINATE/REVOKED_NO_POE'],
    [undefined, 'INDETERMINATE/REVOKED_NO_POE'],
  ])('revoked later for %s: %s', async (reason, conclusion) => {
    const revoked = [{ certificate: person, at: daysFromNow(10), ...(reason ? { reason } : {}) }];
    const crls = [issueCrl(authority, { revoked, from: daysFromNow(11), to: daysFromNow(40) })];
    const report = await judge(withStamp, { at: daysFromNow(12), crls });
    expect(conclusionOf(report)).toBe(conclusion);
    expect(report.warnings.includes('REVOKED_AFTER_SIGNING')).toBe(conclusion === 'TOTAL-PASSED');
    expect(conclusionOf(await judge(cms, { at: daysFromNow(12), crls }))).toBe('INDETERMINATE/REVOKED_NO_POE');
  });

  it('revoked before its proven time stays undecided for any reason', async () => {
    const crls = [issueCrl(authority, { revoked: [{ certificate: person, reason: 'superseded' }], ...far })];
    expect(conclusionOf(await judge(withStamp, { crls }))).toBe('INDETERMINATE/REVOKED_NO_POE');
  });

  it('proven before its certificate was issued is invalid', async () => {
    const early = issue({
      subject: '/CN=ЕРТЕ/serialNumber=IIN870131400019/C=KZ',
      key: keyOf('early'),
      issuer: authority,
      from: daysFromNow(5),
    });
    const crls = [issueCrl(authority, far)];
    const bytes = timestamped(signCms({ content, signers: [early], args: ['-noattr'], plain: true }));
    expect(conclusionOf(await judge(bytes, { at: daysFromNow(6), crls }))).toBe('TOTAL-FAILED/NOT_YET_VALID');
  });
});

describe('a timestamp that proves nothing is dropped, and the signature stands without it', () => {
  const dropped = async (bytes: Uint8Array, options: Options = {}) => {
    const report = await judge(bytes, options);
    expect(report).toMatchObject({ verdict: 'valid', timeSource: 'claimed' });
    expect(report.warnings).toContain('TIMESTAMP_NOT_TRUSTED');
    expect(report.timestamps).toHaveLength(1);
    return [conclusionOf(report.timestamps[0]!), report.level];
  };

  it('over other bytes', async () => {
    expect(await dropped(timestamped(cms, {}, content))).toEqual(['TOTAL-FAILED/HASH_FAILURE', 'B']);
  });

  it('by a stranger', async () => {
    const stranger = issue({ subject: '/CN=STRANGER/C=KZ', key: keyOf('stranger'), extensions: ['basicConstraints=critical,CA:TRUE'] });
    expect(await dropped(timestamped(cms, { authority: tsa({ issuer: stranger }) }))).toEqual([
      'INDETERMINATE/NO_CERTIFICATE_CHAIN_FOUND',
      'T',
    ]);
  });

  it.each([
    ['whose certificate is for other things too', ['extendedKeyUsage=critical,timeStamping,emailProtection']],
    ['whose purpose is not critical', ['extendedKeyUsage=timeStamping']],
    ['without the purpose', ['extendedKeyUsage=critical,emailProtection']],
  ])('by an authority %s', async (_, extensions) => {
    const authority = tsa({ extensions: ['keyUsage=critical,digitalSignature', ...extensions] });
    const bytes = addUnsigned(cms, (value) => [attribute(OIDS.timestamp, forgeToken(authority, value))]);
    expect(await dropped(bytes)).toEqual(['INDETERMINATE/CHAIN_CONSTRAINTS_FAILURE', 'T']);
  });

  it('that does not say whose it is', async () => {
    const bytes = addUnsigned(cms, (value) => [attribute(OIDS.timestamp, forgeToken(standardTsa(), value, { unnamed: true }))]);
    expect(await dropped(bytes)).toEqual(['INDETERMINATE/NO_SIGNING_CERTIFICATE_FOUND', 'T']);
  });

  it('is told from the same made by hand in order', async () => {
    const bytes = addUnsigned(cms, (value) => [attribute(OIDS.timestamp, forgeToken(standardTsa(), value))]);
    expect(await judge(bytes)).toMatchObject({ verdict: 'valid', timeSource: 'timestamp', warnings: [] });
  });

  it('over a weak hash', async () => {
    expect(await dropped(timestamped(cms, { digest: 'sha1' }))).toEqual(['INDETERMINATE/CRYPTO_CONSTRAINTS_FAILURE', 'T']);
  });

  it('by an authority that was revoked', async () => {
    const crls = [issueCrl(authority, { revoked: [{ certificate: standardTsa() }], ...far })];
    expect(await dropped(withStamp, { crls })).toEqual(['INDETERMINATE/REVOKED_NO_POE', 'T']);
  });

  it('with a changed token', async () => {
    const broken = Buffer.from(withStamp);
    broken[broken.length - 20] = broken[broken.length - 20]! ^ 1;
    expect(await dropped(broken)).toEqual(['TOTAL-FAILED/SIG_CRYPTO_FAILURE', 'B']);
  });

  it('that is no token at all', async () => {
    expect(await dropped(addUnsigned(cms, () => [attribute(OIDS.timestamp, der.sequence(der.integer(1)))]))).toEqual([
      'TOTAL-FAILED/FORMAT_FAILURE',
      'B',
    ]);
  });

  it('from the future', async () => {
    const report = await judge(withStamp, {
      at: daysFromNow(-0.1),
      crls: [issueCrl(authority, { from: daysFromNow(-0.5), to: daysFromNow(1) })],
    });
    expect([report.timestamps[0]!.verdict, report.timeSource]).toEqual(['undecided', 'claimed']);
  });
});

describe('two timestamps', () => {
  it('the earliest trusted one counts, a bad one beside it does no harm', async () => {
    const stranger = issue({ subject: '/CN=STRANGER/C=KZ', key: keyOf('stranger'), extensions: ['basicConstraints=critical,CA:TRUE'] });
    const bytes = addUnsigned(cms, (value) => [
      attribute(OIDS.timestamp, stamp(value, { authority: tsa({ issuer: stranger }) }), stamp(value, { digest: 'sha512' })),
    ]);
    const report = await judge(bytes);
    expect(report).toMatchObject({ verdict: 'valid', timeSource: 'timestamp', level: 'T' });
    expect(report.timestamps.map(({ verdict }) => verdict).sort()).toEqual(['undecided', 'valid']);
    expect(report.warnings).toEqual([]);
  });
});

describe('evidence inside the message', () => {
  const answer = answerOcsp({ issuer: authority, certificate: person });
  const list = issueCrl(authority, far);
  const REVOCATION_VALUES = '1.2.840.113549.1.9.16.2.24';
  const CERTIFICATE_VALUES = '1.2.840.113549.1.9.16.2.23';
  /** The BasicOCSPResponse inside a response. */
  const basic = (response: Uint8Array): Uint8Array => {
    const marker = Buffer.from('06092b0601050507300101', 'hex');
    const at = Buffer.from(response).indexOf(marker) + marker.length;
    const long = response[at + 1]! & 0x7f;
    return response.subarray(at + 2 + long);
  };
  const extended = addUnsigned(cms, (value) => [
    attribute(OIDS.timestamp, stamp(value)),
    attribute(CERTIFICATE_VALUES, der.sequence(authority.der)),
    attribute(REVOCATION_VALUES, der.sequence(der.explicit(0, der.sequence(list)), der.explicit(1, der.sequence(basic(answer))))),
  ]);

  it('makes it level LT, and decides without anything beside but the anchor and its list', async () => {
    const trust = { anchors: [root.der], certs: [], crls: [rootCrl], ocsp: [] };
    const report = await verifyOnly(extended, { content, trust });
    expect(report).toMatchObject({ verdict: 'valid', level: 'LT', timeSource: 'timestamp' });
    expect(conclusionOf(await verifyOnly(cms, { content, trust }))).not.toBe('TOTAL-PASSED');
  });

  it('does not hide a genuine revocation by a later list', async () => {
    const crls = [
      issueCrl(authority, { revoked: [{ certificate: person, reason: 'keyCompromise' }], from: daysFromNow(-0.01), to: daysFromNow(1) }),
    ];
    expect(conclusionOf(await judge(extended, { crls }))).toBe('INDETERMINATE/REVOKED_NO_POE');
  });
});

describe('without a timestamp', () => {
  it('the registry’s receipt bounds the time of signing where the policy says so', async () => {
    const crls = [rootCrl, issueCrl(authority, { ...far, from: daysFromNow(200) })];
    const ask = async (policy: string, receivedAt?: string) => {
      const result = await verifyFile({
        file: 'x.p7s',
        bytes: cms,
        content: contentFromBytes(content),
        trust: { ...standardTrust(), crls },
        policy: await policyNamed(policy),
        at: daysFromNow(300),
        ...(receivedAt ? { receivedAt } : {}),
      });
      if (!result.ok) throw new Error('no report');
      return result.value.report.signatures[0]!;
    };
    const bounded = await ask('kz-incoming', daysFromNow(1));
    expect(bounded).toMatchObject({ verdict: 'valid', timeSource: 'claimed', boundedByReceipt: true, bestTime: daysFromNow(1) });
    expect(conclusionOf(await ask('ades-strict', daysFromNow(1)))).toBe('INDETERMINATE/OUT_OF_BOUNDS_NO_POE');
    expect(await ask('kz-incoming')).toMatchObject({ verdict: 'undecided', boundedByReceipt: false });
  });
});

describe('the policy', async () => {
  const policy = {
    ...(await policyNamed('court-default')),
    version: 'new',
    validFrom: daysFromNow(5).slice(0, 10),
    earlier: [{ ...(await policyNamed('kz-incoming')), version: 'old' }],
  };

  it('is the one in force at the proven time of signing, else the one of today', async () => {
    const plain = signCms({ content, signers: [person], plain: true });
    const ask = async (bytes: Uint8Array) => {
      const trust = { ...standardTrust(), crls: [rootCrl, issueCrl(authority, far)] };
      const result = await verifyFile({ file: 'x.p7s', bytes, content: contentFromBytes(content), trust, policy, at: daysFromNow(10) });
      if (!result.ok) throw new Error('no report');
      return result.value.report.signatures[0]!;
    };
    expect(await ask(timestamped(plain))).toMatchObject({
      verdict: 'valid',
      policyVersion: 'old',
      warnings: ['SIGNING_CERTIFICATE_ATTRIBUTE_MISSING'],
    });
    expect(await ask(plain)).toMatchObject({ verdict: 'undecided', policyVersion: 'new', subIndication: 'SIG_CONSTRAINTS_FAILURE' });
  });

  it('of a signed XML document too', async () => {
    const bytes = Buffer.from(forgeEnveloped(person, '<sum>1 000 000</sum>'));
    const ask = async (receivedAt?: string) => {
      const trust = { ...standardTrust(), crls: [rootCrl, issueCrl(authority, far)] };
      const at = daysFromNow(10);
      const result = await verifyFile({ file: 'x.xml', bytes, content: null, trust, policy, at, ...(receivedAt ? { receivedAt } : {}) });
      if (!result.ok) throw new Error('no report');
      return result.value.report.signatures[0]!;
    };
    expect(await ask(daysFromNow(1))).toMatchObject({ verdict: 'valid', policyVersion: 'old' });
    expect(await ask()).toMatchObject({ verdict: 'undecided', policyVersion: 'new', subIndication: 'SIG_CONSTRAINTS_FAILURE' });
  });
});
