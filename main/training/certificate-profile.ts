import { der } from '../asn1/index.ts';

/** Attributes in the order they stand in the certificate. */
export type DistinguishedName = readonly (readonly [oid: string, value: string])[];

export const NAME = {
  commonName: '2.5.4.3',
  surname: '2.5.4.4',
  serialNumber: '2.5.4.5',
  country: '2.5.4.6',
  organisation: '2.5.4.10',
  organisationalUnit: '2.5.4.11',
  /** The profile keeps the patronymic here. */
  givenName: '2.5.4.42',
  userId: '0.9.2342.19200300.100.1.1',
} as const;

const PRINTABLE: readonly string[] = [NAME.serialNumber, NAME.country];

export const distinguishedName = (name: DistinguishedName) =>
  der.sequence(
    ...name.map(([type, value]) =>
      der.set(der.sequence(der.oid(type), PRINTABLE.includes(type) ? der.printableString(value) : der.utf8String(value))),
    ),
  );

const EMAIL_PROTECTION = '1.3.6.1.5.5.7.3.4';

/** Roles of the Kazakh profile as extended key usages. An information system has no e-mail protection among its uses. */
export const ROLE = {
  individual: [EMAIL_PROTECTION, '1.2.398.3.3.4.1.1'],
  organisationHead: [EMAIL_PROTECTION, '1.2.398.3.3.4.1.2', '1.2.398.3.3.4.1.2.1'],
  organisationSigner: [EMAIL_PROTECTION, '1.2.398.3.3.4.1.2', '1.2.398.3.3.4.1.2.2'],
  organisationEmployee: [EMAIL_PROTECTION, '1.2.398.3.3.4.1.2', '1.2.398.3.3.4.1.2.5'],
  informationSystem: ['1.2.398.3.3.4.1.2', '1.2.398.3.3.4.1.2.6'],
} as const;

const SIGNING_POLICY = '1.2.398.3.3.2';

/** The discard port of this very machine: whatever a verifier fetches, nothing outside is ever asked and no answer comes. */
const NOWHERE = 'http://127.0.0.1:9';

/** How a relying party learns of revocation: a CRL, or nothing but an OCSP address. */
export type Revocation = { readonly kind: 'crl'; readonly issuer: 'root' | 'issuing' } | { readonly kind: 'ocsp' };

const extension = (oid: string, critical: boolean, value: Uint8Array) =>
  der.sequence(der.oid(oid), ...(critical ? [der.boolean(true)] : []), der.octetString(value));

const uri = (address: string) => der.implicit(6, der.ia5String(address));
const accessDescription = (method: string, address: string) => der.sequence(der.oid(method), uri(address));

const subjectKeyIdentifier = (id: Uint8Array) => extension('2.5.29.14', false, der.octetString(id));
export const authorityKeyIdentifier = (id: Uint8Array) => extension('2.5.29.35', false, der.sequence(der.implicit(0, der.octetString(id))));
export const crlNumber = (value: number) => extension('2.5.29.20', false, der.integer(value));
const keyUsage = (...bits: number[]) => extension('2.5.29.15', true, der.namedBits(bits));
const [DIGITAL_SIGNATURE, NON_REPUDIATION, KEY_CERT_SIGN, CRL_SIGN] = [0, 1, 5, 6];

const basicConstraints = (pathLength: number | null) =>
  extension('2.5.29.19', true, der.sequence(der.boolean(true), ...(pathLength === null ? [] : [der.integer(pathLength)])));

const certificatePolicies = () =>
  extension(
    '2.5.29.32',
    false,
    der.sequence(
      der.sequence(der.oid(SIGNING_POLICY), der.sequence(der.sequence(der.oid('1.3.6.1.5.5.7.2.1'), der.ia5String(`${NOWHERE}/cps`)))),
    ),
  );

function revocationExtensions(revocation: Revocation): Uint8Array[] {
  const informationAccess = (...descriptions: Uint8Array[]) => extension('1.3.6.1.5.5.7.1.1', false, der.sequence(...descriptions));
  if (revocation.kind === 'ocsp') return [informationAccess(accessDescription('1.3.6.1.5.5.7.48.1', `${NOWHERE}/ocsp`))];
  const point = der.sequence(der.explicit(0, der.explicit(0, uri(`${NOWHERE}/${revocation.issuer}.crl`))));
  return [
    extension('2.5.29.31', false, der.sequence(point)),
    informationAccess(accessDescription('1.3.6.1.5.5.7.48.2', `${NOWHERE}/${revocation.issuer}.crt`)),
  ];
}

/** An authority. The root carries no revocation address: it is the anchor. */
export function authorityExtensions(input: { keyId: Uint8Array; issuerKeyId: Uint8Array; root: boolean }): Uint8Array[] {
  return [
    basicConstraints(input.root ? null : 0),
    keyUsage(KEY_CERT_SIGN, CRL_SIGN),
    subjectKeyIdentifier(input.keyId),
    authorityKeyIdentifier(input.issuerKeyId),
    ...(input.root ? [] : [certificatePolicies(), ...revocationExtensions({ kind: 'crl', issuer: 'root' })]),
  ];
}

/** A signing certificate of a person or of an information system. */
export function signingExtensions(input: {
  keyId: Uint8Array;
  issuerKeyId: Uint8Array;
  extendedKeyUsages: readonly string[];
  revocation: Revocation;
}): Uint8Array[] {
  return [
    keyUsage(DIGITAL_SIGNATURE, NON_REPUDIATION),
    extension('2.5.29.37', false, der.sequence(...input.extendedKeyUsages.map(der.oid))),
    certificatePolicies(),
    subjectKeyIdentifier(input.keyId),
    authorityKeyIdentifier(input.issuerKeyId),
    ...revocationExtensions(input.revocation),
  ];
}
