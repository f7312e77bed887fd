import type { Policy } from '../policy/policy.ts';
import { isDigest, isWeakHash } from './hash.ts';
import type { PublicKey } from './public-key.ts';
import type { SignatureScheme } from './signature-scheme.ts';

/** Why a policy does not accept a signature made this way with this key (null when it does): recognised as weak, or not known here. */
export function judgeAlgorithm(scheme: SignatureScheme, key: PublicKey | null, { parameters }: Policy): string | null {
  if (scheme.family === 'unknown' || scheme.family === 'GOST') return 'algorithm-unsupported';
  const hashes = scheme.family === 'RSA-PSS' ? [scheme.hash, scheme.maskHash] : [scheme.hash];
  if (hashes.some(isWeakHash)) return 'hash-weak';
  if (!hashes.every(isDigest)) return 'algorithm-unsupported';
  if (!hashes.every((hash) => (parameters.hashes as readonly string[]).includes(hash))) return 'hash-not-allowed';
  if (!parameters.schemes.includes(scheme.family)) return 'algorithm-not-allowed';
  return key && judgeKey(key, parameters);
}

/** Why a policy does not accept a key, whatever is signed with it. */
export function judgeKey(key: PublicKey, parameters: Policy['parameters']): string | null {
  switch (key.kind) {
    case 'rsa':
      if (key.bits < parameters.rsaBits.min) return 'key-too-short';
      return key.bits > parameters.rsaBits.max ? 'key-too-long' : null;
    case 'ec':
      return (parameters.curves as readonly string[]).includes(key.curve) ? null : 'curve-not-allowed';
    case 'gost':
    case 'unknown':
      return 'algorithm-unsupported';
  }
}
