import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { der } from '../../../main/asn1/index.ts';
import { loadPolicy, validatePath } from '../../../main/signature/index.ts';
import { NO_POLICY_WANTED } from '../../../main/signature/trust/process-policies.ts';
import {
  certificate,
  crl,
  directoryName,
  extensionOf,
  rdnOf,
  uri,
  type ForgedCertificate,
  type ForgedEntry,
} from '../../support/forge-path.ts';

const AT = '2026-11-21T10:00:00Z';
const anchor = certificate({ subject: 'CN=Anchor', issuer: 'CN=Anchor', ca: true });
const authority = certificate({ subject: 'C=KZ, CN=CA', issuer: 'CN=Anchor', ca: true });
const anchorCrl = crl({ issuer: 'CN=Anchor' });
const loaded = await loadPolicy('', path.resolve(import.meta.dirname, '../../../resources/policy/certification-path.json'));

function judge(leaf: ForgedCertificate, crls: readonly Uint8Array[], certs: readonly ForgedCertificate[] = [], at = AT): string {
  if (!loaded.ok) throw new Error('policy');
  const verdict = validatePath({
    certificate: leaf.facts,
    trust: { anchors: [anchor.der], certs: [authority, ...certs].map((item) => item.der), crls: [anchorCrl, ...crls], ocsp: [] },
    at,
    policy: loaded.value,
    requireRevocation: true,
    wanted: NO_POLICY_WANTED,
  });
  return verdict.reason ?? 'valid';
}

const KEY_COMPROMISE = 1;
const HOLD = 6;
const fullName = (...names: readonly Uint8Array[]) => der.explicit(0, der.raw(0xa0, ...names));
const relativeName = (pair: string) => {
  const rdn = rdnOf(pair);
  return der.explicit(0, der.implicit(1, rdn));
};
const flag = (n: number) => der.implicit(n, der.boolean(true));
const reasons = (tag: number, ...bits: readonly number[]) => der.implicit(tag, der.namedBits(bits));
const crlIssuer = (name: string) => der.raw(0xa2, directoryName(name));
const points = (...list: readonly (readonly Uint8Array[])[]) =>
  extensionOf('2.5.29.31', der.sequence(...list.map((members) => der.sequence(...members))));
const scope = (...members: readonly Uint8Array[]) => extensionOf('2.5.29.28', der.sequence(...members), true);
const INDIRECT = flag(4);

const SERIAL = 77;
const leafWith = (...extensions: readonly Uint8Array[]) =>
  certificate({ subject: 'CN=Leaf', issuer: 'C=KZ, CN=CA', serial: SERIAL, extensions });
const list = (extensions: readonly Uint8Array[] = [], entries: readonly ForgedEntry[] = [], more: object = {}) =>
  crl({ issuer: 'C=KZ, CN=CA', extensions, entries, ...more });
const plain = leafWith();
const revoked: ForgedEntry[] = [{ serial: SERIAL, reason: KEY_COMPROMISE }];

describe('a list speaks only of what it says it does', () => {
  it('of a number with its sign: 255 is not -1', () => {
    const numbered = (serial: number) => certificate({ subject: 'CN=Leaf', issuer: 'C=KZ, CN=CA', serial });
    const outcomes = [255, -1, -256].map((serial) => judge(numbered(serial), [list([], [{ serial: -1 }, { serial: -256 }])]));
    expect(outcomes).toEqual(['valid', 'revoked', 'revoked']);
    expect(judge(numbered(255), [list([], [{ serial: 255 }])])).toBe('revoked');
  });

  it('without a scope, of every certificate of its issuer', () => {
    expect([judge(plain, [list()]), judge(plain, [list([], revoked)]), judge(plain, [list([], [{ serial: SERIAL + 1 }])])]).toEqual([
      'valid',
      'revoked',
      'valid',
    ]);
  });

  const named = scope(fullName(uri('http://crl.kz/a.crl'), uri('http://crl.kz/b.crl')));
  it('of its distribution point', () => {
    expect(judge(leafWith(points([fullName(uri('http://crl.kz/b.crl'))])), [list([named])])).toBe('valid');
    expect(judge(leafWith(points([fullName(uri('http://crl.kz/c.crl'))])), [list([named])])).toBe('crl-other-scope');
    expect(judge(leafWith(points([fullName(uri('http://crl.kz/c.crl'))], [fullName(uri('http://crl.kz/a.crl'))])), [list([named])])).toBe(
      'valid',
    );
    expect(judge(plain, [list([named])])).toBe('crl-other-scope');
  });

  it('of a name relative to its issuer, written out or not', () => {
    const relative = points([relativeName('CN=Part 1')]);
    const written = points([fullName(directoryName('C=kz, CN=ca, CN=part 1'))]);
    const other = points([relativeName('CN=Part 2')]);
    const part = list([scope(relativeName('CN=Part 1'))]);
    expect([relative, written, other].map((point) => judge(leafWith(point), [part]))).toEqual(['valid', 'valid', 'crl-other-scope']);
  });

  it('of its issuer by name, where certificates name nothing', () => {
    expect(judge(plain, [list([scope(fullName(directoryName('C=KZ, CN=CA')))])])).toBe('valid');
    expect(judge(plain, [list([scope(fullName(directoryName('C=KZ, CN=CB')))])])).toBe('crl-other-scope');
  });

  it('of users or of authorities', () => {
    expect([
      judge(plain, [list([scope(flag(1))])]),
      judge(plain, [list([scope(flag(2))])]),
      judge(plain, [list([scope(flag(5))])]),
    ]).toEqual(['valid', 'crl-other-scope', 'crl-other-scope']);
  });
});

