import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { newPath, writeTemporary, type Certificate } from './openssl-pki.ts';

/** xmlsec1 and xmllint as the foreign makers and judges of XML signatures and canonical forms. */
export const hasXmlTools = spawnSync('xmlsec1', ['--version']).status === 0 && spawnSync('xmllint', ['--version']).status === 0;

export const METHODS = {
  c14n: 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315',
  c14nComments: 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments',
  c14n11: 'http://www.w3.org/2006/12/xml-c14n11',
  exclusive: 'http://www.w3.org/2001/10/xml-exc-c14n#',
  exclusiveComments: 'http://www.w3.org/2001/10/xml-exc-c14n#WithComments',
  enveloped: 'http://www.w3.org/2000/09/xmldsig#enveloped-signature',
  rsaSha1: 'http://www.w3.org/2000/09/xmldsig#rsa-sha1',
  rsaSha256: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
  rsaSha384: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha384',
  rsaSha512: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512',
  pssSha256: 'http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1',
  ecdsaSha256: 'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256',
  ecdsaSha384: 'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384',
  ecdsaSha512: 'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512',
  hmacSha256: 'http://www.w3.org/2001/04/xmldsig-more#hmac-sha256',
  sha1: 'http://www.w3.org/2000/09/xmldsig#sha1',
  sha256: 'http://www.w3.org/2001/04/xmlenc#sha256',
  sha512: 'http://www.w3.org/2001/04/xmlenc#sha512',
  xpath: 'http://www.w3.org/TR/1999/REC-xpath-19991116',
  xslt: 'http://www.w3.org/TR/1999/REC-xslt-19991116',
} as const;

export type ReferenceTemplate = {
  readonly uri?: string;
  /** URIs, or whole Transform elements; enveloped-signature and inclusive c14n with comments, as NCALayer writes them, unless given. */
  readonly transforms?: readonly string[];
  readonly digest?: string;
};

export type SignatureTemplate = {
  readonly canonicalization?: string;
  readonly method?: string;
  readonly references?: readonly ReferenceTemplate[];
  /** Children of KeyInfo. */
  readonly keyInfo?: string;
  /** Objects after KeyInfo. */
  readonly objects?: string;
  /** Attributes of the Signature element. */
  readonly attributes?: string;
};

const empty = (name: string, uri: string): string => (uri.startsWith('<') ? uri : `<ds:${name} Algorithm="${uri}"/>`);

/** A ds:Signature without digests and value. */
export function signatureTemplate(template: SignatureTemplate = {}): string {
  const references = (template.references ?? [{}]).map(({ uri = '', transforms = [METHODS.enveloped, METHODS.c14nComments], digest }) => {
    const chain =
      transforms.length > 0 ? `<ds:Transforms>${transforms.map((item) => empty('Transform', item)).join('')}</ds:Transforms>` : '';
    return `<ds:Reference URI="${uri}">${chain}${empty('DigestMethod', digest ?? METHODS.sha256)}<ds:DigestValue></ds:DigestValue></ds:Reference>`;
  });
  return [
    `<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"${template.attributes ? ` ${template.attributes}` : ''}>\n<ds:SignedInfo>`,
    empty('CanonicalizationMethod', template.canonicalization ?? METHODS.c14n),
    empty('SignatureMethod', template.method ?? METHODS.rsaSha256),
    ...references,
    `</ds:SignedInfo>\n<ds:SignatureValue></ds:SignatureValue><ds:KeyInfo>${template.keyInfo ?? '<ds:X509Data/>'}</ds:KeyInfo>`,
    `${template.objects ?? ''}</ds:Signature>`,
  ].join('');
}

export type SigningOptions = {
  readonly signer: Certificate;
  readonly chain?: readonly Certificate[];
  /** Elements whose attribute of this name is an identifier, e.g. `['Id', 'part']`. */
  readonly ids?: readonly (readonly [attribute: string, element: string])[];
  readonly encoding?: 'utf8' | 'utf16le';
  /** Which signature to fill in, when there are several. */
  readonly position?: number;
};

/** Fills in an empty signature of a document by xmlsec1. */
export function signXml(document: string, { signer, chain = [], ids = [], encoding = 'utf8', position = 1 }: SigningOptions): Buffer {
  const out = newPath('signed.xml');
  const bytes = Buffer.from(encoding === 'utf8' ? document : `\uFEFF${document}`, encoding);
  execFileSync(
    'xmlsec1',
    [
      ...['--sign', '--output', out, '--node-xpath', `(//*[local-name()='Signature'])[${position}]`],
      ...ids.flatMap(([attribute, element]) => [`--id-attr:${attribute}`, element]),
      ...['--privkey-pem', [signer.key, signer.pem, ...chain.map(({ pem }) => pem)].join(',')],
      writeTemporary('template.xml', bytes),
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  return readFileSync(out);
}

/** Whether xmlsec1 accepts a signature with this authority, at the real time. */
export function xmlsecAccepts(xml: Uint8Array, authority: Certificate, { ids = [], position = 1 }: Partial<SigningOptions> = {}): boolean {
  const { status } = spawnSync('xmlsec1', [
    ...['--verify', '--trusted-pem', authority.pem, '--node-xpath', `(//*[local-name()='Signature'])[${position}]`],
    ...ids.flatMap(([attribute, element]) => [`--id-attr:${attribute}`, element]),
    writeTemporary('signed.xml', xml),
  ]);
  return status === 0;
}

/** The canonical form of a whole document with its comments; null when xmllint refuses the document. */
export function canonicalByXmllint(xml: Uint8Array | string, form: '1.0' | '1.1' | 'exclusive'): Buffer | null {
  const flag = { '1.0': '--c14n', '1.1': '--c14n11', exclusive: '--exc-c14n' }[form];
  const { status, stdout } = spawnSync('xmllint', [flag, '--nonet', '-'], { input: xml, maxBuffer: 64 * 1024 * 1024 });
  return status === 0 ? stdout : null;
}
