import { createHash, createPrivateKey, sign, type KeyLike } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Certificate } from './openssl-pki.ts';
import { METHODS } from './xmlsec.ts';

/**
 * XML signatures written as text that is already canonical, so that tests can make what no library would and need no canonicalizer of their
 * own: elements are never self-closing, attributes are in order, nothing but `ds` is declared.
 */
export type ForgedReference = {
  readonly uri: string;
  /** The canonical form of what is covered. */
  readonly over: string;
  /** URIs, or whole Transform elements. */
  readonly transforms?: readonly string[];
  readonly method?: string;
  readonly hash?: string;
  readonly digestValue?: string;
};

export type ForgedSignature = {
  readonly signer: Certificate;
  readonly references: readonly ForgedReference[];
  readonly method?: string;
  readonly hash?: string;
  /** Members of the SignatureMethod element. */
  readonly methodParameters?: string;
  /** How the value is made; RSA PKCS#1 v1.5 with the hash otherwise. */
  readonly makeValue?: (signedInfo: Uint8Array) => Uint8Array;
  /** Children of KeyInfo; the signer's certificate otherwise. */
  readonly keyInfo?: string;
  /** Children after KeyInfo. */
  readonly objects?: string;
  readonly attributes?: string;
};

export const DS = 'http://www.w3.org/2000/09/xmldsig#';
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
export const privateKeyOf = (certificate: Certificate): KeyLike => createPrivateKey(readFileSync(certificate.key));

export const certificateInfo = (...certificates: readonly Uint8Array[]): string =>
  `<ds:X509Data>${certificates.map((der) => `<ds:X509Certificate>${base64(der)}</ds:X509Certificate>`).join('')}</ds:X509Data>`;

/** A whole ds:Signature. */
export function forgeXmlSignature(request: ForgedSignature): string {
  const references = request.references.map(({ uri, over, transforms = [METHODS.enveloped], method, hash, digestValue }) => {
    const chain = transforms.map((item) => (item.startsWith('<') ? item : `<ds:Transform Algorithm="${item}"></ds:Transform>`)).join('');
    const digest =
      digestValue ??
      base64(
        createHash(hash ?? 'sha256')
          .update(over)
          .digest(),
      );
    return `<ds:Reference URI="${uri}"><ds:Transforms>${chain}</ds:Transforms><ds:DigestMethod Algorithm="${method ?? METHODS.sha256}"></ds:DigestMethod><ds:DigestValue>${digest}</ds:DigestValue></ds:Reference>`;
  });
  const signedInfo = [
    `<ds:SignedInfo xmlns:ds="${DS}"><ds:CanonicalizationMethod Algorithm="${METHODS.c14n}"></ds:CanonicalizationMethod>`,
    `<ds:SignatureMethod Algorithm="${request.method ?? METHODS.rsaSha256}">${request.methodParameters ?? ''}</ds:SignatureMethod>`,
    ...references,
    '</ds:SignedInfo>',
  ].join('');
  const make = request.makeValue ?? ((octets) => sign(request.hash ?? 'sha256', octets, privateKeyOf(request.signer)));
  return [
    `<ds:Signature xmlns:ds="${DS}"${request.attributes ? ` ${request.attributes}` : ''}>${signedInfo}`,
    `<ds:SignatureValue>${base64(make(Buffer.from(signedInfo)))}</ds:SignatureValue>`,
    `<ds:KeyInfo>${request.keyInfo ?? certificateInfo(request.signer.der)}</ds:KeyInfo>${request.objects ?? ''}</ds:Signature>`,
  ].join('');
}

/** `<name>…</name>` with an enveloped signature over the whole document at its end. */
export function forgeEnveloped(signer: Certificate, body: string, more: Partial<ForgedSignature> = {}): string {
  const signature = forgeXmlSignature({ signer, references: [{ uri: '', over: `<doc>${body}</doc>` }], ...more });
  return `<doc>${body}${signature}</doc>`;
}
