import { createHash } from 'node:crypto';
import { courtDayOf } from '../../shared/domain/court-day.ts';
import type { FilingMessage, FilingSubmission } from '../../shared/registry/index.ts';
import { isCourtRevoked } from '../courts/keep-court.ts';
import { lockCourt } from '../courts/lock-court.ts';
import { grantDocuments, sizesFromCabinet } from '../documents/hold-document.ts';
import { appendToFeed } from '../feed/append-to-feed.ts';
import type { Registry } from '../http/context.ts';
import { done, refuse, type Outcome } from '../http/problem.ts';
import { keepPaymentUse, tellPayment } from '../payments/use-payment.ts';
import { isAtHome } from '../restorations/number-guard.ts';
import { shareFilings } from '../assignments/share-filings.ts';
import { single, type Sql } from '../store/database.ts';

export type Submitted = { id: string; cabinetNumber: string; receivedAt: string };

/**
 * Receives a filing for its court: everything it names is here, it gets its number and stands in the court's feed.
 * With an idempotency key a repeated submission gets the first answer.
 */
export function submitFiling(registry: Registry, submission: FilingSubmission, idempotencyKey: string | null): Promise<Outcome<Submitted>> {
  const id = registry.newId();
  return registry.db.transaction(
    async (sql) => {
      if (idempotencyKey !== null) {
        const earlier = await claimKey(sql, idempotencyKey, id, submission);
        if (earlier !== null) return earlier;
      }
      if (!(await lockCourt(sql, submission.court))) return refuse('court-unknown');
      if (await isCourtRevoked(sql, submission.court)) return refuse('court-revoked');

      if (!(await isAtHome(sql))) return refuse('numbers-held');
      const files = submission.documents.flatMap((d) => [d, ...d.signatures]);
      const hashes = [...new Set(files.map((file) => file.sha256))];
      const sizes = await sizesFromCabinet(sql, hashes);
      if (files.some((file) => sizes.get(file.sha256) !== file.size)) return refuse('document-missing');

      const receivedAt = registry.clock();
      const cabinetNumber = await nextCabinetNumber(sql, receivedAt);
      const told = await tellPayment(sql, submission);
      // only a desk takes paper
      const message: FilingMessage = { ...submission, ...told, id, cabinetNumber, sentAt: receivedAt, receivedAt, paper: undefined };
      await sql.query(
        "INSERT INTO filing (id, court, cabinet_number, message, received_at, state) VALUES ($1, $2, $3, $4::jsonb, $5, 'received')",
        [id, submission.court, cabinetNumber, JSON.stringify(message), receivedAt],
      );
      await keepPaymentUse(sql, id, told);
      await grantDocuments(sql, submission.court, hashes);
      await appendToFeed(sql, { court: submission.court, kind: 'filing.submitted', subject: id, at: receivedAt, data: message });
      await shareFilings(sql, { court: submission.court, now: receivedAt, newId: registry.newId });
      return done({ id, cabinetNumber, receivedAt });
    },
    (outcome) => outcome.ok, // a refused submission does not use its key up
  );
}

/** Null when the key is new and now ours; else the answer that was given for it. A second one with the same key waits for the first. */
async function claimKey(sql: Sql, key: string, filing: string, submission: FilingSubmission): Promise<Outcome<Submitted> | null> {
  const bodySha256 = createHash('sha256').update(JSON.stringify(submission)).digest('hex');
  const claimed = await sql.query(
    'INSERT INTO cabinet_submission (idempotency_key, body_sha256, filing) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING filing',
    [key, bodySha256, filing],
  );
  if (claimed.length === 1) return null;
  const earlier = single(
    await sql.query<{ body_sha256: string } & Submitted>(
      `SELECT s.body_sha256, f.id, f.cabinet_number AS "cabinetNumber", f.received_at AS "receivedAt"
       FROM cabinet_submission s JOIN filing f ON f.id = s.filing WHERE s.idempotency_key = $1`,
      [key],
    ),
  );
  const { body_sha256, ...submitted } = earlier;
  return body_sha256 === bodySha256 ? done(submitted) : refuse('request-id-reused');
}

/** Twelve digits: year and month of the court's day, then a sequence that begins anew each month. */
export async function nextCabinetNumber(sql: Sql, at: string): Promise<string> {
  const month = courtDayOf(at).slice(2, 7).replace('-', '');
  const rows = await sql.query<{ last: number }>(
    'INSERT INTO cabinet_month (month, last) VALUES ($1, 1) ON CONFLICT (month) DO UPDATE SET last = cabinet_month.last + 1 RETURNING last',
    [month],
  );
  return month + String(single(rows).last).padStart(8, '0');
}
