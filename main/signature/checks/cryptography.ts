import { sameBytes } from '../../asn1/index.ts';
import { isDigest } from '../algorithms/hash.ts';
import { judgeAgeing, judgeAlgorithm, judgeHash } from '../algorithms/judge-algorithm.ts';
import { schemeHash } from '../algorithms/signature-scheme.ts';
import type { SignatureFacts } from '../facts/signature-facts.ts';
import type { Policy } from '../policy/policy.ts';
import { failed, judged, notRun, passed, type Finding } from './finding.ts';

/** Identification of the signing certificate (EN 319 102-1 §5.2.3). */
export function checkIdentification({ certificate, reference }: SignatureFacts): Finding[] {
  if (certificate === null)
    return [failed('identification.certificate', 'certificate-not-found'), notRun('identification.reference', 'certificate-not-found')];
  return [passed('identification.certificate', certificate.sha256), judgeReference(reference, certificate.sha256)];
}

function judgeReference(reference: SignatureFacts['reference'], certificate: string): Finding {
  if (reference === null) return notRun('identification.reference', 'no-attribute');
  if (reference === 'unsupported')
    return failed('identification.reference', 'algorithm-unsupported', certificate, {
      indication: 'INDETERMINATE',
      subIndication: 'CRYPTO_CONSTRAINTS_FAILURE',
    });
  return judged('identification.reference', reference === 'matches' ? null : 'certificate-differs', certificate);
}

/** Cryptographic verification (EN 319 102-1 §5.2.7): what cannot be computed is undecided, never failed. */
export function checkCryptography(facts: SignatureFacts): Finding[] {
  const { attributes, content, certificate, value, digestName } = facts;
  const findings: Finding[] = [judged('cryptography.content', content.available ? null : 'content-missing')];
  const uncomputable = !isDigest(digestName) || value === 'unsupported';
  findings.push(judged('cryptography.algorithms', uncomputable ? 'algorithm-unsupported' : null));

  if (typeof content.referencesMatch === 'boolean')
    findings.push(judged('cryptography.digest', content.referencesMatch ? null : 'content-changed'));
  else if (content.digest === null)
    findings.push(notRun('cryptography.digest', content.available ? 'algorithm-unsupported' : 'content-missing'));
  else if (attributes === null) findings.push(notRun('cryptography.digest', 'no-attribute'));
  else if (attributes.messageDigest === null) findings.push(failed('cryptography.digest', 'message-digest-missing'));
  else findings.push(judged('cryptography.digest', sameBytes(attributes.messageDigest, content.digest) ? null : 'content-changed'));

  if (value === 'valid') findings.push(passed('cryptography.value'));
  else if (value === 'invalid') findings.push(failed('cryptography.value', 'signature-value-wrong'));
  else
    findings.push(
      notRun(
        'cryptography.value',
        value === 'unsupported' ? 'algorithm-unsupported' : certificate === null ? 'certificate-not-found' : 'content-missing',
      ),
    );
  return findings;
}

/**
 * Algorithms of the signature against the policy, and against what the signer bound (EN 319 102-1 §5.2.8.4.1).
 * @param at the proven time of signing, otherwise the time of the check; ms.
 */
export function checkAlgorithms(
  { scheme, digestName, certificate, attributes, encodedAlgorithms, content }: SignatureFacts,
  policy: Policy,
  at: number,
): Finding[] {
  const key = certificate?.key ?? null;
  const reason = judgeHash(digestName, policy, at) ?? judgeAlgorithm(scheme, key, policy, at);
  const protection = attributes?.algorithmProtection;
  const hash = schemeHash(scheme);
  const disagreement =
    // References of XML are free to use another hash than the signature value.
    hash !== null && hash !== digestName && content.referencesMatch === undefined
      ? 'digest-algorithms-differ'
      : protection &&
          !(
            sameBytes(protection.digest, encodedAlgorithms.digest) &&
            protection.signature &&
            sameBytes(protection.signature, encodedAlgorithms.signature)
          )
        ? 'protected-algorithms-differ'
        : null;
  return [
    judged('acceptance.algorithm-agreement', disagreement),
    judged('acceptance.algorithm', reason),
    judged('acceptance.algorithm-ageing', reason === null ? judgeAgeing(scheme, key, policy, at) : null),
  ];
}
