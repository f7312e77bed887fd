import { toHex } from '../asn1/index.ts';
import { readCertificate, readCrlOnce, readOcspResponse, splitEncodings, type CertificateFacts } from '../signature/index.ts';
import { admitAddress, type AllowedHost } from './allowed-hosts.ts';
import type { AttemptOutcome } from './attempt.ts';
import type { CachedItem, EvidenceCache } from './evidence-cache.ts';
import { exchange, type Exchange } from './exchange.ts';
import { createHostRests } from './host-rests.ts';
import { answersFor, buildOcspRequest, type CertificateIdHash } from './ocsp-request.ts';

export type EvidenceSourceParts = {
  readonly hosts: readonly AllowedHost[];
  readonly cache: EvidenceCache;
  /** UTC ISO. */
  readonly clock: () => string;
  /** Octets nobody can foresee. */
  readonly random: (octets: number) => Uint8Array;
  /** Of one exchange; 15 s unless given. */
  readonly timeoutMs?: number;
};

/** What one address gave; bytes also where the asking failed and an older list is at hand. */
export type Brought = { readonly bytes: Uint8Array | null; readonly outcome: AttemptOutcome };

const TIMEOUT_MS = 15_000;
const LIMITS = { ocsp: 64 * 1024, issuer: 256 * 1024, list: 64 * 1024 * 1024 };
const NONCE_OCTETS = 8;
const MINUTE_MS = 60_000;
/** For a list that does not say how long it is good, and for OCSP answers however long they say. */
const HOUR_MS = 60 * MINUTE_MS;
const ISSUER_LIFE_MS = 30 * 24 * HOUR_MS;
/** A list that did not settle the question it was brought for is good no longer than this. */
const DOUBTED_LIFE_MS = 10 * MINUTE_MS;
const MAX_ANSWERS = 2_000;

