import {
  readCertificate,
  readCrlOnce,
  type CertificateFacts,
  type Crl,
  type TrustMaterial,
  type WantedEvidence,
} from '../signature/index.ts';
import { splitAddresses } from './allowed-hosts.ts';
import type { Attempt, AttemptOutcome } from './attempt.ts';
import { createBringer, type Brought, type EvidenceSourceParts } from './bring-evidence.ts';

/** Time for asking, shared by everything that is asked out of it; grows less. */
export type Budget = { leftMs: number };

/** The asking for one verification: each address is asked once. */
export type Inquiry = {
  readonly attempts: readonly Attempt[];
  /** Everything new that speaks to what is wanted; what is wanted again after that was not settled by it. */
  gather(wanted: readonly WantedEvidence[]): Promise<Omit<TrustMaterial, 'anchors'>>;
};

export type KeptList = { readonly url: string; readonly fetchedAt: string; readonly list: Crl };

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
  stopped(): boolean;
};

type Found = Omit<TrustMaterial, 'anchors'>;
const NOTHING: Found = { certs: [], crls: [], ocsp: [] };

/** Addresses of one kind in one certificate that are asked. */
const MAX_ADDRESSES = 4;

export function createEvidenceSource(parts: EvidenceSourceParts): EvidenceSource {
  const bringer = createBringer(parts);

  function inquire(budget: Budget): Inquiry {
    const attempts: Attempt[] = [];
    const tried = new Set<string>();
    /** What is to be doubted when a certificate comes up again. */
    const given = new Map<string, () => void>();
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

    /** OCSP first; when it gave nothing, or its answer settled nothing, the list with its delta. */
    async function revocationOf(certificate: CertificateFacts, issuer: CertificateFacts): Promise<Found> {
      const { ocsp, crls, deltas } = certificate.addresses;
      given.get(certificate.sha256)?.();
      const answer = await first('ocsp', certificate, ocsp, (address) => bringer.answer(address, certificate, issuer, deadline));
      if (answer) {
        given.set(certificate.sha256, () => bringer.doubtAnswer(answer.address, certificate, issuer));
        return { ...NOTHING, ocsp: [answer.bytes] };
      }
      const list = (address: string, anew?: boolean) => bringer.list(address, certificate, deadline, anew);
      const base = await first('crl', certificate, crls, list);
      if (!base) return NOTHING;
      const delta = await first('delta', certificate, deltas, list);
      given.set(certificate.sha256, () => [base, delta].forEach((item) => item && bringer.doubtList(item.address)));
      const newer = base.outcome === 'cached' && delta && lags(base.bytes, delta.bytes) ? await list(base.address, true) : null;
      return { ...NOTHING, crls: [newer?.bytes ?? base.bytes, ...(delta ? [delta.bytes] : [])] };
    }

    /** One step up; another when the path is still not found. */
    async function issuerOf(certificate: CertificateFacts): Promise<Found> {
      const tip = tips.get(certificate.sha256) ?? certificate;
      const found = await first('issuer', tip, tip.addresses.issuers, (address) => bringer.issuer(address, tip, deadline));
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
        const found = await Promise.all(
          wanted.map(({ certificate, issuer }) => (issuer ? revocationOf(certificate, issuer) : issuerOf(certificate))),
        );
        budget.leftMs -= performance.now() - started;
        const all = (kind: keyof Found) => found.flatMap((part) => part[kind]);
        return { certs: all('certs'), crls: all('crls'), ocsp: all('ocsp') };
      },
    };
  }

  return {
    inquire,
    async lists() {
      return (await parts.cache.all()).flatMap(({ kind, url, fetchedAt, bytes }) => {
        const list = kind === 'crl' ? readCrlOnce(bytes) : null;
        return list ? [{ url, fetchedAt, list }] : [];
      });
    },
    newLists: bringer.newLists,
    lineReturned: bringer.endRests,
    stop: bringer.stop,
    stopped: bringer.stopped,
  };
}

/** A delta that completes a later base (RFC 5280 §5.2.4). */
function lags(base: Uint8Array, delta: Uint8Array): boolean {
  const [number, wanted] = [readCrlOnce(base)?.number ?? null, readCrlOnce(delta)?.deltaBase ?? null];
  return number !== null && wanted !== null && wanted > number;
}
