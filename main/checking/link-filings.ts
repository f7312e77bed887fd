import type { ComparedFiling, FilingLink, FilingPair } from '../../shared/contract/index.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { readDocuments, readFiling, type DocumentRecord, type FilingRecord } from '../intake/index.ts';
import type { Reading } from '../store/index.ts';
import { textOf } from './duplicates.ts';
import { likenessOf, shinglesOf } from './shingles.ts';

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