/** Asks one address for one thing, or takes it from the cache. `deadline` is an instant of performance.now(). */
export function createBringer({ hosts, cache, clock, random, timeoutMs = TIMEOUT_MS }: EvidenceSourceParts) {
  const stopping = new AbortController();
  const rests = createHostRests();
  const answers = new Map<string, { readonly bytes: Uint8Array; readonly until: number }>();
  const doubted = new Set<string>();
  const underWay = new Map<string, Promise<Brought>>();
  let newLists = 0;
  const now = () => Date.parse(clock());
  const nothing = (outcome: AttemptOutcome): Brought => ({ bytes: null, outcome });

  /** Several who want the same at the same time wait for one exchange. */
  function once(key: string, bring: () => Promise<Brought>): Promise<Brought> {
    const found = underWay.get(key) ?? bring().finally(() => underWay.delete(key));
    underWay.set(key, found);
    return found;
  }

  async function ask(address: string, deadline: number, task: Pick<Exchange, 'post' | 'accept' | 'maxBytes'>): Promise<Brought> {
    const admission = admitAddress(address, hosts);
    if (!admission.allowed) return nothing(admission.outcome);
    const { url, mayBePrivate } = admission;
    const resting = rests.of(url.host);
    if (resting) return nothing(resting);
    const leftMs = deadline - performance.now();
    if (leftMs <= 0) return nothing('no-time-left');
    const answer = await exchange({ ...task, url, mayBePrivate, timeoutMs: Math.min(timeoutMs, leftMs), signal: stopping.signal });
    rests.note(url.host, answer.ok ? null : answer.outcome);
    return answer.ok ? { bytes: answer.bytes, outcome: 'fetched' } : nothing(answer.outcome);
  }

  async function askResponder(
    address: string,
    certificate: CertificateFacts,
    issuer: CertificateFacts,
    hash: CertificateIdHash,
    deadline: number,
  ): Promise<Brought> {
    const nonce = random(NONCE_OCTETS);
    const body = buildOcspRequest(certificate, issuer, hash, nonce);
    const answer = await ask(address, deadline, {
      post: { type: 'application/ocsp-request', body },
      accept: 'application/ocsp-response',
      maxBytes: LIMITS.ocsp,
    });
    if (answer.bytes === null) return answer;
    const response = readOcspResponse(answer.bytes);
    if (response === null) return nothing(isErrorStatus(answer.bytes) ? 'responder-error' : 'malformed');
    if (response.nonce !== null && response.nonce !== toHex(nonce)) return nothing('nonce-differs');
    const about = answersFor(response, certificate, issuer, hash);
    if (about === null) return nothing('other-subject');
    if (about.status !== 'unknown') {
      if (answers.size >= MAX_ANSWERS) answers.clear();
      const until = Math.min(about.nextUpdate ?? Number.POSITIVE_INFINITY, now() + HOUR_MS);
      answers.set(answerKey(address, certificate, issuer), { bytes: answer.bytes, until });
    }
    return answer;
  }

  function isFresh({ url, fetchedAt }: CachedItem, nextUpdate: number | null): boolean {
    const until = nextUpdate ?? Date.parse(fetchedAt) + HOUR_MS;
    return (doubted.has(url) ? Math.min(until, Date.parse(fetchedAt) + DOUBTED_LIFE_MS) : until) > now();
  }

  return {
    /** An OCSP answer about a certificate (RFC 6960, RFC 5019 §4 over POST). */
    async answer(address: string, certificate: CertificateFacts, issuer: CertificateFacts, deadline: number): Promise<Brought> {
      const key = answerKey(address, certificate, issuer);
      const known = answers.get(key);
      if (known && known.until > now()) return { bytes: known.bytes, outcome: 'cached' };
      return once(key, async () => {
        const first = await askResponder(address, certificate, issuer, 'SHA-256', deadline);
        // An old responder knows certificates by SHA-1 alone.
        if (first.outcome !== 'other-subject' && first.outcome !== 'responder-error') return first;
        const second = await askResponder(address, certificate, issuer, 'SHA-1', deadline);
        return second.bytes === null ? first : second;
      });
    },

    /** A CRL, base or delta. @param anew whatever is kept, a newer one is known to exist. */
    async list(address: string, certificate: CertificateFacts, deadline: number, anew = false): Promise<Brought> {
      const kept = await cache.get(address);
      const keptList = kept && readCrlOnce(kept.bytes);
      if (!anew && kept && keptList && isFresh(kept, keptList.nextUpdate)) return { bytes: kept.bytes, outcome: 'cached' };
      const brought = await once(`crl ${address}`, async () => {
        const answer = await ask(address, deadline, { accept: 'application/pkix-crl', maxBytes: LIMITS.list });
        if (answer.bytes === null) return answer;
        const list = readCrlOnce(answer.bytes);
        if (list === null) return nothing('malformed');
        if (list.issuer.key !== certificate.issuer.key && !list.scope?.indirect) return nothing('other-subject');
        // A mirror that lags behind takes nothing away.
        if (keptList && !doubted.has(address) && list.thisUpdate < keptList.thisUpdate) return nothing('cached');
        if (keptList?.sha256 !== list.sha256) newLists++;
        doubted.delete(address);
        cache.put({ kind: 'crl', url: address, bytes: answer.bytes, fetchedAt: clock() });
        return answer;
      });
      // An older list may still speak about an earlier time: that is for the verifier to say.
      return brought.bytes === null && kept && keptList ? { bytes: kept.bytes, outcome: brought.outcome } : brought;
    },

    /** The certificate of who issued one. */
    async issuer(address: string, certificate: CertificateFacts, deadline: number): Promise<Brought> {
      const fits = (bytes: Uint8Array) => readCertificate(bytes)?.subject.key === certificate.issuer.key;
      const kept = await cache.get(address);
      if (kept?.kind === 'issuer' && fits(kept.bytes) && Date.parse(kept.fetchedAt) + ISSUER_LIFE_MS > now())
        return { bytes: kept.bytes, outcome: 'cached' };
      return once(`issuer ${address}`, async () => {
        const answer = await ask(address, deadline, { accept: 'application/pkix-cert', maxBytes: LIMITS.issuer });
        if (answer.bytes === null) return answer;
        const encodings = splitEncodings(answer.bytes).filter((encoding) => readCertificate(encoding) !== null);
        const bytes = encodings.find(fits);
        if (bytes === undefined) return nothing(encodings.length > 0 ? 'other-subject' : 'malformed');
        cache.put({ kind: 'issuer', url: address, bytes, fetchedAt: clock() });
        return { bytes, outcome: 'fetched' };
      });
    },

    doubtList: (address: string) => void doubted.add(address),
    doubtAnswer: (address: string, certificate: CertificateFacts, issuer: CertificateFacts) =>
      void answers.delete(answerKey(address, certificate, issuer)),
    newLists: () => newLists,
    endRests: rests.end,
    stop: () => stopping.abort(),
    stopped: () => stopping.signal.aborted,
  };
}

const answerKey = (address: string, certificate: CertificateFacts, issuer: CertificateFacts): string =>
  `ocsp ${address} ${certificate.sha256} ${issuer.sha256}`;

/** OCSPResponse with a status and nothing else: SEQUENCE { ENUMERATED } (RFC 6960 §4.2.1). */
function isErrorStatus(bytes: Uint8Array): boolean {
  return bytes.length === 5 && bytes[0] === 0x30 && bytes[1] === 3 && bytes[2] === 0x0a && bytes[3] === 1;
}
