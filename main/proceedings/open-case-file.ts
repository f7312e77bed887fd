import type { GrantView } from '../../shared/contract/index.ts';
import type { CaseFileMessage, GivenDocument } from '../../shared/registry/index.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { readFiling } from '../intake/index.ts';
import type { Reading } from '../store/index.ts';
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
    const given = caseFileOf(tx, filing).filter(({ sha256 }) => documents.includes(sha256));
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

/** What of the case the registry holds: the documents of its filings, and the acts that were issued. */
export function caseFileOf(read: Reading, filing: { id: string; caseNumber: string | null; joinsCase: string | null }): GivenDocument[] {
  const caseNumber = filing.caseNumber ?? filing.joinsCase;
  const filings = [...new Set([filing.id, ...filingsAbout(read, { filingId: null, caseNumber })])];
  const documents = filings.flatMap((id) =>
    read.all<GivenDocument>(
      `SELECT sha256, size, CASE WHEN title = '' THEN file_name ELSE title END AS title, file_name AS fileName
       FROM document WHERE filing_id = ? AND signs IS NULL AND state = 'stored'
         AND NOT EXISTS (SELECT 1 FROM filing_annex a JOIN outbox o ON o.id = a.command WHERE a.id = document.annex_id AND o.last_code = 'withdrawn')
       ORDER BY position`,
      id,
    ),
  );
  const acts = filings.flatMap((id) =>
    read.all<GivenDocument>(
      `SELECT a.signed_sha256 AS sha256, a.signed_size AS size, coalesce(a.title, i.title, 'Ұйғарым / Определение') AS title,
         a.kind || '.pdf' AS fileName
       FROM act a LEFT JOIN issued_act i ON i.id = a.id WHERE a.filing_id = ? AND a.state IN ('confirmed','dispatched') ORDER BY a.signed_at`,
      id,
    ),
  );
  const all = [...documents, ...acts];
  return all.filter(({ sha256 }, at) => all.findIndex((other) => other.sha256 === sha256) === at);
}
