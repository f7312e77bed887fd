import { toHex } from '../asn1/index.ts';
import {
  readCertificate,
  readCrlOnce,
  readOcspResponse,
  splitEncodings,
  type CertificateFacts,
  type TrustMaterial,
  type WantedEvidence,
} from '../signature/index.ts';
import { admitAddress, splitAddresses, type AllowedHost } from './allowed-hosts.ts';
import type { CachedItem, EvidenceCache } from './evidence-cache.ts';
import { exchange, type Exchange, type ExchangeFault } from './exchange.ts';
import { createHostRests } from './host-rests.ts';
import { answersFor, buildOcspRequest, type CertificateIdHash } from './ocsp-request.ts';

export type AttemptOutcome =
  | 'fetched'
  | 'cached'
  | ExchangeFault
  /** The bytes are not what was asked for, or damaged. */
  | 'malformed'
  /** Well formed, but of another issuer or about another certificate. */
  | 'other-subject'
  | 'nonce-differs'
  | 'responder-error'
  | 'address-unusable'
  | 'host-not-allowed'
  /** All the time for asking was spent before. */
  | 'no-time-left';

/** What came of one address. */
export type Attempt = {
  readonly kind: 'ocsp' | 'crl' | 'delta' | 'issuer';
  /** SHA-256 of the certificate it was about. */
  readonly certificate: string;
  readonly address: string;
  readonly outcome: AttemptOutcome;
};

/** Time for asking, shared by everything that is asked out of it; grows less. */
export type Budget = { leftMs: number };

/** The asking for one verification: each address is asked once. */
export type Inquiry = {
  readonly attempts: readonly Attempt[];
  /** Everything new that speaks to what is wanted; what is wanted again after that was not settled by it. */
  gather(wanted: readonly WantedEvidence[]): Promise<TrustMaterial>;
};

export type KeptList = {
  readonly url: string;
  readonly fetchedAt: string;
  readonly thisUpdate: string;
  readonly nextUpdate: string | null;
};

/** Brings evidence from the addresses that certificates name, as far as their hosts are allowed. */
export type EvidenceSource = {
  inquire(budget: Budget): Inquiry;
  /** CRLs at hand from earlier askings. */
  lists(): Promise<KeptList[]>;
  /** How many lists with new content have come since the start. */
  newLists(): number;
  /** The line is back: hosts that did not answer may be asked at once. */
  lineReturned(): void;
  /** Ends what is under way; nothing is asked after that. */
  stop(): void;
};

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

const TIMEOUT_MS = 15_000;
const LIMITS = { ocsp: 64 * 1024, issuer: 256 * 1024, list: 64 * 1024 * 1024 };
const NONCE_OCTETS = 8;
/** Addresses of one kind in one certificate that are asked. */
const MAX_ADDRESSES = 4;
const MINUTE_MS = 60_000;
/** For what does not say how long it is good, and for OCSP answers however long they say. */
const HOUR_MS = 60 * MINUTE_MS;
const ISSUER_LIFE_MS = 30 * 24 * HOUR_MS;
/** A list that did not settle the question it was brought for is not asked again sooner. */
const DOUBTED_LIFE_MS = 10 * MINUTE_MS;
const MAX_ANSWERS = 2_000;

type Brought = { readonly bytes: Uint8Array | null; readonly outcome: AttemptOutcome };

