import { createPublicKey, createVerify, constants, verify, type KeyObject } from 'node:crypto';
import { isDigest, nodeHash } from './hash.ts';
import type { PublicKey } from './public-key.ts';
import type { SignatureScheme } from './signature-scheme.ts';

/** `unsupported`: this program cannot compute it, so nothing is known about the value. */
export type ValueOutcome = 'valid' | 'invalid' | 'unsupported';

/** Larger keys cost the verifier more than they protect; exponents are bounded as BoringSSL bounds them. */
const RSA_BITS = { min: 512, max: 8192 };
const MAX_EXPONENT = 1n << 32n;

type Prepared = { readonly hash: string; readonly key: KeyObject; readonly options: object };

/** Decides before any computing what the key and the scheme do not allow. */
function prepare(scheme: SignatureScheme, key: PublicKey): Prepared | 'invalid' | 'unsupported' {
  if (scheme.family === 'GOST' || scheme.family === 'unknown' || key.kind === 'unknown') return 'unsupported';
  // A value said to be of another family than its key can never be right.
  if ((scheme.family === 'ECDSA') !== (key.kind === 'ec') || key.kind === 'gost') return 'invalid';
  if (!isDigest(scheme.hash)) return 'unsupported';
  if (key.kind === 'ec' && !['P-256', 'P-384', 'P-521'].includes(key.curve)) return 'unsupported';
  if (key.kind === 'rsa') {
    if (key.bits < RSA_BITS.min || key.bits > RSA_BITS.max) return 'unsupported';
    if (key.exponent < 3n || key.exponent > MAX_EXPONENT || key.exponent % 2n === 0n) return 'unsupported';
  }
  if (scheme.family === 'RSA-PSS' && scheme.maskHash !== scheme.hash) return 'unsupported';
  const object = keyObject(key);
  if (object === null) return 'unsupported';
  const options =
    scheme.family === 'RSA'
      ? { padding: constants.RSA_PKCS1_PADDING }
      : scheme.family === 'RSA-PSS'
        ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: scheme.saltLength }
        : { dsaEncoding: 'der' as const };
  return { hash: nodeHash(scheme.hash), key: object, options };
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
  const prepared = prepare(scheme, key);
  if (typeof prepared === 'string') return prepared;
  try {
    return verify(prepared.hash, data, { key: prepared.key, ...prepared.options }, value) ? 'valid' : 'invalid';
  } catch {
    // node:crypto throws on values it cannot even decode.
    return 'invalid';
  }
}

/** The same over bytes that come in pieces, for signatures made directly over a large content. */
export async function verifyStreamedValue(
  scheme: SignatureScheme,
  key: PublicKey,
  data: AsyncIterable<Uint8Array>,
  value: Uint8Array,
): Promise<ValueOutcome> {
  const prepared = prepare(scheme, key);
  if (typeof prepared === 'string') return prepared;
  const verifier = createVerify(prepared.hash);
  for await (const chunk of data) verifier.update(chunk);
  try {
    return verifier.verify({ key: prepared.key, ...prepared.options }, value) ? 'valid' : 'invalid';
  } catch {
    return 'invalid';
  }
}
