import { checkTimestamp, readTimestampToken, type Policy, type TrustMaterial } from '../signature/index.ts';
import { sameBytes } from '../asn1/index.ts';
import { admitAddress, type AllowedHost } from './allowed-hosts.ts';
import { exchange, type ExchangeFault } from './exchange.ts';
import { createHostRests } from './host-rests.ts';
import { buildTimestampRequest, readTimestampAnswer } from './timestamp-request.ts';

/** Why a timestamp could not be had; `not-trusted` when the token does not stand up to the verifier. */
export type TimestampFault =
  | ExchangeFault
  | 'address-unusable'
  | 'host-not-allowed'
  | 'malformed'
  | 'refused'
  | 'nonce-differs'
  | 'imprint-differs'
  | 'policy-differs'
  | 'not-trusted';

export type Timestamped = { readonly ok: true; readonly token: Uint8Array } | { readonly ok: false; readonly fault: TimestampFault };

/** Asks a timestamp authority (RFC 3161 over HTTP). */
export type TimestampClient = {
  /** A TimeStampToken over the digest that was verified against the trust of this place. */
  stamp(sha256: Uint8Array): Promise<Timestamped>;
  /** The line is back: an authority that did not answer may be asked at once. */
  lineReturned(): void;
  /** Ends what is under way. */
  stop(): void;
};

export type TimestampClientParts = {
  readonly url: string;
  /** Object identifier the token must be made under; null leaves it to the authority. */
  readonly tokenPolicy: string | null;
  readonly hosts: readonly AllowedHost[];
  /** UTC ISO. */
  readonly clock: () => string;
  /** Octets nobody can foresee. */
  readonly random: (octets: number) => Uint8Array;
  readonly trust: () => Promise<TrustMaterial>;
  readonly policy: Policy;
  /** Nobody has said whom to trust, so a chain that leads nowhere is no fault of the token. */
  readonly withoutAnchors?: boolean;
  /** Of one exchange; 10 s unless given. */
  readonly timeoutMs?: number;
};

const TIMEOUT_MS = 10_000;
const MAX_OCTETS = 64 * 1024;
const NONCE_OCTETS = 8;

export function createTimestampClient(parts: TimestampClientParts): TimestampClient {
  const stopping = new AbortController();
  const rests = createHostRests();
  const { timeoutMs = TIMEOUT_MS } = parts;

  async function ask(body: Uint8Array): Promise<Uint8Array | TimestampFault> {
    const admission = admitAddress(parts.url, parts.hosts);
    if (!admission.allowed) return admission.outcome;
    const { url, mayBePrivate } = admission;
    const resting = rests.of(url.host);
    if (resting) return resting;
    const post = { type: 'application/timestamp-query', body };
    const accept = 'application/timestamp-reply';
    const answer = await exchange({ url, post, accept, maxBytes: MAX_OCTETS, timeoutMs, mayBePrivate, signal: stopping.signal });
    rests.note(url.host, answer.ok ? null : answer.outcome);
    return answer.ok ? answer.bytes : answer.outcome;
  }

  /** What is wrong with a token; null when it is the answer to this very request. */
  async function faultOf(token: Uint8Array, sha256: Uint8Array, nonce: bigint): Promise<TimestampFault | null> {
    const read = readTimestampToken(token);
    if (read === null) return 'malformed';
    if (read.nonce !== nonce) return 'nonce-differs';
    if (read.imprint.hash !== 'SHA-256' || !sameBytes(read.imprint.digest, sha256)) return 'imprint-differs';
    if (parts.tokenPolicy !== null && read.policy !== parts.tokenPolicy) return 'policy-differs';
    const { policy } = parts;
    const { verdict, checks } = await checkTimestamp({ token, sha256, trust: await parts.trust(), policy, at: parts.clock() });
    if (verdict === 'valid') return null;
    // whether the authority's certificate is revoked is learnt with the rest of the proofs
    const excused = ['revocation.known', ...(parts.withoutAnchors === true ? ['path.found'] : [])];
    const faults = checks.filter(({ result }) => result === 'fail');
    return verdict === 'undecided' && faults.length > 0 && faults.every(({ id }) => excused.includes(id)) ? null : 'not-trusted';
  }

  return {
    async stamp(sha256) {
      const nonce = parts.random(NONCE_OCTETS);
      const answer = await ask(buildTimestampRequest(sha256, nonce, parts.tokenPolicy));
      if (typeof answer === 'string') return { ok: false, fault: answer };
      const token = readTimestampAnswer(answer);
      if (token === null) return { ok: false, fault: 'malformed' };
      if (token === 'refused') return { ok: false, fault: 'refused' };
      const fault = await faultOf(token, sha256, BigInt(`0x${Buffer.from(nonce).toString('hex')}`));
      return fault === null ? { ok: true, token } : { ok: false, fault };
    },
    lineReturned: rests.end,
    stop: () => stopping.abort(),
  };
}
