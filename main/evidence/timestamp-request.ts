import { attempt, childrenOf, der, encodingOf, Members, readSmallInteger, readWhole, surveyEncoding, TAG } from '../asn1/index.ts';

const SHA_256 = '2.16.840.1.101.3.4.2.1';
/** PKIStatus (RFC 3161 §2.4.2): granted, granted with modifications. */
const GRANTED = [0, 1];

/**
 * A TimeStampReq (RFC 3161 §2.4.1) that asks for the certificate of the authority too: a digest and a number leave this machine, nothing else.
 * @param nonce octets nobody can foresee.
 * @param policy object identifier the token must be made under; null leaves it to the authority.
 */
export function buildTimestampRequest(sha256: Uint8Array, nonce: Uint8Array, policy: string | null): Uint8Array {
  return der.sequence(
    der.integer(1),
    der.sequence(der.sequence(der.oid(SHA_256), der.nullValue()), der.octetString(sha256)),
    ...(policy === null ? [] : [der.oid(policy)]),
    der.integer(nonce),
    der.boolean(true),
  );
}

/** The token of a TimeStampResp, its own bytes; `refused` when the authority gave none, null when it is no such answer. */
export function readTimestampAnswer(bytes: Uint8Array): Uint8Array | 'refused' | null {
  const survey = surveyEncoding(bytes);
  if (survey?.end !== bytes.length) return null;
  return attempt(() => {
    const members = new Members(readWhole(bytes, TAG.sequence));
    const [status] = childrenOf(members.next(TAG.sequence));
    const token = members.optional(TAG.sequence);
    members.done();
    if (status === undefined || !GRANTED.includes(readSmallInteger(status))) return 'refused';
    return token ? encodingOf(token) : null;
  });
}
