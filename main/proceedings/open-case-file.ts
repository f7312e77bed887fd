import type { GrantView } from '../../shared/contract/index.ts';
import type { CaseFileMessage, GivenDocument } from '../../shared/registry/index.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { readAnnexes, readFiling } from '../intake/index.ts';
import type { Reading } from '../store/index.ts';
import { CONFIRMED, type Standing } from '../sync/index.ts';
import { filingsAbout } from './filings-about.ts';
import { forgetDraft } from './form-drafts.ts';
import { effective, type BothSides, type Effective } from './held-and-own.ts';
import type { ProceedingsParts } from './proceedings-parts.ts';

type Deciding = Pick<ProceedingsParts, 'store' | 'clock' | 'newId'>;

export type Granting = {
  readonly filingId: string;
  readonly person: string;
  /** SHA-256 of documents of the case file. */
  readonly documents: readonly string[];
  /** UTC ISO. */
  readonly until: string;
  readonly actor: string;
};

/**
 * Opens documents of the case file to a person, under the number of a registered filing, until a time. Errors: `not-found`, `move-not-allowed` before
 * registration, `input-invalid` naming the field.
 */
export function grantCaseFile(parts: Deciding, { filingId, person, documents, until, actor }: Granting): Result<{ grantId: string }> {
  const at = parts.clock();
  return parts.store.write((tx) => {
    const filing = readFiling(tx, filingId);
    if (!filing) return fail('not-found');
    if (filing.registeredAt === null) return fail('move-not-allowed', { state: filing.state });
    const given = caseFileOf(tx, filing)
      .filter(({ sha256, standing }) => standing.state === 'confirmed' && documents.includes(sha256))
      .map(toGiven);
    if (given.length === 0 || given.length !== new Set(documents).size) return fail('input-invalid', { field: 'documents' });
    if (Date.parse(until) <= Date.parse(at)) return fail('input-invalid', { field: 'until' });
    if (person.trim() === '') return fail('input-invalid', { field: 'person' });
    const grantId = parts.newId();
    const command = parts.newId();
    const payload = { grantId, filingId, person: person.trim(), documents: given, until };
    const own: CaseFileMessage = { ...payload, grantedAt: at, withdrawnAt: null, reason: null };
    tx.run(
      'INSERT INTO case_file_grant (id, filing_id, own, command) VALUES (?, ?, ?, ?)',
      grantId,
      filingId,
      JSON.stringify(own),
      command,
    );
    tx.journal({ at, actor, action: 'case-file.granted', subject: filingId, details: { grant: grantId, documents: given.length, until } });
    tx.outbox({ id: command, subject: filingId, kind: 'case-file.grant', actor, at, uploads: [], payload });
    forgetDraft(tx, { user: actor, filingId, form: 'access' });
    return ok({ grantId });
  });
}

/** Closes what was opened, before its time. Errors: `not-found`, `move-not-allowed` when it is closed already. */
export function withdrawCaseFile(
  parts: Deciding,
  { grantId, reason, actor }: { readonly grantId: string; readonly reason: string; readonly actor: string },
): Result<{ filingId: string }> {
  const at = parts.clock();
  return parts.store.write((tx) => {
    const grant = readGrants(tx, 'SELECT held, own, command FROM case_file_grant WHERE id = ?', grantId)[0];
    if (!grant) return fail('not-found');
    if (grant.value.withdrawnAt !== null) return fail('move-not-allowed', { state: 'withdrawn' });
    const { filingId } = grant.value;
    const command = parts.newId();
    const own: CaseFileMessage = { ...grant.value, withdrawnAt: at, reason };
    tx.run('UPDATE case_file_grant SET own = ?, command = ? WHERE id = ?', JSON.stringify(own), command, grantId);
    tx.journal({ at, actor, action: 'case-file.withdrawn', subject: filingId, details: { grant: grantId } });
    tx.outbox({
      id: command,
      subject: filingId,
      kind: 'case-file.withdraw',
      actor,
      at,
      uploads: [],
      payload: { grantId, filingId, reason },
    });
    return ok({ filingId });
  });
}

