import { createHash, randomBytes } from 'node:crypto';
import { readCertificate, readTimestampToken, type CertificateFacts } from '../signature/index.ts';
import type { CheckedDesk, DeskCheck } from './check-parts.ts';
import { readCrlAges } from './crl-ages.ts';

const OCSP_MS = 8_000;
const MAX_SKEW_S = 60;

const factsOf = (certificates: readonly Uint8Array[]): CertificateFacts[] =>
  certificates.map((der) => readCertificate(der)).filter((facts) => facts !== null);

export const trustCheck: DeskCheck = async ({ trust, mode }, { clock }) => {
  const anchors = factsOf((await trust()).anchors);
  const expired = anchors.filter(({ validity }) => Date.parse(validity.to) < Date.parse(clock())).length;
  const facts = { anchors: anchors.length, expired };
  const detail = `${anchors.length} anchors, ${expired} of them expired`;
  if (anchors.length > expired) return { state: 'ok', facts, detail };
  return { state: 'not-ok', reason: mode === 'training' ? 'trust-missing' : 'trust-not-installed', facts, detail };
};

export const crlCheck: DeskCheck = async ({ installedLists, evidence }, { clock }) => {
  const { state, detail, facts } = await readCrlAges(installedLists, evidence, clock());
  if (state === 'none') return { state: 'not-applicable', reason: 'no-lists', facts, detail };
  return state === 'fresh' ? { state: 'ok', facts, detail } : { state: 'not-ok', reason: 'crl-stale', facts, detail };
};

/** Asks about one certificate that names a responder, through the same allow list and limits as a verification does. */
export const ocspCheck: DeskCheck = async (desk) => {
  const pair = await pairWithResponder(desk);
  if (pair === null) return { state: 'not-applicable', reason: 'no-responder', detail: 'no certificate here names a responder' };
  const inquiry = desk.evidence.inquire({ leftMs: OCSP_MS });
  await inquiry.gather([{ kind: 'revocation', ...pair }]);
  const outcomes = inquiry.attempts.filter(({ kind }) => kind === 'ocsp').map(({ outcome }) => outcome);
  if (outcomes.some((outcome) => outcome === 'fetched' || outcome === 'cached')) return { state: 'ok', detail: 'a responder answers' };
  const outcome = outcomes[0] ?? 'address-unusable';
  return outcome === 'host-not-allowed'
    ? {
        state: 'not-applicable',
        reason: 'host-not-allowed',
        detail: 'the responder is not on the list of allowed hosts, so it is not asked',
      }
    : { state: 'not-ok', reason: 'ocsp-silent', facts: { outcome }, detail: outcome };
};

async function pairWithResponder({ trust, courtCertificate }: CheckedDesk) {
  const { anchors, certs } = await trust();
  const authorities = factsOf([...certs, ...anchors]);
  for (const certificate of [...factsOf([courtCertificate]), ...authorities]) {
    if (certificate.addresses.ocsp.length === 0) continue;
    const issuer = authorities.find(({ subject, sha256 }) => subject.key === certificate.issuer.key && sha256 !== certificate.sha256);
    if (issuer) return { certificate, issuer };
  }
  return null;
}

/** One timestamp over random octets, judged like every other; its time is compared with the clock. */
export const tspCheck: DeskCheck = async ({ timestamps }, { clock }) => {
  if (timestamps === null) return { state: 'not-applicable', reason: 'no-authority', detail: 'acts are signed without timestamps here' };
  const stamped = await timestamps.stamp(createHash('sha256').update(randomBytes(32)).digest());
  if (!stamped.ok) return { state: 'not-ok', reason: 'tsp-silent', facts: { outcome: stamped.fault }, detail: stamped.fault };
  const time = readTimestampToken(stamped.token)?.time ?? Number.NaN;
  const seconds = Math.round((Date.parse(clock()) - time) / 1000);
  const facts = { seconds };
  const detail = `answers, ${seconds} s from its clock`;
  return Math.abs(seconds) <= MAX_SKEW_S ? { state: 'ok', facts, detail } : { state: 'not-ok', reason: 'clock-off', facts, detail };
};
