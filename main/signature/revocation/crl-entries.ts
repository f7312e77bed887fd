import { attempt, contentOf, DerFault, Members, readSmallInteger, readTime, readTlv, readWhole, TAG } from '../../asn1/index.ts';
import { EXTENSION, readDirectoryNames, readExtensions } from '../certificates/extensions.ts';
import { serialHex } from '../certificates/read-certificate.ts';

export type RevokedEntry = {
  /** Milliseconds since 1970. */
  readonly revokedAt: number;
  /** RFC 5280 §5.3.1, e.g. 1 keyCompromise, 6 certificateHold, 8 removeFromCRL; null when not given. */
  readonly reason: number | null;
};

export type EntryIndex = {
  /** An entry carries a critical extension that is not understood, or names an issuer that cannot be read: the list must not be used. */
  readonly unusable: boolean;
  /** Some entries are about certificates of other issuers. */
  readonly namesIssuers: boolean;
  readonly count: number;
  /** @param issuer key of the name of the certificate's issuer. */
  find(serial: string, issuer: string): RevokedEntry | null;
};

const CERTIFICATE_HOLD = 6;
const REMOVE_FROM_CRL = 8;

/**
 * Surveys the entries of a CRL in one pass over the bytes that builds nothing but a table of offsets, so that a list with hundreds of
 * thousands of entries costs some megabytes and milliseconds. The first search adds chains by serial number; entries made to collide
 * cost a search no more than the pass did. `from` and `to` bound the content of revokedCertificates, `listIssuer` is the key of the
 * name whose certificates entries are about until one of them names another (RFC 5280 §5.3.3).
 */
export function indexEntries(bytes: Uint8Array, from: number, to: number, listIssuer: string): EntryIndex {
  const survey = surveyEntries(bytes, from, to);
  const { offsets, issuers, count } = survey;
  let chains: Chains | null = null;
  const isAbout = (entry: number, issuer: string): boolean => {
    const at = issuers?.[entry] ?? 0;
    if (at === 0) return issuer === listIssuer;
    return readIssuers(bytes, at, to)?.includes(issuer) ?? false;
  };
  return {
    unusable: survey.unusable,
    namesIssuers: issuers !== null,
    count,
    find(serial, issuer) {
      chains ??= chainEntries(bytes, offsets, count, to);
      let worst: RevokedEntry | null = null;
      for (let entry = chains.first(serial); entry >= 0; entry = chains.after(entry)) {
        const offset = offsets[entry] ?? 0;
        if (serialAt(bytes, offset, to) !== serial || !isAbout(entry, issuer)) continue;
        const found = readEntry(bytes, offset, to);
        if (worst === null || gravity(found) >= gravity(worst)) worst = found;
      }
      return worst;
    },
  };
}

/** Where one certificate stands in a list twice, what is final counts. */
const gravity = ({ reason }: RevokedEntry): number => (reason === REMOVE_FROM_CRL ? 0 : reason === CERTIFICATE_HOLD ? 1 : 2);

type Survey = {
  /** Where each entry begins. */
  readonly offsets: Int32Array;
  /** Where the issuer that counts for each entry is named, 0 for that of the list; null when no entry names one. */
  readonly issuers: Int32Array | null;
  readonly count: number;
  readonly unusable: boolean;
};

function surveyEntries(bytes: Uint8Array, from: number, to: number): Survey {
  let offsets = new Int32Array(1024);
  let issuers: Int32Array<ArrayBuffer> | null = null;
  let count = 0;
  let unusable = false;
  let issuer = 0;
  const entry = new Window(bytes);
  const member = new Window(bytes);
  const part = new Window(bytes);
  for (let at = from; at < to; at = entry.end) {
    const shape = entry.read(at, to);
    const serial = member.read(entry.body, entry.end);
    if (shape !== TAG.sequence || serial !== TAG.integer || member.end === member.body) throw new DerFault('CRL entry');
    member.read(member.end, entry.end);
    if (member.end < entry.end) {
      const list = member.read(member.end, entry.end);
      if (list !== TAG.sequence || member.end !== entry.end) throw new DerFault('CRL entry');
      for (let next = member.body; next < entry.end;) {
        part.read(next, entry.end);
        next = part.end;
        part.read(part.body, next);
        const arc = part.end - part.body === 3 && bytes[part.body] === 0x55 && bytes[part.body + 1] === 0x1d ? bytes[part.body + 2] : 0;
        const flagged = part.read(part.end, next) === TAG.boolean;
        const critical = flagged && bytes[part.body] !== 0;
        if (flagged) part.read(part.end, next);
        if (arc === CERTIFICATE_ISSUER) {
          issuer = part.start;
          unusable ||= readIssuers(bytes, issuer, to) === null;
        } else if (critical && arc !== REASON_CODE && arc !== INVALIDITY_DATE) unusable = true;
      }
    }
    if (count === offsets.length) {
      offsets = grown(offsets);
      issuers &&= grown(issuers);
    }
    if (issuer !== 0) {
      issuers ??= new Int32Array(offsets.length);
      issuers[count] = issuer;
    }
    offsets[count++] = at;
  }
  return { offsets, issuers, count, unusable };
}

