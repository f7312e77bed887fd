import { createPublicKey, createVerify, constants, type KeyObject } from 'node:crypto';
import { canVerifyDsa, verifyDsa } from './dsa.ts';
import { verifyGost } from './gost-signature.ts';
import { digestOf, isDigest, nodeHash, type Digest } from './hash.ts';
import type { PublicKey } from './public-key.ts';
import { schemeHash, type SignatureScheme } from './signature-scheme.ts';

/** `unsupported`: this program cannot compute it, so nothing is known about the value. */
export type ValueOutcome = 'valid' | 'invalid' | 'unsupported';

/** Larger keys cost the verifier more than they protect; exponents are bounded as BoringSSL bounds them. */
const RSA_BITS = { min: 512, max: 8192 };
const MAX_EXPONENT = 1n << 32n;

/** Needs the digest of what was signed, or has to see all of it. */
type Verifier =
  | { readonly hash: Digest; accepts(digest: Uint8Array, value: Uint8Array): boolean }
  | { readonly hash: null; update(data: Uint8Array): void; accepts(value: Uint8Array): boolean };

const KEY_KIND = { RSA: 'rsa', 'RSA-PSS': 'rsa', ECDSA: 'ec', DSA: 'dsa', GOST: 'gost' } as const;

/** Decides before any computing what the key and the scheme do not allow. */
function prepare(scheme: SignatureScheme, key: PublicKey): Verifier | 'invalid' | 'unsupported' {
  if (scheme.family === 'unknown' || key.kind === 'unknown') return 'unsupported';
  // A value said to be of another family than its key can never be right.
  if (KEY_KIND[scheme.family] !== key.kind) return 'invalid';
  const hash = schemeHash(scheme);
  if (hash === null || !isDigest(hash)) return 'unsupported';
  switch (key.kind) {
    case 'gost': {
      if (scheme.family !== 'GOST' || scheme.name !== key.name) return 'invalid';
      const { curve } = key;
      return curve === null ? 'unsupported' : { hash, accepts: (digest, value) => verifyGost(key, curve, digest, value) };
    }
    case 'dsa': {
      const { parameters, y } = key;
      if (parameters === null || !canVerifyDsa(parameters)) return 'unsupported';
      return { hash, accepts: (digest, value) => verifyDsa(y, parameters, digest, value) };
    }
    case 'ec':
      if (!['P-256', 'P-384', 'P-521'].includes(key.curve)) return 'unsupported';
      return byNode(hash, key, { dsaEncoding: 'der' });
    case 'rsa':
      if (key.bits < RSA_BITS.min || key.bits > RSA_BITS.max) return 'unsupported';
      if (key.exponent < 3n || key.exponent > MAX_EXPONENT || key.exponent % 2n === 0n) return 'unsupported';
      if (key.pssOnly && scheme.family !== 'RSA-PSS') return 'invalid';
      if (scheme.family !== 'RSA-PSS') return byNode(hash, key, { padding: constants.RSA_PKCS1_PADDING });
      if (scheme.maskHash !== hash) return 'unsupported';
      return byNode(hash, key, { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: scheme.saltLength });
  }
}

function byNode(hash: string, key: PublicKey, options: object): Verifier | 'unsupported' {
  const name = nodeHash(hash);
  const object = keyObject(key);
  if (name === null || object === null) return 'unsupported';
  const verifier = createVerify(name);
  return {
    hash: null,
    update: (data) => verifier.update(data),
    accepts: (value) => {
      try {
        return verifier.verify({ key: object, ...options }, value);
      } catch {
        // node:crypto throws on values it cannot even decode.
        return false;
      }
    },
  };
}

const keys = new WeakMap<PublicKey, KeyObject | null>();

function keyObject(key: PublicKey): KeyObject | null {
  let object = keys.get(key);
  if (object === undefined) {
    try {
      // A key marked for PSS alone is the same RSA key; the bare form is what every build of node:crypto reads.
      object =
        key.kind === 'rsa'
          ? createPublicKey({ key: Buffer.from(key.key), format: 'der', type: 'pkcs1' })
          : createPublicKey({ key: Buffer.from(key.der), format: 'der', type: 'spki' });
    } catch {
      object = null;
    }
    keys.set(key, object);
  }
  return object;
}

export function verifyValue(scheme: SignatureScheme, key: PublicKey, data: Uint8Array, value: Uint8Array): ValueOutcome {
  const verifier = prepare(scheme, key);
  if (typeof verifier === 'string') return verifier;
  if (verifier.hash !== null) {
    const digest = digestOf(verifier.hash, data);
    return outcomeOf(digest !== null && verifier.accepts(digest, value));
  }
  verifier.update(data);
  return outcomeOf(verifier.accepts(value));
}

/** The same for a value made directly over a content, which may be large: where its digest is enough, that is asked for, and only once. */
export async function verifyOverContent(
  scheme: SignatureScheme,
  key: PublicKey,
  content: { digest(hash: Digest): Promise<Uint8Array>; open(): AsyncIterable<Uint8Array> },
  value: Uint8Array,
): Promise<ValueOutcome> {
  const verifier = prepare(scheme, key);
  if (typeof verifier === 'string') return verifier;
  if (verifier.hash !== null) return outcomeOf(verifier.accepts(await content.digest(verifier.hash), value));
  for await (const chunk of content.open()) verifier.update(chunk);
  return outcomeOf(verifier.accepts(value));
}

const outcomeOf = (accepted: boolean): ValueOutcome => (accepted ? 'valid' : 'invalid');
