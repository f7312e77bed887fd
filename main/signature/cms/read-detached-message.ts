import { admitEncoding, sameBytes } from '../../asn1/index.ts';
import { digestOf } from '../algorithms/hash.ts';
import { verifyValue } from '../algorithms/verify-value.ts';
import { readCertificate } from '../certificates/read-certificate.ts';
import { removeArmour } from '../formats/armour.ts';
import { readSignedAttributes } from '../formats/read-signed-attributes.ts';
import { readSignedData } from '../formats/read-signed-data.ts';

/** A detached CMS message by one signer, in DER, and the certificate whose key made its value. */
export type DetachedMessage = { readonly cms: Uint8Array; readonly certificate: Uint8Array };

/** What is wrong with a message that somebody else made over our content. */
export type MessageFault = 'malformed' | 'attached' | 'signers' | 'attributes' | 'content' | 'certificate' | 'value';

/**
 * Takes a message that another program made over `content`: DER or BER, bare, base64 or PEM. Only one that fits is answered: one signer with signed
 * attributes, no content inside, the digest of this content, and a certificate inside that verifies the value. Whom to trust is not asked.
 */
export function readDetachedMessage(
  answer: Uint8Array,
  content: Uint8Array,
): { readonly ok: true; readonly message: DetachedMessage } | { readonly ok: false; readonly fault: MessageFault } {
  const bytes = answer[0] === 0x30 ? answer : removeArmour(answer);
  const admitted = bytes && admitEncoding(bytes);
  const message = admitted && readSignedData(admitted.der);
  const wrong = (fault: MessageFault) => ({ ok: false, fault }) as const;
  if (!message || admitted.trailing.length > 0) return wrong('malformed');
  if (message.content !== null) return wrong('attached');
  const [signer, ...others] = message.signers;
  if (!signer || others.length > 0) return wrong('signers');
  const attributes = signer.signedAttributes && readSignedAttributes(signer.signedAttributes);
  if (!attributes || !signer.signedEncoding || attributes.faults.length > 0) return wrong('attributes');
  const digest = digestOf(signer.digest.name, content);
  if (!digest || !attributes.messageDigest || !sameBytes(digest, attributes.messageDigest)) return wrong('content');
  const { identifier, signature } = signer;
  const fitting = message.certificates.flatMap((der) => {
    const facts = readCertificate(der);
    const named =
      identifier.kind === 'issuer-serial'
        ? facts?.serial === identifier.serial && sameBytes(facts.issuer.raw, identifier.issuer)
        : facts?.subjectKeyIdentifier === identifier.keyIdentifier;
    return facts && named ? [facts] : [];
  });
  if (fitting.length === 0) return wrong('certificate');
  for (const { key, der } of fitting.slice(0, MOST_TRIED)) {
    if (verifyValue(signature.scheme, key, signer.signedEncoding, signature.value) === 'valid')
      return { ok: true, message: { cms: admitted.der, certificate: der } };
  }
  return wrong('value');
}

/** Certificates of one name and number that are tried; an honest message has one. */
const MOST_TRIED = 4;
