import {
  caseFileMessageSchema,
  caseFileSeenSchema,
  deliverySchema,
  hearingMessageSchema,
  requestFulfilledSchema,
  summonsMessageSchema,
  surveyAnsweredSchema,
  surveyAskedSchema,
  type CaseFileMessage,
  type CaseFileSeen,
  type Delivery,
  type FeedItem,
  type HearingMessage,
  type RequestFulfilled,
  type SummonsMessage,
  type SurveyAnswered,
  type SurveyAsked,
} from '../../shared/registry/index.ts';
import type { Writing } from '../store/index.ts';
import { filingsAbout } from './filings-about.ts';

type Taking = {
  readonly tx: Writing;
  readonly at: string;
  /** Filings whose view is another now. */
  readonly touched: (filingId: string) => void;
};

/** By kind of the feed; each may be repeated, and an older word never replaces a newer one. */
const KINDS: Readonly<Record<string, (taking: Taking, data: unknown) => boolean>> = {
  'hearing.changed': withData(hearingMessageSchema, takeHearing),
  'summons.issued': withData(summonsMessageSchema, takeSummons),
  'request.fulfilled': withData(requestFulfilledSchema, takeFulfilment),
  'case-file.changed': withData(caseFileMessageSchema, takeGrant),
  'case-file.seen': withData(caseFileSeenSchema, takeLook),
  'survey.asked': withData(surveyAskedSchema, takeAsked),
  'survey.answered': withData(surveyAnsweredSchema, takeAnswered),
  'delivery.changed': withData(deliverySchema, takeDelivery),
};

export const isOfProceedings = (kind: string): boolean => Object.hasOwn(KINDS, kind);

/** Takes what the registry tells of a proceeding over. What cannot be read is handed back to be kept. */
export function applyProceedingsItem(
  tx: Writing,
  item: FeedItem,
  at: string,
  touched: (filingId: string) => void,
): 'applied' | { deferred: string } {
  if (item.version !== 1) return { deferred: 'newer-version' };
  const take = KINDS[item.kind];
  if (take === undefined) return { deferred: 'unknown-kind' };
  return take({ tx, at, touched }, item.data) ? 'applied' : { deferred: 'malformed' };
}

type Schema<T> = { safeParse(data: unknown): { success: true; data: T } | { success: false } };
function withData<T>(schema: Schema<T>, take: (taking: Taking, data: T) => void): (taking: Taking, data: unknown) => boolean {
  return (taking, data) => {
    const parsed = schema.safeParse(data);
    if (parsed.success) take(taking, parsed.data);
    return parsed.success;
  };
}

/** A cancelled hearing stays cancelled; else the higher revision counts. */
export const isNewerHearing = (message: HearingMessage, than: HearingMessage): boolean =>
  message.revision > than.revision || (message.revision === than.revision && message.cancelledAt !== null && than.cancelledAt === null);

function takeHearing({ tx, at, touched }: Taking, message: HearingMessage): void {
  const { hearingId, filingId, caseNumber } = message;
  if ((filingId === null) === (caseNumber === null)) return;
  const row = tx.get<{ held: string | null }>('SELECT held FROM hearing WHERE id = ?', hearingId);
  if (row?.held && !isNewerHearing(message, JSON.parse(row.held) as HearingMessage)) return;
  tx.run(
    `INSERT INTO hearing (id, filing_id, case_number, held) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET held = excluded.held`,
    hearingId,
    filingId,
    caseNumber,
    JSON.stringify(message),
  );
  const filings = filingsAbout(tx, { filingId, caseNumber });
  const details = { hearing: hearingId, revision: message.revision, startsAt: message.startsAt };
  const action = message.cancelledAt === null ? 'hearing.confirmed' : 'hearing.cancel-confirmed';
  for (const subject of filings) {
    tx.journal({ at, actor: null, action, subject, details });
    touched(subject);
  }
}

function takeSummons({ tx, at, touched }: Taking, message: SummonsMessage): void {
  const { summonsId, hearingId, recipient, sha256, size, issuedAt } = message;
  const known = tx.get<{ issued_at: string | null }>('SELECT issued_at FROM summons WHERE id = ?', summonsId);
  if (known?.issued_at) return;
  tx.run(
    `INSERT INTO summons (id, hearing_id, recipient, sha256, size, issued_at) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET recipient = excluded.recipient, sha256 = excluded.sha256, size = excluded.size, issued_at = excluded.issued_at`,
    summonsId,
    hearingId,
    JSON.stringify(recipient),
    sha256,
    size,
    issuedAt,
  );
  for (const subject of filingsOfHearing(tx, hearingId)) {
    tx.journal({ at, actor: null, action: 'summons.issued', subject, details: { summons: summonsId, sha256 } });
    touched(subject);
  }
}

export function filingsOfHearing(tx: Writing, hearingId: string): string[] {
  const row = tx.get<{ filingId: string | null; caseNumber: string | null }>(
    'SELECT filing_id AS filingId, case_number AS caseNumber FROM hearing WHERE id = ?',
    hearingId,
  );
  return row ? filingsAbout(tx, row) : [];
}

