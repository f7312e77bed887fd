import { attempt, contentOf, DerFault, readSmallInteger, readTime, readTlv, readWhole, TAG, toHex, Members } from '../../asn1/index.ts';
import { EXTENSION, readExtensions } from '../certificates/extensions.ts';
import { serialHex } from '../certificates/read-certificate.ts';

export type RevokedEntry = {
  /** Milliseconds since 1970. */
  readonly revokedAt: number;
  /** RFC 5280 §5.3.1, e.g. 1 keyCompromise, 6 certificateHold, 8 removeFromCRL; null when not given. */
  readonly reason: number | null;
};

export type EntryIndex = {
  /** An entry carries a critical extension that is not understood (certificateIssuer among them): the list must not be used. */
  readonly unusable: boolean;
  readonly count: number;
  find(serial: string): RevokedEntry | null;
};

/**
 * Indexes the entries of a CRL by serial number in one pass over the bytes: a hash table of offsets, so that a list with hundreds of
 * thousands of entries costs some megabytes and milliseconds. `from` and `to` bound the content of revokedCertificates.
 */
export function indexEntries(bytes: Uint8Array, from: number, to: number): EntryIndex {
  const offsets: number[] = [];
  let unusable = false;
  for (let at = from; at < to;) {
    const entry = readTlv(bytes, at, to);
    if (entry.tag !== TAG.sequence) throw new DerFault('CRL entry');
    const serial = readTlv(bytes, entry.body, entry.end);
    const time = readTlv(bytes, serial.end, entry.end);
    if (serial.tag !== TAG.integer || serial.end === serial.body) throw new DerFault('CRL entry');
    if (time.end < entry.end && hasUnknownCritical(bytes, time.end, entry.end)) unusable = true;
    offsets.push(at);
    at = entry.end;
  }
  let capacity = 8;
  while (capacity < offsets.length * 2) capacity *= 2;
  const table = new Int32Array(capacity).fill(-1);
  const serialAt = (offset: number) => readTlv(bytes, readTlv(bytes, offset, to).body, to);
  for (const offset of offsets) {
    const serial = serialAt(offset);
    let slot = hashOf(bytes, serial.body, serial.end) & (capacity - 1);
    while (table[slot] !== -1) slot = (slot + 1) & (capacity - 1);
    table[slot] = offset;
  }
  return {
    unusable,
    count: offsets.length,
    find(wanted) {
      const octets = Uint8Array.from(wanted.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
      for (let slot = hashOf(octets, 0, octets.length) & (capacity - 1); ; slot = (slot + 1) & (capacity - 1)) {
        const offset = table[slot] ?? -1;
        if (offset === -1) return null;
        if (serialHex(serialAt(offset)) === wanted) return readEntry(bytes, offset, to);
      }
    },
  };
}

/** FNV-1a over the serial without leading zero octets, as serialHex compares. */
function hashOf(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  if (to - from > 1 && bytes[at] === 0) at++;
  let hash = 0x811c9dc5;
  for (; at < to; at++) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
  return hash >>> 0;
}

/** Looks only at the flags of the entry's extensions; reasonCode and invalidityDate may be critical. */
function hasUnknownCritical(bytes: Uint8Array, from: number, to: number): boolean {
  const list = readTlv(bytes, from, to);
  if (list.tag !== TAG.sequence || list.end !== to) throw new DerFault('CRL entry');
  for (let at = list.body; at < list.end;) {
    const extension = readTlv(bytes, at, list.end);
    const oid = readTlv(bytes, extension.body, extension.end);
    const next = readTlv(bytes, oid.end, extension.end);
    if (next.tag === TAG.boolean && bytes[next.body] !== 0 && !UNDERSTOOD.has(toHex(contentOf(oid)))) return true;
    at = extension.end;
  }
  return false;
}
/** Contents of 2.5.29.21 (reasonCode) and 2.5.29.24 (invalidityDate). */
const UNDERSTOOD: ReadonlySet<string> = new Set(['551d15', '551d18']);

function readEntry(bytes: Uint8Array, at: number, limit: number): RevokedEntry {
  const members = new Members(readTlv(bytes, at, limit));
  members.next(TAG.integer);
  // A revocation whose date or reason cannot be read is still a revocation: the earliest date and no reason are the careful reading.
  const time = members.next();
  const list = members.optional(TAG.sequence);
  const reason = list && attempt(() => readExtensions(list).get(EXTENSION.reasonCode));
  return {
    revokedAt: attempt(() => readTime(time)) ?? 0,
    reason: reason ? attempt(() => readSmallInteger(readWhole(reason.value, TAG.enumerated))) : null,
  };
}
