import type { ActText } from '../../shared/domain/act-text.ts';
import type { ActVersionView, ChosenGround, TransferTo } from '../../shared/contract/index.ts';
import type { Reading, Writing } from '../store/index.ts';

/** What a ruling rests on: codes with the words of the person who chose them, and the court of a transfer. */
export type Reasons = { readonly grounds: readonly ChosenGround[]; readonly transferTo: TransferTo | null };

/** Of an act that decides nothing on its filing. */
export const NO_REASONS: Reasons = { grounds: [], transferTo: null };

export type VersionCause = 'drafted' | 'decided' | 'answered' | 'edited' | 'imported';
export type ActVersion = Reasons & {
  readonly number: number;
  readonly kind: string;
  readonly sha256: string;
  readonly pages: number;
  /** What a person wrote in place of the template's text. */
  readonly text?: ActText | null;
  readonly madeBy: string | null;
  readonly madeAt: string;
  readonly why: VersionCause;
};

/** Keeps one more text of an act; answers its number. */
export function addVersion(tx: Writing, actId: string, version: Omit<ActVersion, 'number'>): number {
  const { number } = tx.get<{ number: number }>('SELECT coalesce(max(number), 0) + 1 AS number FROM act_version WHERE act_id = ?', actId)!;
  tx.run(
    'INSERT INTO act_version (act_id, number, kind, sha256, pages, grounds, transfer_to, made_by, made_at, why, text) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    actId,
    number,
    version.kind,
    version.sha256,
    version.pages,
    JSON.stringify(version.grounds),
    version.transferTo && JSON.stringify(version.transferTo),
    version.madeBy,
    version.madeAt,
    version.why,
    version.text ? JSON.stringify(version.text) : null,
  );
  return number;
}

type Row = Omit<ActVersion, 'grounds' | 'transferTo' | 'text'> & {
  readonly grounds: string;
  readonly transferTo: string | null;
  readonly text: string | null;
};

/** The texts of an act, oldest first. */
export function versionsOf(read: Reading, actId: string): ActVersion[] {
  return read
    .all<Row>(
      `SELECT number, kind, sha256, pages, grounds, transfer_to AS transferTo, made_by AS madeBy, made_at AS madeAt, why, text
       FROM act_version WHERE act_id = ? ORDER BY number`,
      actId,
    )
    .map((row) => ({
      ...row,
      grounds: JSON.parse(row.grounds) as ChosenGround[],
      transferTo: row.transferTo === null ? null : (JSON.parse(row.transferTo) as TransferTo),
      text: row.text === null ? null : (JSON.parse(row.text) as ActText),
    }));
}

/** The texts of an act as they are shown, oldest first. */
export function listVersions(read: Reading, actId: string): ActVersionView[] {
  return read.all<ActVersionView>(
    `SELECT v.number, v.kind, v.sha256, v.pages, u.name AS madeBy, v.made_at AS madeAt, v.why
     FROM act_version v LEFT JOIN app_user u ON u.id = v.made_by WHERE v.act_id = ? ORDER BY v.number`,
    actId,
  );
}
