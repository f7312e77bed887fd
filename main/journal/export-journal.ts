import { createHash } from 'node:crypto';
import { once } from 'node:events';
import fs from 'node:fs';
import { finished } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { fail, ok, type Result } from '../../shared/result.ts';
import { isDiskFull, JOURNAL_GENESIS, type Reading, type Store } from '../store/index.ts';
import { boundsOf } from './period-bounds.ts';
import { ARCHIVE_FORMAT, archiveSignedText, type ArchiveEnd, type ArchiveEntry, type ArchiveHead } from './archive-format.ts';

export type JournalExportParts = {
  readonly store: Store;
  readonly court: ArchiveHead['court'];
  readonly workstation: string;
  readonly training: boolean;
  readonly clock: () => string;
  readonly systemKey: { readonly certificate: Uint8Array; readonly signText: (text: string) => string };
  /** What the registry last signed of this journal, with the key this desk knows it by. */
  readonly anchor: ArchiveHead['anchor'];
};
/** Instants, UTC ISO; absent: from the beginning, to the end. */
export type JournalPeriod = { readonly from?: string | undefined; readonly until?: string | undefined };

const ENTRIES_AT_ONCE = 2000;

/**
 * Writes the entries of a period as a signed archive. An archive is whole between its first and its last entry: it is never a selection.
 * The export is itself an entry, made before, so that the newest archive tells of itself.
 * @returns how many entries it has and the SHA-256 of the file; `journal-empty` when the period has none, `disk-full` leaves no file.
 */
export async function exportJournal(
  parts: JournalExportParts,
  { file, actor, period }: { file: string; actor: string; period: JournalPeriod },
): Promise<Result<{ entries: number; sha256: string }>> {
  const { store } = parts;
  const at = parts.clock();
  // the entry of the export itself may be the only one of its period
  const empty = (period.from ?? '') > at || at >= (period.until ?? '9999');
  if (empty && rangeOf(store.read, period) === null) return fail('journal-empty');
  store.write((tx) => tx.journal({ at, actor, action: 'journal.exported', subject: null, details: { ...definedOf(period) } }));
  const range = rangeOf(store.read, period);
  if (!range) return fail('journal-empty');
  const temporary = `${file}.part`;
  try {
    const written = await writeArchive(parts, temporary, headOf(parts, range.first, actor, at), range);
    fs.renameSync(temporary, file);
    return ok(written);
  } catch (error) {
    fs.rmSync(temporary, { force: true });
    if (isDiskFull(error)) return fail('disk-full');
    throw error;
  }
}

const definedOf = ({ from, until }: JournalPeriod) => ({
  ...(from === undefined ? {} : { from }),
  ...(until === undefined ? {} : { until }),
});

/** By the order of the chain: a clock that was put back in between does not tear the period. */
function rangeOf(read: Reading, { from, until }: JournalPeriod): { first: number; last: number } | null {
  const { entries } = read.get<{ entries: number | null }>('SELECT max(seq) AS entries FROM journal')!;
  const bounds = boundsOf(read, entries ?? 0, { from, until });
  if (bounds === null) return null;
  const { first, last } = read.get<{ first: number | null; last: number | null }>(
    'SELECT min(seq) AS first, max(seq) AS last FROM journal WHERE seq BETWEEN ? AND ? AND at >= ? AND at < ?',
    ...[bounds.first, bounds.last, from ?? '', until ?? '9999'],
  )!;
  return first === null || last === null ? null : { first, last };
}

function headOf(parts: JournalExportParts, first: number, actor: string, at: string): ArchiveHead {
  const { read } = parts.store;
  const people = read
    .all<{ id: string; name: string; roles: string }>('SELECT id, name, roles FROM app_user ORDER BY id')
    .map(({ id, name, roles }) => ({ id, name, roles: JSON.parse(roles) as string[] }));
  return {
    format: ARCHIVE_FORMAT,
    court: parts.court,
    workstation: parts.workstation,
    training: parts.training,
    previous: read.get<{ hash: string }>('SELECT hash FROM journal WHERE seq = ?', first - 1)?.hash ?? JOURNAL_GENESIS,
    from: first,
    exportedAt: at,
    exportedBy: { id: actor, name: people.find((person) => person.id === actor)?.name ?? '' },
    people,
    certificate: Buffer.from(parts.systemKey.certificate).toString('base64'),
    anchor: parts.anchor,
  };
}

async function writeArchive(
  { store, systemKey }: JournalExportParts,
  file: string,
  head: ArchiveHead,
  { first, last }: { first: number; last: number },
): Promise<{ entries: number; sha256: string }> {
  const gzip = createGzip();
  const out = fs.createWriteStream(file, { mode: 0o600 });
  const ofFile = createHash('sha256');
  gzip.on('data', (chunk: Buffer) => ofFile.update(chunk));
  const done = finished(gzip.pipe(out));
  // a full disk ends the writing, and nothing waits for a drain that never comes
  out.on('error', (error) => gzip.destroy(error));
  const hash = createHash('sha256');
  const write = async (value: ArchiveHead | ArchiveEntry) => {
    const line = `${JSON.stringify(value)}\n`;
    hash.update(line);
    if (!gzip.write(line)) await Promise.race([once(gzip, 'drain'), done]);
  };

  await write(head);
  let previous = head.previous;
  for (let next = first; next <= last;) {
    const page = store.read.all<ArchiveEntry & { wipedBy: number | null }>(
      'SELECT seq, at, actor, action, subject, details, hash, wiped_by AS wipedBy FROM journal WHERE seq BETWEEN ? AND ? ORDER BY seq LIMIT ?',
      next,
      last,
      ENTRIES_AT_ONCE,
    );
    for (const { wipedBy, ...entry } of page) await write(wipedBy === null ? entry : { ...entry, wipedBy });
    const end = page.at(-1);
    if (!end) break;
    previous = end.hash;
    next = end.seq + 1;
  }
  const sha256 = hash.digest('hex');
  const end: ArchiveEnd = { entries: last - first + 1, head: previous, sha256, signature: systemKey.signText(archiveSignedText(sha256)) };
  gzip.end(`${JSON.stringify(end)}\n`);
  await done;
  return { entries: end.entries, sha256: ofFile.digest('hex') };
}