const covers = (held: CaseFileMessage, own: CaseFileMessage) => held.withdrawnAt !== null || own.withdrawnAt === null;
const readGrants = (read: Reading, sql: string, id: string): Effective<CaseFileMessage>[] =>
  read
    .all<BothSides>(sql, id)
    .map((row) => effective(read, row, covers))
    .filter((grant) => grant !== null);

/** What was opened under a filing's number, newest first, with the looks into it. */
export function grantsOf(read: Reading, filingId: string): GrantView[] {
  return readGrants(read, 'SELECT held, own, command FROM case_file_grant WHERE filing_id = ? ORDER BY id DESC', filingId).map(
    ({ value, standing, held }) => {
      const { grantId, person, documents, until, withdrawnAt, reason } = value;
      const given = documents.map(toGiven);
      const looks = read.all<{ sha256: string; at: string }>(
        'SELECT sha256, at FROM case_file_look WHERE grant_id = ? ORDER BY at DESC',
        grantId,
      );
      const titleOf = (sha256: string) => given.find((document) => document.sha256 === sha256)?.title ?? '';
      return {
        ...{ id: grantId, person, documents: given, grantedAt: held?.grantedAt ?? null, until, withdrawnAt, reason, standing },
        looks: looks.map(({ sha256, at }) => ({ at, title: titleOf(sha256) })),
      };
    },
  );
}

export const toGiven = ({ sha256, size, title, fileName }: GivenDocument): GivenDocument => ({ sha256, size, title, fileName });

type InCaseFile = GivenDocument & { readonly standing: Standing };

/** What stands in the case file: the documents of its filings, also papers that are on their way to the registry, and the acts that were issued. */
export function caseFileOf(read: Reading, filing: { id: string; caseNumber: string | null; joinsCase: string | null }): InCaseFile[] {
  const caseNumber = filing.caseNumber ?? filing.joinsCase;
  const filings = [...new Set([filing.id, ...filingsAbout(read, { filingId: null, caseNumber })])];
  const documents = filings.flatMap((id) => {
    const annexes = new Map(readAnnexes(read, id).map((annex) => [annex.id, annex.standing]));
    return read
      .all<GivenDocument & { annexId: string | null }>(
        `SELECT sha256, size, CASE WHEN title = '' THEN file_name ELSE title END AS title, file_name AS fileName, annex_id AS annexId
         FROM document WHERE filing_id = ? AND signs IS NULL AND state = 'stored' ORDER BY position`,
        id,
      )
      .flatMap(({ annexId, ...document }): InCaseFile[] => {
        const { state, code } = (annexId === null ? undefined : annexes.get(annexId)) ?? CONFIRMED;
        return state === 'withdrawn' ? [] : [{ ...document, standing: { state, code } }];
      });
  });
  const acts = filings.flatMap((id) =>
    read.all<GivenDocument>(
      `SELECT a.signed_sha256 AS sha256, a.signed_size AS size, coalesce(a.title, i.title, 'Ұйғарым / Определение') AS title,
         a.kind || '.pdf' AS fileName
       FROM act a LEFT JOIN issued_act i ON i.id = a.id WHERE a.filing_id = ? AND a.state IN ('confirmed','dispatched') ORDER BY a.signed_at`,
      id,
    ),
  );
  const all = [...documents, ...acts.map((act) => ({ ...act, standing: CONFIRMED }))];
  // the same bytes may have come with one filing and be on their way with another
  const best = (sha256: string) => {
    const same = all.filter((other) => other.sha256 === sha256);
    return same.find(({ standing }) => standing.state === 'confirmed') ?? same[0];
  };
  return all.filter((document) => best(document.sha256) === document);
}
