import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { der } from '../../main/asn1/index.ts';
import { readCertificate, type CertificateFacts } from '../../main/signature/index.ts';

/** Certificates and CRLs by node:crypto with whatever extensions a test wants; what OpenSSL's command line cannot write. */

type Key = { readonly privateKey: KeyObject; readonly spki: Uint8Array };
const keys = new Map<string, Key>();

/** The same name gives the same key. */
export function keyNamed(name: string): Key {
  let key = keys.get(name);
  if (key === undefined) {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    key = { privateKey, spki: new Uint8Array(publicKey.export({ format: 'der', type: 'spki' })) };
    keys.set(name, key);
  }
  return key;
}

const ECDSA = der.sequence(der.oid('1.2.840.10045.4.3.2'));
const ATTRIBUTES: Readonly<Record<string, string>> = { CN: '2.5.4.3', O: '2.5.4.10', C: '2.5.4.6', E: '1.2.840.113549.1.9.1' };

/** `C=KZ, O=Court, CN=X`: most general part first. */
export function nameOf(text: string): Uint8Array {
  return der.sequence(...text.split(', ').filter(Boolean).map(rdnOf));
}

export function rdnOf(pair: string): Uint8Array {
  const [type, value] = pair.split('=') as [string, string];
  return der.set(der.sequence(der.oid(ATTRIBUTES[type]!), type === 'E' ? der.ia5String(value) : der.utf8String(value)));
}

export const extensionOf = (oid: string, value: Uint8Array, critical = false): Uint8Array =>
  der.sequence(der.oid(oid), ...(critical ? [der.boolean(true)] : []), der.octetString(value));

const CA = [extensionOf('2.5.29.19', der.sequence(der.boolean(true)), true), extensionOf('2.5.29.15', der.namedBits([5, 6]), true)];

export type ForgedCertificate = { readonly der: Uint8Array; readonly facts: CertificateFacts; readonly key: Key; readonly name: string };

let serial = 1;

/** Signed with the key named after its issuer; its own key is named after itself unless told otherwise. */
export function certificate(input: {
  subject: string;
  issuer: string;
  ca?: boolean;
  key?: string;
  issuerKey?: string;
  serial?: number;
  extensions?: readonly Uint8Array[];
  to?: string;
}): ForgedCertificate {
  const key = keyNamed(input.key ?? input.subject);
  const extensions = [...(input.ca ? CA : []), ...(input.extensions ?? [])];
  const tbs = der.sequence(
    der.explicit(0, der.integer(2)),
    der.integer(input.serial ?? ++serial),
    ECDSA,
    nameOf(input.issuer),
    der.sequence(der.time('2020-01-01T00:00:00Z'), der.time(input.to ?? '2045-01-01T00:00:00Z')),
    nameOf(input.subject),
    key.spki,
    ...(extensions.length > 0 ? [der.explicit(3, der.sequence(...extensions))] : []),
  );
  const bytes = der.sequence(tbs, ECDSA, der.bitString(sign('sha256', tbs, keyNamed(input.issuerKey ?? input.issuer).privateKey)));
  const facts = readCertificate(bytes);
  if (facts === null) throw new Error('forged certificate is not one');
  return { der: bytes, facts, key, name: input.subject };
}

export type ForgedEntry = {
  readonly serial: number;
  readonly reason?: number;
  /** Names the issuer this entry and those after it are about. */
  readonly issuer?: string;
};

