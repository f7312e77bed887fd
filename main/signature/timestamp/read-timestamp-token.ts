import {
  attempt,
  childrenOf,
  contentOf,
  DerFault,
  explicit,
  Members,
  readInteger,
  readOid,
  readSmallInteger,
  readTime,
  readWhole,
  TAG,
} from '../../asn1/index.ts';
import { hashName } from '../algorithms/hash.ts';
import { readSignedData, type SignedData } from '../formats/read-signed-data.ts';

/** A timestamp token (RFC 3161 §2.4.2) as it stands in its bytes; nothing here is verified. */
export type TimestampToken = {
  readonly message: SignedData;
  /** Object identifier of the policy it was made under. */
  readonly policy: string;
  readonly imprint: { /** Name of the hash as in hash.ts. */ readonly hash: string; readonly digest: Uint8Array };
  /** Milliseconds since 1970. */
  readonly time: number;
  /** The number of the request it answers; null when it names none. */
  readonly nonce: bigint | null;
};

const TST_INFO = '1.2.840.113549.1.9.16.1.4';
const MAX_OCTETS = 1024 * 1024;

/** Reads the SignedData of a token; null when it is not one, or not well formed. */
export function readTimestampToken(bytes: Uint8Array): TimestampToken | null {
  if (bytes.length > MAX_OCTETS) return null;
  const message = readSignedData(bytes);
  if (message === null || message.contentType !== TST_INFO || message.trailing.length > 0) return null;
  const { content } = message;
  return content && attempt(() => ({ message, ...readInfo(content) }));
}

function readInfo(content: Uint8Array): Omit<TimestampToken, 'message'> {
  const members = new Members(readWhole(content));
  if (readSmallInteger(members.next(TAG.integer)) !== 1) throw new DerFault('version');
  const policy = readOid(members.next());
  const imprint = new Members(members.next());
  const hash = hashName(readOid(new Members(imprint.next()).next()));
  const digest = contentOf(imprint.next(TAG.octetString));
  imprint.done();
  members.next(TAG.integer);
  const time = readTime(members.next(TAG.generalizedTime));
  members.optional(TAG.sequence);
  members.optional(TAG.boolean);
  const nonce = members.optional(TAG.integer);
  members.optional(explicit(0));
  const extensions = members.optional(explicit(1));
  members.done();
  // No extension of a token is known here, so one that must be understood makes it unreadable.
  if (extensions && childrenOf(extensions).some((item) => childrenOf(item)[1]?.tag === TAG.boolean))
    throw new DerFault('critical extension');
  return { policy, imprint: { hash, digest }, time, nonce: nonce && readInteger(nonce) };
}
