import { createHash, createPublicKey, verify, X509Certificate } from 'node:crypto';
import fs from 'node:fs';
import { createGunzip } from 'node:zlib';
import { z } from 'zod';
import { courtSystemName } from '../../shared/domain/court-system-name.ts';
import { anchorText } from '../../shared/registry/index.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { journalEntryHash, wipedDigest } from '../store/index.ts';
import {
  archiveEndSchema,
  archiveEntrySchema,
  archiveHeadSchema,
  archiveSignedText,
  type ArchiveEnd,
  type ArchiveEntry,
  type ArchiveHead,
} from './archive-format.ts';

/** Why an archive is not what the court's desk wrote, the gravest first. */
export type ArchiveFault =
  'archive-cut' | 'archive-changed' | 'chain-broken' | 'signature-wrong' | 'signer-unknown' | 'signer-of-another-court' | 'anchor-differs';

export type ArchiveCheck = {
  readonly valid: boolean;
  readonly reason: ArchiveFault | null;
  /** The first entry that does not follow from the one before it. */
  readonly brokenAt: number | null;
  readonly court: string;
  readonly workstation: string;
  readonly training: boolean;
  readonly from: number;
  readonly entries: number;
  /** Entries whose contents were wiped when their term was over. */
  readonly wiped: number;
  /** Of those, entries whose wiping is told of by an entry outside this archive: nothing here vouches for what stays of them. */
  readonly unproven: number;
  readonly firstAt: string | null;
  readonly lastAt: string | null;
  readonly exportedAt: string;
  readonly exportedBy: string;
  /** Subject of the certificate that signed. */
  readonly signedBy: string;
  /** What the registry had signed of this journal, and the fingerprint of its key to compare; null when it says nothing of these entries. */
  readonly anchored: { readonly entries: number; readonly at: string; readonly keySha256: string } | null;
};

/** Longer lines are no journal. */
const MAX_LINE = 1 << 20;

/**
 * Checks an archive of a journal with no database and no network.
 * @param certificates DER, those of the courts' system keys that count.
 * @param registryKey SHA-256 of the registry's key in hex; null takes the registry's word from whatever key the archive names.
 * @returns `archive-unreadable` when the file is no archive at all; everything else is an answer with its reason.
 */
export async function checkJournalArchive(
  file: string,
  certificates: readonly Uint8Array[],
  registryKey: string | null = null,
): Promise<Result<ArchiveCheck>> {
  const read = await walk(file);
  const { head } = read;
  if (!head) return fail('archive-unreadable');
  const certificate = readCertificate(head.certificate);
  const said = anchorOf(head, read);
  const anchor = registryKey !== null && typeof said === 'object' && said.keySha256 !== registryKey ? 'differs' : said;
  const reason = faultOf({ ...read, head }, certificate, certificates, anchor);
  return ok({
    valid: reason === null,
    reason,
    brokenAt: read.brokenAt,
    court: head.court.code,
    workstation: head.workstation,
    training: head.training,
    from: head.from,
    entries: read.entries,
    wiped: read.wipedEntries,
    unproven: read.unproven,
    firstAt: read.firstAt,
    lastAt: read.lastAt,
    exportedAt: head.exportedAt,
    exportedBy: head.exportedBy.name,
    signedBy: certificate?.subject.replaceAll('\n', ', ') ?? '',
    anchored: anchor === 'none' || anchor === 'differs' ? null : anchor,
  });
}

type Walk = {
  head: ArchiveHead | null;
  end: ArchiveEnd | null;
  /** Of all lines before the end. */
  sha256: string;
  /** Something in it is no line of an archive. */
  torn: boolean;
  entries: number;
  last: string;
  brokenAt: number | null;
  firstAt: string | null;
  lastAt: string | null;
  /** The hash at the place that the registry has signed; null when it is not in the archive. */
  atAnchor: string | null;
  /** What stays of the entries whose contents were wiped, by the place that tells of it; gone when it has told. */
  wiped: Map<number, { seq: number; at: string; action: string; hash: string }[]>;
  wipedEntries: number;
  unproven: number;
};

async function walk(file: string): Promise<Walk> {
  const found: Walk = {
    ...{
      head: null,
      end: null,
      sha256: '',
      torn: false,
      entries: 0,
      last: '',
      brokenAt: null,
      firstAt: null,
      lastAt: null,
      atAnchor: null,
      wiped: new Map(),
      wipedEntries: 0,
      unproven: 0,
    },
  };
  const hash = createHash('sha256');
  try {
    for await (const line of linesOf(file)) if (takeLine(found, JSON.parse(line))) hash.update(`${line}\n`);
  } catch {
    found.torn = true;
  }
  found.sha256 = hash.digest('hex');
  settleWipings(found);
  return found;
}

/** Answers whether the line is one of those that the end speaks of. */
function takeLine(found: Walk, value: unknown): boolean {
  if (found.end) throw new Error('a line after the end');
  if (!found.head) {
    found.head = archiveHeadSchema.parse(value);
    found.last = found.head.previous;
    if (found.head.anchor?.entries === found.head.from - 1) found.atAnchor = found.last;
  } else if (isEnd(value)) {
    found.end = archiveEndSchema.parse(value);
    return false;
  } else takeEntry(found, found.head, archiveEntrySchema.parse(value));
  return true;
}

const isEnd = (value: unknown): boolean => typeof value === 'object' && value !== null && 'signature' in value;

