import type { CourtDay } from '../../shared/domain/court-day.ts';
import { endOfCourtDay } from '../../shared/domain/court-day.ts';
import { listSigned } from '../dispatch/index.ts';
import type { Reading } from '../store/index.ts';

/** Court days, both inclusive. */
export type ReportPeriod = { readonly from: CourtDay; readonly until: CourtDay };

/** How a value is written: `word` is a key of the texts under the family of the field, `kind` a document type. */
export type FieldType = 'text' | 'instant' | 'day' | 'number' | 'yes-no' | 'kind' | { readonly word: string };
export type Value = string | number | null;
export type Row = Readonly<Record<string, Value>>;

export type Source = {
  readonly fields: Readonly<Record<string, FieldType>>;
  /** `now` is what open terms are looked at from. */
  read(read: Reading, period: ReportPeriod, now: string): Row[];
};

const FILING = {
  receivedAt: 'instant',
  cabinetNumber: 'text',
  incomingNumber: 'text',
  caseNumber: 'text',
  kind: 'kind',
  claimant: 'text',
  respondent: 'text',
  language: { word: 'report.language' },
  documents: 'number',
  dueAt: 'day',
  state: { word: 'status' },
  registeredAt: 'instant',
  registeredBy: 'text',
  flagged: 'yes-no',
  confirmed: 'yes-no',
  onTime: 'yes-no',
} as const satisfies Record<string, FieldType>;

/** The last day of a term is the day before it is over at 24:00. */
const FILINGS = `SELECT f.received_at AS receivedAt, f.cabinet_number AS cabinetNumber, f.incoming_number AS incomingNumber,
    coalesce(f.case_number, f.joins_case) AS caseNumber, f.kind, f.claimant, f.respondent, f.language,
    (SELECT count(*) FROM document d WHERE d.filing_id = f.id AND d.signs IS NULL) AS documents, f.due_at AS dueAt, f.state,
    f.registered_at AS registeredAt, u.name AS registeredBy, f.flagged, f.confirmed_at IS NOT NULL AS confirmed,
    CASE WHEN f.registered_at IS NULL OR f.due_at IS NULL THEN NULL ELSE f.registered_at <= f.due_at END AS onTime
  FROM filing f LEFT JOIN app_user u ON u.id = f.registered_by`;

const instants = ({ from, until }: ReportPeriod) => ({
  from: new Date(Date.parse(endOfCourtDay(from)) - 24 * 3_600_000).toISOString(),
  until: new Date(endOfCourtDay(until)).toISOString(),
});
const filingsBy =
  (column: string): Source['read'] =>
  (read, period) =>
    read.all<Row>(`${FILINGS} WHERE f.${column} >= @from AND f.${column} < @until ORDER BY f.${column}, f.id`, instants(period));

/** What a report can be made of. Which of its fields a report shows, in which order and under which heading, is data. */
export const SOURCES: Readonly<Record<string, Source>> = {
  received: { fields: FILING, read: filingsBy('received_at') },
  registered: { fields: FILING, read: filingsBy('registered_at') },
  acts: {
    fields: {
      signedAt: 'instant',
      actKind: { word: 'act.kind' },
      caseNumber: 'text',
      incomingNumber: 'text',
      claimant: 'text',
      respondent: 'text',
      judge: 'text',
      level: 'text',
      actState: { word: 'act.state' },
    },
    read: (read, period) => {
      const { from, until } = instants(period);
      return listSigned(read, from, until).map((act) => ({
        signedAt: act.signedAt,
        actKind: act.kind,
        caseNumber: act.caseNumber,
        incomingNumber: act.incomingNumber,
        claimant: act.claimant,
        respondent: act.respondent,
        judge: act.signedBy,
        level: act.level,
        actState: act.dispatched ? 'dispatched' : act.issued ? 'confirmed' : 'signed',
      }));
    },
  },
  dispatches: {
    fields: {
      signedAt: 'instant',
      actKind: { word: 'act.kind' },
      caseNumber: 'text',
      recipient: 'text',
      channel: { word: 'channel' },
      delivery: { word: 'dispatch.state' },
      deliveredAt: 'instant',
    },
    read: (read, period) => {
      const { from, until } = instants(period);
      return listSigned(read, from, until).flatMap((act) =>
        act.recipients().map(({ name, via, state, at }) => ({
          ...{ signedAt: act.signedAt, actKind: act.kind, caseNumber: act.caseNumber },
          ...{ recipient: name, channel: via, delivery: state, deliveredAt: at },
        })),
      );
    },
  },
  people: {
    fields: { person: 'text', registered: 'number', withDefects: 'number', late: 'number', acts: 'number' },
    read: (read, period) =>
      read.all<Row>(
        `SELECT u.name AS person, count(f.id) AS registered, coalesce(sum(f.flagged), 0) AS withDefects,
           coalesce(sum(f.registered_at > f.due_at), 0) AS late,
           (SELECT count(*) FROM act a WHERE a.signed_by = u.id AND a.signed_at >= @from AND a.signed_at < @until) AS acts
         FROM app_user u LEFT JOIN filing f ON f.registered_by = u.id AND f.registered_at >= @from AND f.registered_at < @until
         GROUP BY u.id HAVING registered > 0 OR acts > 0 OR u.active = 1 ORDER BY u.name, u.id`,
        instants(period),
      ),
  },
  kinds: {
    fields: {
      kind: 'kind',
      received: 'number',
      registered: 'number',
      inTime: 'number',
      late: 'number',
      open: 'number',
      openOverdue: 'number',
    },
    read: (read, period, now) =>
      read.all<Row>(
        `SELECT kind, sum(received_at >= @from AND received_at < @until) AS received,
           coalesce(sum(registered_at >= @from AND registered_at < @until), 0) AS registered,
           coalesce(sum(registered_at >= @from AND registered_at < @until AND (due_at IS NULL OR registered_at <= due_at)), 0) AS inTime,
           coalesce(sum(registered_at >= @from AND registered_at < @until AND registered_at > due_at), 0) AS late,
           sum(registered_at IS NULL AND received_at < @until) AS open,
           coalesce(sum(registered_at IS NULL AND received_at < @until AND due_at <= @now), 0) AS openOverdue
         FROM filing GROUP BY kind HAVING received > 0 OR registered > 0 OR open > 0 ORDER BY received DESC, kind`,
        { ...instants(period), now },
      ),
  },
};