describe('lists for some reasons', () => {
  const compromise = (entries: readonly ForgedEntry[] = []) => list([scope(reasons(3, 1, 2))], entries);
  const others = (entries: readonly ForgedEntry[] = []) => list([scope(reasons(3, 3, 4, 5, 6, 7, 8))], entries);

  it('are enough together, not alone', () => {
    expect([judge(plain, [compromise(), others()]), judge(plain, [compromise()]), judge(plain, [others()])]).toEqual([
      'valid',
      'crl-some-reasons-only',
      'crl-some-reasons-only',
    ]);
  });

  it('each revokes by itself', () => {
    expect([judge(plain, [compromise(revoked)]), judge(plain, [compromise(), others([{ serial: SERIAL, reason: 4 }])])]).toEqual([
      'revoked',
      'revoked',
    ]);
  });

  it('the distribution point may be what narrows them', () => {
    const narrow = leafWith(points([fullName(uri('http://crl.kz/a.crl')), reasons(1, 1)]));
    const named = list([scope(fullName(uri('http://crl.kz/a.crl')))]);
    expect([judge(narrow, [named]), judge(narrow, [named, list()])]).toEqual(['crl-some-reasons-only', 'valid']);
  });
});

describe('a list by another issuer', () => {
  const delegate = certificate({
    subject: 'CN=Lists',
    issuer: 'CN=Anchor',
    extensions: [extensionOf('2.5.29.15', der.namedBits([6]), true)],
  });
  const delegated = leafWith(points([crlIssuer('CN=Lists')]));
  const indirect = (entries: readonly ForgedEntry[] = [], extensions = [scope(INDIRECT)]) =>
    crl({ issuer: 'CN=Lists', entries, extensions });
  const about = (issuer: string): ForgedEntry[] => [{ serial: SERIAL, reason: KEY_COMPROMISE, issuer }];

  it('counts where the certificate names it and it says it is one', () => {
    expect(judge(delegated, [indirect()], [delegate])).toBe('valid');
    expect(judge(delegated, [indirect([], [])], [delegate])).toBe('crl-other-scope');
    expect(judge(plain, [indirect()], [delegate])).toBe('revocation-unavailable');
    expect(judge(delegated, [indirect()])).toBe('crl-signature-invalid');
  });

  it('revokes a certificate of the issuer it names, and no other of that number', () => {
    expect(judge(delegated, [indirect(about('C=KZ, CN=CA'))], [delegate])).toBe('revoked');
    expect(judge(delegated, [indirect(about('C=KZ, CN=CB'))], [delegate])).toBe('valid');
    expect(judge(delegated, [indirect([{ serial: SERIAL }])], [delegate]), 'its own, until another is named').toBe('valid');
  });

  it('an issuer once named holds for the entries that follow', () => {
    const entries = (first: string, second: string) => [
      { serial: 1, issuer: first },
      { serial: 2 },
      { serial: 3, issuer: second },
      { serial: SERIAL },
    ];
    expect(judge(delegated, [indirect(entries('C=KZ, CN=CB', 'C=KZ, CN=CA'))], [delegate])).toBe('revoked');
    expect(judge(delegated, [indirect(entries('C=KZ, CN=CA', 'C=KZ, CN=CB'))], [delegate])).toBe('valid');
  });

  it('entries about others make a list that does not announce them unusable', () => {
    expect(judge(plain, [list([], [{ serial: 5, issuer: 'C=KZ, CN=CB' }])])).toBe('crl-critical-extension');
  });

  it('its own certificate may be revoked, which ends it', () => {
    const ended = crl({ issuer: 'CN=Anchor', entries: [{ serial: Number.parseInt(delegate.facts.serial, 16), reason: KEY_COMPROMISE }] });
    expect(judge(delegated, [indirect(), ended], [delegate])).toBe('crl-signature-invalid');
  });
});