function takeFulfilment({ tx, at, touched }: Taking, message: RequestFulfilled): void {
  const { filingId, fulfilledAt, documents } = message;
  const known = tx.get<{ held: string | null }>('SELECT held FROM fulfilment WHERE filing_id = ?', filingId);
  if (known?.held) return;
  tx.run(
    'INSERT INTO fulfilment (filing_id, held) VALUES (?, ?) ON CONFLICT (filing_id) DO UPDATE SET held = excluded.held',
    filingId,
    JSON.stringify(message),
  );
  tx.run("UPDATE filing SET state = 'fulfilled', revision = revision + 1 WHERE id = ? AND state IN ('registered','with-judge')", filingId);
  tx.journal({ at, actor: null, action: 'request.fulfilled', subject: filingId, details: { documents: documents.length, fulfilledAt } });
  touched(filingId);
}

/** Granted once, withdrawn once. */
function takeGrant({ tx, at, touched }: Taking, message: CaseFileMessage): void {
  const { grantId, filingId, withdrawnAt } = message;
  const known = tx.get<{ held: string | null }>('SELECT held FROM case_file_grant WHERE id = ?', grantId);
  const before = known?.held ? (JSON.parse(known.held) as CaseFileMessage) : null;
  if (before !== null && (before.withdrawnAt !== null || withdrawnAt === null)) return;
  tx.run(
    'INSERT INTO case_file_grant (id, filing_id, held) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET held = excluded.held',
    grantId,
    filingId,
    JSON.stringify(message),
  );
  const action = withdrawnAt === null ? 'case-file.opened' : 'case-file.closed';
  tx.journal({ at, actor: null, action, subject: filingId, details: { grant: grantId, documents: message.documents.length } });
  touched(filingId);
}

function takeLook({ tx, touched, at }: Taking, { grantId, filingId, sha256, at: seenAt }: CaseFileSeen): void {
  const fresh = tx.run(
    'INSERT INTO case_file_look (grant_id, sha256, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
    grantId,
    sha256,
    seenAt,
  );
  if (fresh === 0) return;
  tx.journal({ at, actor: null, action: 'case-file.seen', subject: filingId, details: { grant: grantId, sha256, seenAt } });
  touched(filingId);
}

function takeAsked({ tx, at, touched }: Taking, { surveyId, filingId, step, questionSet, askedAt }: SurveyAsked): void {
  const known = tx.get<{ asked_at: string | null }>('SELECT asked_at FROM survey WHERE id = ?', surveyId);
  if (known?.asked_at) return;
  tx.run(
    `INSERT INTO survey (id, filing_id, step, question_set, asked_at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET asked_at = excluded.asked_at`,
    surveyId,
    filingId,
    step,
    questionSet,
    askedAt,
  );
  tx.journal({ at, actor: null, action: 'survey.confirmed', subject: filingId, details: { survey: surveyId, questionSet } });
  touched(filingId);
}

function takeAnswered({ tx, at, touched }: Taking, message: SurveyAnswered): void {
  const { surveyId, filingId, step, questionSet, answers, answeredAt } = message;
  const known = tx.get<{ answered_at: string | null }>('SELECT answered_at FROM survey WHERE id = ?', surveyId);
  if (known?.answered_at) return;
  tx.run(
    `INSERT INTO survey (id, filing_id, step, question_set, answers, answered_at) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET answers = excluded.answers, answered_at = excluded.answered_at`,
    surveyId,
    filingId,
    step,
    questionSet,
    JSON.stringify(answers),
    answeredAt,
  );
  tx.journal({ at, actor: null, action: 'survey.answered', subject: filingId, details: { survey: surveyId, questionSet } });
  touched(filingId);
}

function takeDelivery({ tx, touched }: Taking, message: Delivery): void {
  if (!keepDelivery(tx, message)) return;
  for (const filing of filingsOfNotice(tx, message)) touched(filing);
}

/** False when a later word is here already, or the same. */
export function keepDelivery(tx: Writing, message: Delivery): boolean {
  const content = JSON.stringify(message);
  return (
    tx.run(
      `INSERT INTO delivery (id, subject, at, content) VALUES (?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET at = excluded.at, content = excluded.content WHERE excluded.at >= delivery.at AND excluded.content <> delivery.content`,
      message.id,
      message.subject,
      message.at,
      content,
    ) > 0
  );
}

/** The filings here that a notice is about: its subject is a filing, an act, a hearing or a summons. */
function filingsOfNotice(tx: Writing, { subject, filingId }: Delivery): string[] {
  const act = tx.get<{ id: string }>(
    'SELECT filing_id AS id FROM act WHERE id = ? UNION SELECT filing_id FROM issued_act WHERE id = ?',
    subject,
    subject,
  );
  const summons = tx.get<{ id: string }>('SELECT hearing_id AS id FROM summons WHERE id = ?', subject);
  const own = [subject, filingId, act?.id].filter((id) => typeof id === 'string');
  return [...new Set([...own, ...filingsOfHearing(tx, summons?.id ?? subject)])];
}
