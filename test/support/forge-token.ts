import { createHash } from 'node:crypto';
import { der } from '../../main/asn1/index.ts';
import { contentTypeAttribute, digestAttribute, forgeSignedData, OIDS, signingCertificateAttribute } from './forge-signed-data.ts';
import { AT, type Certificate } from './openssl-pki.ts';

const TST_INFO = '1.2.840.113549.1.9.16.1.4';

export type TokenForgery = {
  /** Without the attribute that names its maker. */
  readonly unnamed?: boolean;
  readonly time?: string;
};

/** A timestamp token no timestamping program would make. */
export function forgeToken(signer: Certificate, over: Uint8Array, { unnamed = false, time = AT }: TokenForgery = {}): Uint8Array {
  const imprint = createHash('sha256').update(over).digest();
  const content = der.sequence(
    der.integer(1),
    der.oid('1.2.398.3.3.2.6.2'),
    der.sequence(der.sequence(der.oid(OIDS.sha256)), der.octetString(imprint)),
    der.integer(7),
    der.generalizedTime(time),
  );
  const attributes = [
    contentTypeAttribute(TST_INFO),
    digestAttribute(content),
    ...(unnamed ? [] : [signingCertificateAttribute(signer.der)]),
  ];
  return forgeSignedData({ signer, content, attached: true, contentType: TST_INFO, version: 3, attributes });
}