describe('a delta', () => {
  const deltaOf = (base: number) => extensionOf('2.5.29.27', der.integer(base), true);
  const keyIdentifier = (octet: number) => extensionOf('2.5.29.35', der.sequence(der.implicit(0, der.octetString(Uint8Array.of(octet)))));

  it('revokes and frees what its base says otherwise', () => {
    const held: ForgedEntry[] = [{ serial: SERIAL, reason: HOLD }];
    expect(judge(plain, [list(), list([deltaOf(10)], revoked, { number: 11 })])).toBe('revoked');
    expect(judge(plain, [list([], held)])).toBe('certificate-hold');
    expect(judge(plain, [list([], held), list([deltaOf(10)], [{ serial: SERIAL, reason: 8 }], { number: 11 })])).toBe('valid');
  });

  it.each<[string, readonly Uint8Array[]]>([
    ['for a later base', [list(), list([deltaOf(11)], revoked, { number: 12 })]],
    ['older than the base', [list([], [], { number: 12 }), list([deltaOf(10)], revoked, { number: 11 })]],
    ['of another scope', [list(), list([deltaOf(10), scope(flag(1))], revoked, { number: 11 })]],
    ['of another key', [list([keyIdentifier(1)]), list([deltaOf(10), keyIdentifier(2)], revoked, { number: 11 })]],
  ])('%s is not used', (_, lists) => {
    expect(judge(plain, lists)).toBe('valid');
  });

  it('the latest of several counts, and none without a base', () => {
    const first = list([deltaOf(10)], [{ serial: SERIAL, reason: HOLD }], { number: 11 });
    const second = list([deltaOf(10)], [{ serial: SERIAL, reason: 8 }], { number: 12 });
    expect([judge(plain, [list(), first]), judge(plain, [list(), second, first]), judge(plain, [second])]).toEqual([
      'certificate-hold',
      'valid',
      'crl-delta-without-base',
    ]);
  });
});

describe('among lists that disagree', () => {
  const earlier = (entries: readonly ForgedEntry[]) => list([], entries, { from: '2026-10-20T00:00:00Z', number: 9 });

  it('a hold is what the latest has', () => {
    const held: ForgedEntry[] = [{ serial: SERIAL, reason: HOLD }];
    expect([judge(plain, [earlier(held), list()]), judge(plain, [earlier([]), list([], held)])]).toEqual(['valid', 'certificate-hold']);
  });

  it('what was revoked for good stays so', () => {
    expect(judge(plain, [earlier(revoked), list()])).toBe('revoked');
  });
});

describe('an expired certificate', () => {
  const expired = certificate({ subject: 'CN=Leaf', issuer: 'C=KZ, CN=CA', serial: SERIAL, to: '2026-10-01T00:00:00Z' });
  const keeping = (since: string) => extensionOf('2.5.29.60', der.generalizedTime(since));
  const known = (crls: readonly Uint8Array[]) => {
    if (!loaded.ok) throw new Error('policy');
    // Only what is said about revocation: that it has expired is said first otherwise.
    const policy = { ...loaded.value, checks: { ...loaded.value.checks, 'certificate.validity': 'ignore' as const } };
    const trust = { anchors: [anchor.der], certs: [authority.der], crls: [anchorCrl, ...crls], ocsp: [] };
    return validatePath({ certificate: expired.facts, trust, at: AT, policy, requireRevocation: true, wanted: NO_POLICY_WANTED }).reason;
  };

  it('may have been left out of a list, unless the list says how long it keeps them', () => {
    expect([known([list()]), known([list([keeping('2026-09-01T00:00:00Z')])]), known([list([keeping('2026-10-15T00:00:00Z')])])]).toEqual([
      'evidence-after-expiry',
      null,
      'evidence-after-expiry',
    ]);
    expect(known([list([], revoked)])).toBe('revoked');
  });
});
