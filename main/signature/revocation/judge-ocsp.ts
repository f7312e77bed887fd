import { toHex } from '../../asn1/index.ts';
import { digestOf } from '../algorithms/hash.ts';
import { judgeAlgorithm } from '../algorithms/judge-algorithm.ts';
import { OCSP_SIGNING } from '../certificates/extensions.ts';
import type { CertificateFacts } from '../certificates/read-certificate.ts';
import { identifierOf, keyOctets } from './certificate-id.ts';
import type { OcspAnswer, OcspResponse } from './read-ocsp.ts';
import { judgeFreshness, type EvidenceAnswer, type EvidenceVerdict, type RevocationContext } from './revocation-status.ts';

/**
 * What the OCSP responses at hand say about one certificate (RFC 6960 §3.2): the answer is about this certificate of this issuer, the
 * responder is the issuer or was authorised by it, the times fit. Everything else says nothing at all.
 */
export function judgeOcsp(certificate: CertificateFacts, issuer: CertificateFacts, context: RevocationContext): EvidenceVerdict {
  const answers: EvidenceAnswer[] = [];
  const unusable: string[] = [];
  const isAbout = identifierOf(certificate, issuer);
  for (const response of context.ocsp) {
    let unauthorised: string | null | undefined;
    for (const answer of response.answers) {
      if (!isAbout(answer.id)) continue;
      context.consulted(response);
      const reason =
        whyUnfit(response, answer, context) ??
        (unauthorised === undefined ? (unauthorised = whyUnauthorised(response, issuer, context)) : unauthorised) ??
        whySilent(answer, certificate);
      if (reason !== null) unusable.push(reason);
      else
        answers.push({
          source: { kind: 'ocsp', thisUpdate: answer.thisUpdate, nextUpdate: answer.nextUpdate },
          revocation: answer.revocation,
        });
    }
  }
  return { answers, unusable };
}

function whyUnfit(response: OcspResponse, answer: OcspAnswer, context: RevocationContext): string | null {
  if (response.unknownCritical) return 'ocsp-critical-extension';
  const faded =
    judgeFreshness(answer, context) ?? judgeFreshness({ thisUpdate: response.producedAt, nextUpdate: answer.nextUpdate }, context);
  return faded && `ocsp-${faded}`;
}

function whySilent(answer: OcspAnswer, certificate: CertificateFacts): string | null {
  if (answer.status === 'unknown') return 'ocsp-unknown';
  // A responder may forget certificates that have expired, so its word about one counts only as far back as it says.
  const expired = Date.parse(certificate.validity.to);
  const remembered = answer.archiveCutoff !== null && answer.archiveCutoff <= expired;
  return answer.status === 'good' && answer.thisUpdate > expired && !remembered ? 'evidence-after-expiry' : null;
}

/** RFC 6960 §4.2.2.2: signed by the issuer itself, or by a responder whose certificate this very issuer made for the purpose. */
function whyUnauthorised(response: OcspResponse, issuer: CertificateFacts, context: RevocationContext): string | null {
  const named = [...response.certificates, ...context.pool.all()].filter(
    (candidate) => candidate.sha256 !== issuer.sha256 && isResponder(response, candidate),
  );
  const authorised = named.filter(
    (candidate) =>
      candidate.issuer.key === issuer.subject.key &&
      candidate.extendedKeyUsage?.includes(OCSP_SIGNING) &&
      (candidate.keyUsage === null || candidate.keyUsage.has('digitalSignature') || candidate.keyUsage.has('nonRepudiation')) &&
      context.pool.signedBy(candidate, issuer) === 'valid',
  );
  const candidates = [...(isResponder(response, issuer) ? [issuer] : []), ...authorised].slice(0, MAX_CANDIDATES);
  if (candidates.length === 0) return 'ocsp-responder-not-authorised';
  candidates.forEach(context.consulted);
  const outcomes = candidates.map((candidate) => context.pool.signedBy(response, candidate));
  const signer = candidates.find((_, i) => outcomes[i] === 'valid');
  if (signer === undefined) return outcomes.includes('unsupported') ? 'ocsp-algorithm-refused' : 'ocsp-signature-invalid';
  if (judgeAlgorithm(response.signed.scheme, signer.key, context.policy, context.at) !== null) return 'ocsp-algorithm-refused';
  return signer === issuer || context.acceptableResponder(signer, response) ? null : 'ocsp-responder-not-authorised';
}
const MAX_CANDIDATES = 4;

function isResponder({ responder }: OcspResponse, candidate: CertificateFacts): boolean {
  if (responder.kind === 'name') return responder.key === candidate.subject.key;
  let hash = keyHashes.get(candidate);
  if (hash === undefined) keyHashes.set(candidate, (hash = toHex(digestOf('SHA-1', keyOctets(candidate)) ?? new Uint8Array())));
  return hash === responder.sha1;
}
const keyHashes = new WeakMap<CertificateFacts, string>();
