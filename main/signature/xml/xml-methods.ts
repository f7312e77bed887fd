import type { SignatureScheme } from '../algorithms/signature-scheme.ts';
import type { CanonicalForm } from './canonicalize.ts';

export const XMLDSIG = 'http://www.w3.org/2000/09/xmldsig#';
/** XAdES as of TS 101 903 v1.3.2 and EN 319 132-1. */
export const XADES = 'http://uri.etsi.org/01903/v1.3.2#';
export const ENVELOPED_SIGNATURE = `${XMLDSIG}enveloped-signature`;
export const EXCLUSIVE = 'http://www.w3.org/2001/10/xml-exc-c14n#';

const MORE = 'http://www.w3.org/2001/04/xmldsig-more#';
const MORE_2007 = 'http://www.w3.org/2007/05/xmldsig-more#';
const ENCRYPTION = 'http://www.w3.org/2001/04/xmlenc#';
/** The National CA's own identifiers, 2015 standards. */
const KAZAKH = 'urn:ietf:params:xml:ns:pkigovkz:xmlsec:algorithms:';
const RUSSIAN = 'urn:ietf:params:xml:ns:cpxmlsec:algorithms:';

const SIZES = ['SHA-224', 'SHA-256', 'SHA-384', 'SHA-512'] as const;
const sized = (entry: (hash: (typeof SIZES)[number], bits: string) => [string, SignatureScheme]): Record<string, SignatureScheme> =>
  Object.fromEntries(SIZES.map((hash) => entry(hash, hash.slice(4))));

/** Signature methods by URI (RFC 9231 §2.3; the National CA's xmldsig library). Hashes are names as in hash.ts. */
const SCHEMES: Readonly<Record<string, SignatureScheme>> = {
  [`${XMLDSIG}rsa-sha1`]: { family: 'RSA', hash: 'SHA-1' },
  [`${MORE}rsa-sha1`]: { family: 'RSA', hash: 'SHA-1' },
  [`${MORE}rsa-md5`]: { family: 'RSA', hash: 'MD5' },
  ...sized((hash, bits) => [`${MORE}rsa-sha${bits}`, { family: 'RSA', hash }]),
  ...sized((hash, bits) => [`${MORE_2007}sha${bits}-rsa-MGF1`, { family: 'RSA-PSS', hash, maskHash: hash, saltLength: Number(bits) / 8 }]),
  [`${MORE}ecdsa-sha1`]: { family: 'ECDSA', hash: 'SHA-1' },
  ...sized((hash, bits) => [`${MORE}ecdsa-sha${bits}`, { family: 'ECDSA', hash }]),
  [`${KAZAKH}gostr34102015-gostr34112015-512`]: { family: 'GOST', name: 'GOST3410-2015-512' },
  [`${KAZAKH}gostr34102015-gostr34112015-256`]: { family: 'GOST', name: 'GOST3410-2015-256' },
  [`${MORE}gost34310-gost34311`]: { family: 'GOST', name: 'GOST34310-2004' },
  [`${RUSSIAN}gostr34102012-gostr34112012-256`]: { family: 'GOST', name: 'GOST3410-2012-256' },
  [`${RUSSIAN}gostr34102012-gostr34112012-512`]: { family: 'GOST', name: 'GOST3410-2012-512' },
};

const HASHES: Readonly<Record<string, string>> = {
  [`${XMLDSIG}sha1`]: 'SHA-1',
  [`${MORE}sha1`]: 'SHA-1',
  [`${MORE}md5`]: 'MD5',
  [`${MORE}sha224`]: 'SHA-224',
  [`${ENCRYPTION}sha256`]: 'SHA-256',
  [`${MORE}sha384`]: 'SHA-384',
  [`${ENCRYPTION}sha512`]: 'SHA-512',
  [`${KAZAKH}gostr34112015-512`]: 'STREEBOG-512',
  [`${KAZAKH}gostr34112015-256`]: 'STREEBOG-256',
  [`${MORE}gost34311`]: 'GOST34311',
  [`${RUSSIAN}gostr34112012-256`]: 'STREEBOG-256',
  [`${RUSSIAN}gostr34112012-512`]: 'STREEBOG-512',
};

const FORMS: Readonly<Record<string, Omit<CanonicalForm, 'inclusivePrefixes'>>> = {
  'http://www.w3.org/TR/2001/REC-xml-c14n-20010315': { method: '1.0', comments: false },
  'http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments': { method: '1.0', comments: true },
  'http://www.w3.org/2006/12/xml-c14n11': { method: '1.1', comments: false },
  'http://www.w3.org/2006/12/xml-c14n11#WithComments': { method: '1.1', comments: true },
  [EXCLUSIVE]: { method: 'exclusive', comments: false },
  [`${EXCLUSIVE}WithComments`]: { method: 'exclusive', comments: true },
};

/** A MAC is made with a shared secret: its "key" could be the very public key of a certificate. */
export const isMac = (uri: string): boolean => /hmac/i.test(uri);

export const schemeOf = (uri: string): SignatureScheme => lookUp(SCHEMES, uri) ?? { family: 'unknown', oid: uri.slice(0, MAX_SHOWN) };
/** An unknown identifier is shown in the report, not everything somebody may write there. */
const MAX_SHOWN = 200;

/** Name of the hash, or the URI itself when it is not known. */
export const hashOf = (uri: string): string => lookUp(HASHES, uri) ?? uri;

export const canonicalFormOf = (uri: string): Omit<CanonicalForm, 'inclusivePrefixes'> | null => lookUp(FORMS, uri) ?? null;

const lookUp = <T>(table: Readonly<Record<string, T>>, key: string): T | undefined => (Object.hasOwn(table, key) ? table[key] : undefined);
