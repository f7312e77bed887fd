import { isPrimitiveString, toDer } from './ber-to-der.ts';
import { MAX_OID_OCTETS, TAG } from './read-der.ts';

/** Bounds on an encoding from outside. `exempt` names elements (by depth and first octet) whose inside is not counted, only bounded. */
export type EncodingLimits = {
  readonly depth: number;
  readonly nodes: number;
  readonly exempt?: (depth: number, tag: number) => boolean;
};

export const DEFAULT_LIMITS: EncodingLimits = { depth: 48, nodes: 60_000 };

export type EncodingSurvey = {
  /** Where the first element ends; bytes may follow it. */
  readonly end: number;
  /** Something in it is BER but not DER: an indefinite or padded length, a string in pieces. */
  readonly ber: boolean;
};

/**
 * Walks a BER or DER encoding without recursion and without building anything: cheap enough to run on hostile bytes.
 * Null when it is malformed or breaks a limit: lengths must stay inside their parent, object identifiers are at most 64 octets.
 */
export function surveyEncoding(bytes: Uint8Array, limits: EncodingLimits = DEFAULT_LIMITS): EncodingSurvey | null {
  // One frame per open constructed element: where it ends, -1 while indefinite (then `bound` is the nearest definite end).
  const ends: number[] = [];
  const bounds: number[] = [];
  let exemptFrom = -1;
  let nodes = 0;
  let ber = false;
  let at = 0;
  for (;;) {
    while (ends.length > 0 && ends.at(-1) === at) {
      ends.pop();
      bounds.pop();
      if (exemptFrom >= ends.length) exemptFrom = -1;
    }
    if (ends.length === 0 && nodes > 0) return { end: at, ber };
    const bound = bounds.at(-1) ?? bytes.length;
    if (at + 2 > bound) return null;
    const tag = bytes[at] ?? 0;
    if (tag === 0 && bytes[at + 1] === 0 && ends.at(-1) === -1) {
      at += 2;
      ends[ends.length - 1] = at;
      continue;
    }
    if (tag === 0) return null;
    let next = at + 1;
    if ((tag & 0x1f) === 0x1f) {
      let octets = 0;
      do if (next >= bound || ++octets > 4) return null;
      while ((bytes[next++] ?? 0) & 0x80);
    }
    if (next >= bound) return null;
    let length = bytes[next++] ?? 0;
    if (length === 0x80) {
      if (!(tag & 0x20)) return null;
      ber = true;
      length = -1;
    } else if (length > 0x80) {
      const octets = length & 0x7f;
      // Up to eight length octets are tolerated so that padded lengths of sloppy writers are read; more are an attack.
      if (octets > 8 || next + octets > bound) return null;
      if (bytes[next] === 0) ber = true;
      length = 0;
      for (let i = 0; i < octets; i++) length = length * 256 + (bytes[next++] ?? 0);
      if (length < 0x80) ber = true;
    }
    if (length > bound - next) return null;
    if (exemptFrom < 0 && ++nodes > limits.nodes) return null;
    if (tag === TAG.oid && (length < 1 || length > MAX_OID_OCTETS)) return null;
    if (tag & 0x20) {
      if (ends.length >= limits.depth) return null;
      if (isPrimitiveString(tag & ~0x20)) ber = true;
      if (exemptFrom < 0 && limits.exempt?.(ends.length, tag)) exemptFrom = ends.length;
      ends.push(length < 0 ? -1 : next + length);
      bounds.push(length < 0 ? bound : next + length);
      at = next;
    } else at = next + length;
  }
}

export type AdmittedEncoding = { readonly der: Uint8Array; readonly trailing: Uint8Array };

/** The first element of `bytes` as definite-length DER and what follows it; null when it is malformed or breaks a limit. */
export function admitEncoding(bytes: Uint8Array, limits?: EncodingLimits): AdmittedEncoding | null {
  const survey = surveyEncoding(bytes, limits);
  if (survey === null) return null;
  const element = bytes.subarray(0, survey.end);
  const der = survey.ber ? toDer(element) : element;
  return der === null ? null : { der, trailing: bytes.subarray(survey.end) };
}