/** CRLs between two instants, by the key named after the issuer unless told otherwise. */
export function crl(input: {
  issuer: string;
  key?: string;
  entries?: readonly ForgedEntry[];
  extensions?: readonly Uint8Array[];
  number?: number;
  from?: string;
  to?: string;
}): Uint8Array {
  const entries = (input.entries ?? []).map(({ serial, reason, issuer }) => {
    const extensions = [
      ...(reason === undefined ? [] : [extensionOf('2.5.29.21', der.enumerated(reason))]),
      ...(issuer === undefined ? [] : [extensionOf('2.5.29.29', der.sequence(directoryName(issuer)), true)]),
    ];
    return der.sequence(
      der.integer(serial),
      der.time('2026-01-02T00:00:00Z'),
      ...(extensions.length > 0 ? [der.sequence(...extensions)] : []),
    );
  });
  const extensions = [extensionOf('2.5.29.20', der.integer(input.number ?? 10)), ...(input.extensions ?? [])];
  const tbs = der.sequence(
    der.integer(1),
    ECDSA,
    nameOf(input.issuer),
    der.time(input.from ?? '2026-11-01T00:00:00Z'),
    der.time(input.to ?? '2026-12-01T00:00:00Z'),
    ...(entries.length > 0 ? [der.sequence(...entries)] : []),
    der.explicit(0, der.sequence(...extensions)),
  );
  return der.sequence(tbs, ECDSA, der.bitString(sign('sha256', tbs, keyNamed(input.key ?? input.issuer).privateKey)));
}

export const directoryName = (name: string): Uint8Array => der.explicit(4, nameOf(name));
export const uri = (text: string): Uint8Array => der.implicit(6, der.ia5String(text));
export const dns = (text: string): Uint8Array => der.implicit(2, der.ia5String(text));
export const mail = (text: string): Uint8Array => der.implicit(1, der.ia5String(text));
export const address = (...octets: readonly number[]): Uint8Array => der.implicit(7, der.octetString(Uint8Array.from(octets)));

export const alternativeNames = (...names: readonly Uint8Array[]): Uint8Array => extensionOf('2.5.29.17', der.sequence(...names));

export type Subtrees = { permitted?: readonly Uint8Array[]; excluded?: readonly Uint8Array[]; minimum?: number };

export function nameConstraints({ permitted, excluded, minimum }: Subtrees): Uint8Array {
  const subtrees = (tag: number, bases: readonly Uint8Array[] | undefined) =>
    bases === undefined
      ? []
      : [
          der.raw(
            0xa0 | tag,
            ...bases.map((base) => der.sequence(base, ...(minimum === undefined ? [] : [der.implicit(0, der.integer(minimum))]))),
          ),
        ];
  return extensionOf('2.5.29.30', der.sequence(...subtrees(0, permitted), ...subtrees(1, excluded)), true);
}

/** `p.1` is a test policy, `any` the one that matches all. */
export const policyOid = (name: string): string => (name === 'any' ? '2.5.29.32.0' : name.replace('p.', '1.3.6.1.4.1.99999.'));
export const policies = (...names: readonly string[]): Uint8Array =>
  extensionOf('2.5.29.32', der.sequence(...names.map((name) => der.sequence(der.oid(policyOid(name))))));
export const mappings = (...pairs: readonly (readonly [string, string])[]): Uint8Array =>
  extensionOf('2.5.29.33', der.sequence(...pairs.map((pair) => der.sequence(...pair.map((name) => der.oid(policyOid(name)))))), true);
export const policyConstraints = (limits: { explicit?: number; mapping?: number }): Uint8Array =>
  extensionOf(
    '2.5.29.36',
    der.sequence(
      ...(limits.explicit === undefined ? [] : [der.implicit(0, der.integer(limits.explicit))]),
      ...(limits.mapping === undefined ? [] : [der.implicit(1, der.integer(limits.mapping))]),
    ),
    true,
  );
export const inhibitAnyPolicy = (after: number): Uint8Array => extensionOf('2.5.29.54', der.integer(after), true);

/** The certificates of a path as the checks take them: extensions from the authority below the anchor down to the leaf. */
export function pathOf(...levels: readonly (readonly Uint8Array[])[]): CertificateFacts[] {
  const names = ['CN=Anchor', ...levels.map((_, i) => (i === levels.length - 1 ? 'CN=Leaf' : `CN=Authority ${i + 1}`))];
  const anchor = certificate({ subject: 'CN=Anchor', issuer: 'CN=Anchor', ca: true });
  const below = levels.map(
    (extensions, i) =>
      certificate({ subject: names[i + 1]!, issuer: names[i]!, ca: i < levels.length - 1, key: 'shared', issuerKey: 'shared', extensions })
        .facts,
  );
  return [...below.reverse(), anchor.facts];
}