function takeEntry(found: Walk, head: ArchiveHead, entry: ArchiveEntry): void {
  const inOrder = entry.seq === head.from + found.entries;
  const follows = inOrder && (entry.wipedBy === undefined ? entry.hash === journalEntryHash(found.last, entry.seq, entry) : isBare(entry));
  if (entry.wipedBy !== undefined) {
    found.wipedEntries++;
    found.wiped.set(entry.wipedBy, [...(found.wiped.get(entry.wipedBy) ?? []), entry]);
  }
  if (entry.action === 'journal.wiped' && entry.wipedBy === undefined) takeWiping(found, head, entry);
  if (!follows) found.brokenAt ??= entry.seq;
  found.entries++;
  found.last = entry.hash;
  found.firstAt ??= entry.at;
  found.lastAt = entry.at;
  if (entry.seq === head.anchor?.entries) found.atAnchor = entry.hash;
}

/** Nothing is left in it that its hash could not vouch for. */
const isBare = ({ seq, wipedBy, actor, subject, details }: ArchiveEntry): boolean =>
  wipedBy !== undefined && wipedBy > seq && actor === null && subject === null && details === '{}';

/** The entry about a wiping vouches for what stays; an archive that begins in the middle of it lacks some of those. */
function takeWiping(found: Walk, head: ArchiveHead, { seq, details }: ArchiveEntry): void {
  const gone = found.wiped.get(seq) ?? [];
  const told = z.object({ from: z.number(), entries: z.number(), sha256: z.string() }).safeParse(JSON.parse(details));
  found.wiped.delete(seq);
  if (told.success && told.data.from < head.from) {
    found.unproven += gone.length;
    return;
  }
  const { count, sha256 } = wipedDigest(gone);
  if (!told.success) {
    if (count > 0) breakAt(found, gone[0]!.seq);
  } else if (count !== told.data.entries || sha256 !== told.data.sha256) breakAt(found, gone[0]?.seq ?? told.data.from);
}

/** What no entry here has told of: within the archive its wiping was made up, beyond its end nothing is known of it. */
function settleWipings(found: Walk): void {
  const last = found.head ? found.head.from + found.entries - 1 : 0;
  for (const [place, gone] of found.wiped) {
    if (place > last) found.unproven += gone.length;
    else breakAt(found, gone[0]!.seq);
  }
}

function breakAt(found: Walk, seq: number): void {
  found.brokenAt = Math.min(found.brokenAt ?? seq, seq);
}

/** Line by line; a file that was cut ends where it ends, without its last line. */
async function* linesOf(file: string): AsyncGenerator<string> {
  const gunzip = createGunzip();
  const input = fs.createReadStream(file);
  input.on('error', (error) => gunzip.destroy(error));
  input.pipe(gunzip);
  let rest = Buffer.alloc(0);
  try {
    for await (const chunk of gunzip as AsyncIterable<Buffer>) {
      rest = Buffer.concat([rest, chunk]);
      let start = 0;
      for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10, start)) {
        yield rest.toString('utf8', start, end);
        start = end + 1;
      }
      rest = rest.subarray(start);
      if (rest.length > MAX_LINE) throw new Error('line too long');
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'Z_BUF_ERROR') throw error;
  }
}

function faultOf(
  read: Walk & { readonly head: ArchiveHead },
  certificate: X509Certificate | null,
  trusted: readonly Uint8Array[],
  anchor: ReturnType<typeof anchorOf>,
): ArchiveFault | null {
  if (read.torn) return 'archive-changed';
  if (!read.end) return 'archive-cut';
  if (read.brokenAt !== null || read.end.head !== read.last || read.end.entries !== read.entries) return 'chain-broken';
  if (read.end.sha256 !== read.sha256) return 'archive-changed';
  if (!certificate || !isSigned(certificate, read.end)) return 'signature-wrong';
  if (!trusted.some((der) => certificate.raw.equals(der))) return 'signer-unknown';
  if (!speaksFor(certificate, read.head)) return 'signer-of-another-court';
  return anchor === 'differs' ? 'anchor-differs' : null;
}

function isSigned(certificate: X509Certificate, end: ArchiveEnd): boolean {
  const key = certificate.publicKey;
  if (key.asymmetricKeyType !== 'ec' || key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') return false;
  const text = Buffer.from(archiveSignedText(end.sha256), 'utf8');
  return verify('sha256', text, { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(end.signature, 'base64url'));
}

/** Whoever is trusted is so for his own court, and a key of training for training. */
function speaksFor({ subject }: X509Certificate, { court, training }: ArchiveHead): boolean {
  const named = /^CN=(.*)$/m.exec(subject)?.[1] ?? '';
  return training ? !named.startsWith(courtSystemName('')) : named === courtSystemName(court.code);
}

/** What the registry signed says something of this archive when the place lies in it. */
function anchorOf({ workstation, anchor }: ArchiveHead, { atAnchor }: Walk): NonNullable<ArchiveCheck['anchored']> | 'none' | 'differs' {
  if (!anchor || atAnchor === null) return 'none';
  const { key, signature, anchoredAt, entries } = anchor;
  const raw = Buffer.from(key, 'base64url');
  try {
    const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: key }, format: 'jwk' });
    const signed = verify(null, Buffer.from(anchorText(workstation, anchor)), publicKey, Buffer.from(signature, 'base64url'));
    if (!signed || atAnchor !== anchor.head) return 'differs';
  } catch {
    return 'differs';
  }
  return { entries, at: anchoredAt, keySha256: createHash('sha256').update(raw).digest('hex') };
}

function readCertificate(base64: string): X509Certificate | null {
  try {
    return new X509Certificate(Buffer.from(base64, 'base64'));
  } catch {
    return null;
  }
}