export function createEvidenceSource({ hosts, cache, clock, random, timeoutMs = TIMEOUT_MS }: EvidenceSourceParts): EvidenceSource {
  const stopping = new AbortController();
  const rests = createHostRests();
  const answers = new Map<string, { readonly bytes: Uint8Array; readonly until: number }>();
  const doubted = new Set<string>();
  const underWay = new Map<string, Promise<Brought>>();
  let newLists = 0;
  const now = () => Date.parse(clock());

  /** Several who want the same at the same time wait for one exchange. */
  function once(key: string, bring: () => Promise<Brought>): Promise<Brought> {
    const found = underWay.get(key) ?? bring().finally(() => underWay.delete(key));
    underWay.set(key, found);
    return found;
  }

  async function ask(
    address: string,
    deadline: number,
    task: Pick<Exchange, 'post' | 'accept' | 'maxBytes'>,
  ): Promise<{ readonly bytes: Uint8Array } | { readonly outcome: AttemptOutcome }> {
    const admission = admitAddress(address, hosts);
    if (!admission.allowed) return { outcome: admission.outcome };
    const resting = rests.of(admission.url.host);
    if (resting) return { outcome: resting };
    const leftMs = deadline - performance.now();
    if (leftMs <= 0) return { outcome: 'no-time-left' };
    const { url, mayBePrivate } = admission;
    const answer = await exchange({ ...task, url, mayBePrivate, timeoutMs: Math.min(timeoutMs, leftMs), signal: stopping.signal });
    rests.note(url.host, answer.ok ? null : answer.outcome);
    return answer.ok ? { bytes: answer.bytes } : { outcome: answer.outcome };
  }

  const answerKey = (address: string, certificate: CertificateFacts, issuer: CertificateFacts) =>
    `ocsp ${address} ${certificate.sha256} ${issuer.sha256}`;

  function bringAnswer(address: string, certificate: CertificateFacts, issuer: CertificateFacts, deadline: number): Promise<Brought> {
    const key = answerKey(address, certificate, issuer);
    const known = answers.get(key);
    if (known && known.until > now()) return Promise.resolve({ bytes: known.bytes, outcome: 'cached' });
    return once(key, async () => {
      const first = await askResponder(address, certificate, issuer, 'SHA-256', deadline);
      // An old responder knows certificates by SHA-1 alone.
      const again = first.outcome === 'other-subject' || first.outcome === 'responder-error';
      const brought = again ? await askResponder(address, certificate, issuer, 'SHA-1', deadline) : first;
      return brought.bytes === null && again ? first : brought;
    });
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
    if ('outcome' in answer) return { bytes: null, outcome: answer.outcome };
    const response = readOcspResponse(answer.bytes);
    if (response === null) return { bytes: null, outcome: isErrorStatus(answer.bytes) ? 'responder-error' : 'malformed' };
    if (response.nonce !== null && response.nonce !== toHex(nonce)) return { bytes: null, outcome: 'nonce-differs' };
    const about = answersFor(response, certificate, issuer, hash);
    if (about === null) return { bytes: null, outcome: 'other-subject' };
    if (about.status !== 'unknown') {
      if (answers.size >= MAX_ANSWERS) answers.clear();
      const until = Math.min(about.nextUpdate ?? Number.POSITIVE_INFINITY, now() + HOUR_MS);
      answers.set(answerKey(address, certificate, issuer), { bytes: answer.bytes, until });
    }
    return { bytes: answer.bytes, outcome: 'fetched' };
  }

  /** @param anew whatever is kept, a newer one is known to exist. */
  async function bringList(address: string, certificate: CertificateFacts, deadline: number, anew = false): Promise<Brought> {
    const kept = await cache.get(address);
    const keptList = kept && readCrlOnce(kept.bytes);
    if (!anew && kept && keptList && isFresh(kept, keptList.nextUpdate)) return { bytes: kept.bytes, outcome: 'cached' };
    const brought = await once(`crl ${address}`, async () => {
      const answer = await ask(address, deadline, { accept: 'application/pkix-crl', maxBytes: LIMITS.list });
      if ('outcome' in answer) return { bytes: null, outcome: answer.outcome };
      const list = readCrlOnce(answer.bytes);
      if (list === null) return { bytes: null, outcome: 'malformed' };
      if (list.issuer.key !== certificate.issuer.key && !list.scope?.indirect) return { bytes: null, outcome: 'other-subject' };
      // A mirror that lags behind takes nothing away.
      if (keptList && !doubted.has(address) && list.thisUpdate < keptList.thisUpdate) return { bytes: null, outcome: 'cached' };
      if (keptList?.sha256 !== list.sha256) newLists++;
      doubted.delete(address);
      cache.put({ kind: 'crl', url: address, bytes: answer.bytes, fetchedAt: clock() });
      return { bytes: answer.bytes, outcome: 'fetched' };
    });
    // An older list may still speak about an earlier time: that is for the verifier to say.
    return brought.bytes === null && kept && keptList ? { bytes: kept.bytes, outcome: brought.outcome } : brought;
  }

  function isFresh({ url, fetchedAt }: CachedItem, nextUpdate: number | null): boolean {
    const until = nextUpdate ?? Date.parse(fetchedAt) + HOUR_MS;
    return (doubted.has(url) ? Math.min(until, Date.parse(fetchedAt) + DOUBTED_LIFE_MS) : until) > now();
  }

  async function bringIssuer(address: string, certificate: CertificateFacts, deadline: number): Promise<Brought> {
    const fits = (bytes: Uint8Array) => readCertificate(bytes)?.subject.key === certificate.issuer.key;
    const kept = await cache.get(address);
    if (kept?.kind === 'issuer' && fits(kept.bytes) && Date.parse(kept.fetchedAt) + ISSUER_LIFE_MS > now())
      return { bytes: kept.bytes, outcome: 'cached' };
    return once(`issuer ${address}`, async () => {
      const answer = await ask(address, deadline, { accept: 'application/pkix-cert', maxBytes: LIMITS.issuer });
      if ('outcome' in answer) return { bytes: null, outcome: answer.outcome };
      const encodings = splitEncodings(answer.bytes).filter((encoding) => readCertificate(encoding) !== null);
      const bytes = encodings.find(fits);
      if (bytes === undefined) return { bytes: null, outcome: encodings.length > 0 ? 'other-subject' : 'malformed' };
      cache.put({ kind: 'issuer', url: address, bytes, fetchedAt: clock() });
      return { bytes, outcome: 'fetched' };
    });
  }

  return {
    inquire(budget) {
      const attempts: Attempt[] = [];
      const tried = new Set<string>();
      /** Lists handed over about a certificate. */
      const given = new Map<string, string[]>();
      /** How far up the issuers of a certificate have been brought. */
      const tips = new Map<string, CertificateFacts>();
      let deadline = 0;

      /** The first of the addresses not yet tried that gives something. */
      async function first(
        kind: Attempt['kind'],
        certificate: CertificateFacts,
        texts: readonly string[],
        bring: (address: string) => Promise<Brought>,
      ): Promise<{ readonly address: string; readonly bytes: Uint8Array; readonly outcome: AttemptOutcome } | null> {
        for (const address of splitAddresses(texts).slice(0, MAX_ADDRESSES)) {
          const id = `${kind} ${certificate.sha256} ${address}`;
          if (tried.has(id)) continue;
          tried.add(id);
          const { bytes, outcome } = await bring(address);
          attempts.push({ kind, certificate: certificate.sha256, address, outcome });
          if (bytes) return { address, bytes, outcome };
        }
        return null;
      }

      async function revocationOf(certificate: CertificateFacts, issuer: CertificateFacts): Promise<TrustMaterial> {
        const { ocsp, crls, deltas } = certificate.addresses;
        for (const key of given.get(certificate.sha256) ?? []) {
          doubted.add(key);
          answers.delete(key);
        }
        const answer = await first('ocsp', certificate, ocsp, (address) => bringAnswer(address, certificate, issuer, deadline));
        if (answer) {
          given.set(certificate.sha256, [answerKey(answer.address, certificate, issuer)]);
          return { ...NOTHING, ocsp: [answer.bytes] };
        }
        const list = (address: string, anew?: boolean) => bringList(address, certificate, deadline, anew);
        const base = await first('crl', certificate, crls, list);
        if (!base) return NOTHING;
        const delta = await first('delta', certificate, deltas, list);
        given.set(certificate.sha256, [base.address, ...(delta ? [delta.address] : [])]);
        const newer = base.outcome === 'cached' && delta && lags(base.bytes, delta.bytes) ? await list(base.address, true) : null;
        return { ...NOTHING, crls: [newer?.bytes ?? base.bytes, ...(delta ? [delta.bytes] : [])] };
      }

      /** One step up; the next one when the path is still not found. */
      async function issuerOf(certificate: CertificateFacts): Promise<TrustMaterial> {
        const tip = tips.get(certificate.sha256) ?? certificate;
        const found = await first('issuer', tip, tip.addresses.issuers, (address) => bringIssuer(address, tip, deadline));
        const issuer = found && readCertificate(found.bytes);
        if (!issuer) return NOTHING;
        tips.set(certificate.sha256, issuer);
        return { ...NOTHING, certs: [found.bytes] };
      }

      return {
        attempts,
        async gather(wanted) {
          const started = performance.now();
          deadline = started + budget.leftMs;
          const parts = await Promise.all(
            wanted.map(({ certificate, issuer }) => (issuer ? revocationOf(certificate, issuer) : issuerOf(certificate))),
          );
          budget.leftMs -= performance.now() - started;
          return joinMaterial(parts);
        },
      };
    },
    async lists() {
      return (await cache.all()).flatMap(({ kind, url, fetchedAt, bytes }) => {
        const list = kind === 'crl' ? readCrlOnce(bytes) : null;
        if (!list) return [];
        const iso = (time: number) => new Date(time).toISOString();
        return { url, fetchedAt, thisUpdate: iso(list.thisUpdate), nextUpdate: list.nextUpdate === null ? null : iso(list.nextUpdate) };
      });
    },
    newLists: () => newLists,
    lineReturned: rests.end,
    stop: () => stopping.abort(),
  };
}

const NOTHING: TrustMaterial = { anchors: [], certs: [], crls: [], ocsp: [] };

export function joinMaterial(parts: readonly TrustMaterial[]): TrustMaterial {
  const all = (kind: keyof TrustMaterial) => parts.flatMap((part) => part[kind]);
  return { anchors: all('anchors'), certs: all('certs'), crls: all('crls'), ocsp: all('ocsp') };
}

/** A delta that completes a later base (RFC 5280 §5.2.4). */
function lags(base: Uint8Array, delta: Uint8Array): boolean {
  const [number, wanted] = [readCrlOnce(base)?.number ?? null, readCrlOnce(delta)?.deltaBase ?? null];
  return number !== null && wanted !== null && wanted > number;
}

/** OCSPResponse with a status and nothing else: SEQUENCE { ENUMERATED } (RFC 6960 §4.2.1). */
function isErrorStatus(bytes: Uint8Array): boolean {
  return bytes.length === 5 && bytes[0] === 0x30 && bytes[1] === 3 && bytes[2] === 0x0a && bytes[3] === 1;
}
