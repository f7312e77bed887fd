import type { Lifetime } from '../policy/algorithm-rules.ts';
import type { Policy } from '../policy/policy.ts';
import { isDigest, isWeakHash } from './hash.ts';
import type { PublicKey } from './public-key.ts';
import { schemeHash, type SignatureScheme } from './signature-scheme.ts';

type Rules = Policy['parameters']['algorithms'];
/** One thing a policy was asked about: what it says of it, and the reasons when it never did or no longer does accept it. */
type Question = { readonly lifetime: Lifetime | undefined; readonly refused: string; readonly outdated: string };

/**
 * Why a policy does not accept a signature made this way with this key at a time (null when it does).
 * Reasons: `algorithm-unsupported`, `hash-weak`, `hash-not-allowed`, `hash-outdated`, `algorithm-not-allowed`, `algorithm-outdated`,
 * and those of a key.
 * @param at the time from which the signature is proven to have been there, otherwise that of the check; ms.
 */
export function judgeAlgorithm(scheme: SignatureScheme, key: PublicKey | null, policy: Policy, at: number): string | null {
  if (scheme.family === 'unknown') return 'algorithm-unsupported';
  const questions = askAboutScheme(scheme, policy.parameters.algorithms);
  return refusal(questions, at) ?? (key && judgeKey(key, policy, at));
}

/**
 * Why a policy does not accept a key, whatever is signed with it: also `key-too-short`, `key-too-long`, `curve-not-allowed`,
 * `curve-outdated`.
 */
export function judgeKey(key: PublicKey, policy: Policy, at: number): string | null {
  const { algorithms } = policy.parameters;
  if (key.kind === 'unknown' || (key.kind === 'gost' && key.curve === null)) return 'algorithm-unsupported';
  if (key.kind === 'rsa' && key.bits > algorithms.rsaBits.max) return 'key-too-long';
  return refusal(askAboutKey(key, algorithms), at);
}

/** Why a policy does not accept a hash by itself. */
export function judgeHash(name: string, { parameters }: Policy, at: number): string | null {
  return refusal([askAboutHash(name, parameters.algorithms.hashes)], at);
}

/** What will not be accepted much longer: the reason when the policy warns of the scheme or the key at that time. */
export function judgeAgeing(scheme: SignatureScheme, key: PublicKey | null, { parameters }: Policy, at: number): string | null {
  const { algorithms } = parameters;
  const questions = [
    ...(scheme.family === 'unknown' ? [] : askAboutScheme(scheme, algorithms)),
    ...(key ? askAboutKey(key, algorithms) : []),
  ];
  return questions.find(({ lifetime }) => reached(lifetime?.warnedFrom, at))?.outdated ?? null;
}

function refusal(questions: readonly Question[], at: number): string | null {
  for (const { lifetime, refused, outdated } of questions) {
    if (lifetime === undefined) return refused;
    if (reached(lifetime.refusedFrom, at)) return outdated;
  }
  return null;
}

const reached = (day: string | undefined, at: number): boolean => day !== undefined && Date.parse(day) <= at;

function askAboutScheme(scheme: Exclude<SignatureScheme, { family: 'unknown' }>, { hashes, schemes }: Rules): Question[] {
  const name = scheme.family === 'GOST' ? scheme.name : scheme.family;
  const used = [schemeHash(scheme) ?? '', ...(scheme.family === 'RSA-PSS' ? [scheme.maskHash] : [])];
  return [
    ...used.map((hash) => askAboutHash(hash, hashes)),
    { lifetime: schemes[name], refused: 'algorithm-not-allowed', outdated: 'algorithm-outdated' },
  ];
}

function askAboutHash(hash: string, hashes: Rules['hashes']): Question {
  if (isWeakHash(hash)) return { lifetime: lookUp(hashes, hash), refused: 'hash-weak', outdated: 'hash-weak' };
  return {
    lifetime: lookUp(hashes, hash),
    refused: isDigest(hash) ? 'hash-not-allowed' : 'algorithm-unsupported',
    outdated: 'hash-outdated',
  };
}

function askAboutKey(key: PublicKey, { schemes, rsaBits, curves }: Rules): Question[] {
  switch (key.kind) {
    case 'rsa': {
      const lifetime = key.bits >= rsaBits.min ? {} : rsaBits.shorter && key.bits >= rsaBits.shorter.min ? rsaBits.shorter : undefined;
      return [{ lifetime, refused: 'key-too-short', outdated: 'key-too-short' }];
    }
    case 'ec':
      return [{ lifetime: lookUp(curves, key.curve), refused: 'curve-not-allowed', outdated: 'curve-outdated' }];
    case 'gost':
    case 'dsa':
      return [
        { lifetime: schemes[key.kind === 'dsa' ? 'DSA' : key.name], refused: 'algorithm-not-allowed', outdated: 'algorithm-outdated' },
      ];
    case 'unknown':
      return [];
  }
}

const lookUp = (table: Readonly<Record<string, Lifetime | undefined>>, name: string): Lifetime | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;
