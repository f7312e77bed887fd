import { parseActCheck, type ActCheck } from '../../shared/domain/act-check.ts';
import { parseTalonQr } from '../../shared/domain/talon.ts';
import type { CheckAnswer } from '../../shared/registry/index.ts';
import type { Sql } from '../store/database.ts';

/** Too short a beginning of a hash could be walked through. */
const FEWEST_HEX = 16;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const HASH = new RegExp(`^[0-9a-f]{${FEWEST_HEX},64}$`);
const INCOMING_NUMBER = /^\d{4}-\d{2}-\d{6}$/;

type Original = NonNullable<CheckAnswer['original']>;

const COURT = `jsonb_build_object('code', c.code, 'nameKk', c.name_kk, 'nameRu', c.name_ru) AS court`;
const TALON = `SELECT 'talon' AS paper, ${COURT}, NULL AS kind, f.incoming_number AS "incomingNumber", NULL AS "caseNumber",
    f.registered_at AS at, f.talon_sha256 AS sha256
  FROM filing f JOIN court c ON c.code = f.court WHERE f.talon_sha256 IS NOT NULL`;
const ACT = `SELECT 'act' AS paper, ${COURT}, a.kind, f.incoming_number AS "incomingNumber", NULL AS "caseNumber", a.signed_at AS at, a.sha256
  FROM act a JOIN filing f ON f.id = a.filing JOIN court c ON c.code = f.court WHERE a.dispatched_at IS NOT NULL`;

/** As it was before its signature was raised: papers that were printed then bear that hash. */
const EARLIER_ACT = ACT.replace('a.sha256', 'r.was AS sha256').replace('FROM act a', 'FROM act_raise r JOIN act a ON a.id = r.act');

/**
 * The original behind what is printed on a paper: the text of the QR code of a talon or of a verification sheet, an incoming number, the id of an act, or the beginning
 * of a hash, of a version before the signature was raised too. Incoming numbers follow one another, so a number alone is answered with nothing but what stands on every talon; the
 * number of the case is for those who hold the QR code. Null when the text is none of these.
 */
export async function findOriginal(sql: Sql, text: string): Promise<CheckAnswer | null> {
  const asked = text.trim();
  const qr = parseTalonQr(asked);
  if (qr) {
    const [talon] = await sql.query<Original>(
      `SELECT talon.*, coalesce(f.case_number, f.joins_case) AS "caseNumber"
       FROM (${TALON} AND f.incoming_number = $1 AND f.talon_qr = $2) AS talon JOIN filing f ON f.incoming_number = talon."incomingNumber"`,
      [qr.incomingNumber, asked],
    );
    return answer(talon ? [talon] : []);
  }
  const sheet = parseActCheck(asked);
  if (sheet) return answer(await actOnSheet(sql, sheet));
  const key = asked.replace(/\s/g, '').toLowerCase();
  if (INCOMING_NUMBER.test(key)) return answer(await sql.query<Original>(`${TALON} AND f.incoming_number = $1`, [key]));
  if (UUID.test(key)) return answer(await sql.query<Original>(`${ACT} AND a.id = $1`, [key]));
  if (!HASH.test(key)) return null;
  return answer(
    await sql.query<Original>(
      `(${TALON} AND f.talon_sha256 LIKE $1 LIMIT 2) UNION ALL (${ACT} AND a.sha256 LIKE $1 LIMIT 2)
       UNION ALL (${EARLIER_ACT} AND r.was LIKE $1 LIMIT 2)`,
      [`${key}%`],
    ),
  );
}

/** The act that a verification sheet is about, when everything on the sheet is so; a sheet from before a raise names the hash of then. */
function actOnSheet(sql: Sql, { actId, court, incomingNumber, signedAt, sha256 }: ActCheck): Promise<Original[]> {
  const named = `a.id = $1 AND f.court = $2 AND f.incoming_number = $3 AND a.signed_at::timestamptz = $4::timestamptz`;
  const found = `${ACT} AND ${named} AND a.sha256 = $5 UNION ALL ${EARLIER_ACT} AND ${named} AND r.was = $5`;
  return sql.query<Original>(
    `SELECT act.*, coalesce(g.case_number, g.joins_case) AS "caseNumber" FROM (${found.replaceAll('NULL AS "caseNumber", ', '')}) AS act
     JOIN filing g ON g.incoming_number = act."incomingNumber"`,
    [actId, court, incomingNumber, signedAt, sha256],
  );
}

/** A beginning that fits several originals says nothing of any. */
function answer(originals: readonly Original[]): CheckAnswer {
  const [original] = originals;
  return original && originals.every(({ sha256 }) => sha256 === original.sha256)
    ? { found: true, original }
    : { found: false, original: null };
}