/** Last arcs of the entry extensions that are processed, all below 2.5.29 (RFC 5280 §5.3). */
const [REASON_CODE, INVALIDITY_DATE, CERTIFICATE_ISSUER] = [21, 24, 29];

function grown(table: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(table.length * 2);
  larger.set(table);
  return larger;
}

/** readTlv without an object for each element: a place in the bytes that moves. */
class Window {
  start = 0;
  body = 0;
  end = 0;
  private readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  /** Moves to the element at `at`; answers its tag. */
  read(at: number, limit: number): number {
    const { bytes } = this;
    if (at + 2 > limit) throw new DerFault('truncated');
    let next = at + 2;
    let length = bytes[at + 1] ?? 0;
    if (length > 0x7f) {
      const octets = length & 0x7f;
      if (octets === 0 || octets > 4 || next + octets > limit) throw new DerFault('length form');
      length = 0;
      for (let i = 0; i < octets; i++) length = length * 256 + (bytes[next++] ?? 0);
    }
    if (length > limit - next) throw new DerFault('length past its parent');
    this.start = at;
    this.body = next;
    this.end = next + length;
    return bytes[at] ?? 0;
  }
}

/** Keys of the names in the certificateIssuer extension whose OCTET STRING begins at `at`; null when it cannot be read. */
function readIssuers(bytes: Uint8Array, at: number, to: number): string[] | null {
  return attempt(() => readDirectoryNames(readWhole(contentOf(readTlv(bytes, at, to)), TAG.sequence)));
}

type Chains = { first(serial: string): number; after(entry: number): number };

function chainEntries(bytes: Uint8Array, offsets: Int32Array, count: number, to: number): Chains {
  let size = 8;
  while (size < count) size *= 2;
  const heads = new Int32Array(size).fill(-1);
  const links = new Int32Array(count);
  const window = new Window(bytes);
  for (let entry = 0; entry < count; entry++) {
    window.read(offsets[entry] ?? 0, to);
    window.read(window.body, window.end);
    const slot = hashOf(bytes, window.body, window.end) & (size - 1);
    links[entry] = heads[slot] ?? -1;
    heads[slot] = entry;
  }
  return {
    first(serial) {
      const octets = Buffer.from(serial.replace('-', ''), 'hex');
      // The number of a negative serial stands in its two's complement, so it is looked for by the hash of that.
      const stored = serial.startsWith('-') ? negated(octets) : octets;
      return heads[hashOf(stored, 0, stored.length) & (size - 1)] ?? -1;
    },
    after: (entry) => links[entry] ?? -1,
  };
}

/** Two's complement of a magnitude in as few octets as DER takes. */
function negated(magnitude: Uint8Array): Uint8Array {
  const bits = BigInt(magnitude.length * 8);
  const value = BigInt(`0x${Buffer.from(magnitude).toString('hex')}`);
  const octets = value > 1n << (bits - 1n) ? magnitude.length + 1 : magnitude.length;
  return Buffer.from(((1n << BigInt(octets * 8)) - value).toString(16).padStart(octets * 2, '0'), 'hex');
}

/** FNV-1a over the serial without leading zero octets. */
function hashOf(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  while (to - at > 1 && bytes[at] === 0) at++;
  let hash = 0x811c9dc5;
  for (; at < to; at++) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
  return hash >>> 0;
}

function serialAt(bytes: Uint8Array, offset: number, limit: number): string {
  const entry = readTlv(bytes, offset, limit);
  return serialHex(readTlv(bytes, entry.body, entry.end));
}

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
