import type { ComparedFiling, FilingLink, FilingPair } from '../../shared/contract/index.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { readDocuments, readFiling, type DocumentRecord, type FilingRecord } from '../intake/index.ts';
import type { Reading, Store } from '../store/index.ts';
import { textOf } from './duplicates.ts';
import { likenessOf, shinglesOf } from './shingles.ts';

export type LinkParts = { readonly store: Store; readonly clock: () => string };

/** Links two filings that belong together; both say so from now on. Linking them again changes nothing. Errors: `not-found`, `input-invalid`. */
export function linkFilings(
  { store, clock }: LinkParts,
  { id, otherId, actor }: { id: string; otherId: string; actor: string },
): Result<null> {
  if (id === otherId) return fail('input-invalid', { field: 'otherId' });
  return store.write((tx) => {
    const [one, other] = [readFiling(tx, id), readFiling(tx, otherId)];
    if (!one || !other) return fail('not-found');
    const [a, b] = [id, otherId].sort();
    const at = clock();
    if (tx.run('INSERT INTO filing_link (a, b, by_user, at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING', a, b, actor, at) === 0)
      return ok(null);
    for (const [filing, with_] of [
      [one, other],
      [other, one],
    ] as const) {
      tx.run('UPDATE filing SET revision = revision + 1 WHERE id = ?', filing.id);
      tx.journal({ at, actor, action: 'filing.linked', subject: filing.id, details: { with: numberOf(with_) } });
    }
    return ok(null);
  });
}

const numberOf = ({ incomingNumber, cabinetNumber }: FilingRecord): string => incomingNumber ?? cabinetNumber;

/** What a filing is linked with, the newest link first. */
export const linksOf = (read: Reading, id: string): FilingLink[] =>
  read.all<FilingLink>(
    `SELECT f.id, coalesce(f.incoming_number, f.cabinet_number, '') AS number, f.received_at AS receivedAt, coalesce(u.name, '') AS "by", l.at
     FROM (SELECT b AS other, by_user, at FROM filing_link WHERE a = @id UNION ALL SELECT a, by_user, at FROM filing_link WHERE b = @id) l
     JOIN filing f ON f.id = l.other LEFT JOIN app_user u ON u.id = l.by_user ORDER BY l.at DESC`,
    { id },
  );

/** Two filings side by side, for a person to tell whether they are the same matter. Errors: `not-found`. */
export function compareFilings(read: Reading, id: string, otherId: string): Result<FilingPair> {
  const [one, other] = [readFiling(read, id), readFiling(read, otherId)];
  if (!one || !other) return fail('not-found');
  const [ours, theirs] = [readDocuments(read, id), readDocuments(read, otherId)];
  return ok({
    sides: [sideOf(one, ours, theirs), sideOf(other, theirs, ours)],
    percent: likenessOfTexts(read, ours[0], theirs[0]),
    linked: linksOf(read, id).some((link) => link.id === otherId),
  });
}

function likenessOfTexts(read: Reading, a: DocumentRecord | undefined, b: DocumentRecord | undefined): number | null {
  const [x, y] = [a, b].map((document) => shinglesOf(document ? textOf(read, document.id) : ''));
  return x!.size === 0 || y!.size === 0 ? null : Math.floor(likenessOf(x!, y!) * 100);
}

function sideOf(filing: FilingRecord, documents: readonly DocumentRecord[], others: readonly DocumentRecord[]): ComparedFiling {
  const { message } = filing;
  const known = new Set(others.map(({ sha256 }) => sha256));
  return {
    id: filing.id,
    number: numberOf(filing),
    ...{ state: filing.state, kind: filing.kind, language: filing.language },
    receivedAt: message.receivedAt,
    category: message.category ?? null,
    claimValue: message.claimValue === null || message.claimValue === undefined ? null : String(message.claimValue),
    receipt: message.payment?.number ?? null,
    parties: message.parties.map(({ side, name, iin, bin }) => ({ side, name, number: iin ?? bin ?? null })),
    documents: documents.map(({ id, title, fileName, pages, sha256 }) => ({
      id,
      title: title || fileName,
      pages,
      same: known.has(sha256),
    })),
  };
}
