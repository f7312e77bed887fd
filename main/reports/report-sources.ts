import { readLedger, readReturns } from '../fairness/index.ts';
import type { Reference } from '../reference/index.ts';
import type { Snapshot } from '../store/index.ts';
import { aboutFilings, actsOf } from './acts-of-period.ts';
import { readPeople, readWork } from './read-shares.ts';
import { instantsOf, LATE, type ReportPeriod } from './report-period.ts';

/** How a value is written: `word` is a key of the texts under the family of the field, `kind` a document type. */
export type FieldType = 'text' | 'instant' | 'day' | 'number' | 'yes-no' | 'kind' | { readonly word: string };
export type Value = string | number | null;
export type Row = Readonly<Record<string, Value>>;

/** What a source reads with. */
export type Reads = {
  readonly read: Snapshot;
  readonly reference: Reference;
  readonly period: ReportPeriod;
  /** What open terms are looked at from. */
  readonly now: string;
  /** What lines that sum up are of; absent: of the first of `groups`. */
  readonly by?: string | undefined;
};
export type Source = {
  readonly fields: Readonly<Record<string, FieldType>>;
  /** Fields of which one stands in each line, where the lines sum up. */
  readonly groups?: readonly string[];
  /** Piece by piece, with the turn of others in between; `filingId` of a row is the filing that it is about. */
  rows(from: Reads): AsyncIterable<readonly Row[]>;
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
  category: 'text',
  judge: 'text',
} as const satisfies Record<string, FieldType>;

/** The last day of a term is the day before it is over at 24:00. */
const FILINGS = `SELECT f.id AS filingId, f.received_at AS receivedAt, f.cabinet_number AS cabinetNumber, f.incoming_number AS incomingNumber,
    coalesce(f.case_number, f.joins_case) AS caseNumber, f.kind, f.claimant, f.respondent, f.language,
    (SELECT count(*) FROM document d WHERE d.filing_id = f.id AND d.signs IS NULL) AS documents, f.due_at AS dueAt, f.state,
    f.registered_at AS registeredAt, u.name AS registeredBy, f.flagged, f.confirmed_at IS NOT NULL AS confirmed,
    NOT ${LATE} AS onTime,
    f.category, j.name AS judge
  FROM filing f LEFT JOIN app_user u ON u.id = f.registered_by LEFT JOIN app_user j ON j.id = f.judge_id`;

const filingsBy =
  (column: string): Source['rows'] =>
  ({ read, period }) =>
    read.pieces<Row>(`${FILINGS} WHERE f.${column} >= @from AND f.${column} < @until ORDER BY f.${column}, f.id`, instantsOf(period));

/** What a report can be made of. Which of its fields a report shows, in which order and under which heading, is data. */
export const SOURCES: Readonly<Record<string, Source>> = {
  received: { fields: FILING, rows: filingsBy('received_at') },
  registered: { fields: FILING, rows: filingsBy('registered_at') },
  acts: {
    fields: {
      signedAt: 'instant',
      actKind: { word: 'act.kind' },
      filingKind: 'kind',
      category: 'text',
      caseNumber: 'text',
      incomingNumber: 'text',
      claimant: 'text',
      respondent: 'text',
      judge: 'text',
      level: 'text',
      actState: { word: 'act.state' },
    },
    async *rows({ read, period }) {
      const about = aboutFilings(read);
      for await (const acts of actsOf(read, period))
        yield acts.map((act) => ({
          filingId: act.filingId,
          ...about(act.filingId),
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
      filingKind: 'kind',
      category: 'text',
      judge: 'text',
    },
    async *rows({ read, period }) {
      const about = aboutFilings(read);
      for await (const acts of actsOf(read, period))
        yield acts.flatMap((act) =>
          act.recipients().map(({ name, via, state, at }) => ({
            ...{ filingId: act.filingId, signedAt: act.signedAt, actKind: act.kind, caseNumber: act.caseNumber },
            ...about(act.filingId),
            judge: act.signedBy,
            ...{ recipient: name, channel: via, delivery: state, deliveredAt: at },
          })),
        );
    },
  },
  people: {
    fields: { person: 'text', kind: 'kind', category: 'text', registered: 'number', withDefects: 'number', late: 'number', acts: 'number' },
    groups: ['person', 'kind', 'category'],
    rows: (reads) => (reads.by === 'kind' || reads.by === 'category' ? readWork(reads, reads.by) : readPeople(reads)),
  },
  kinds: {
    fields: {
      kind: 'kind',
      category: 'text',
      judge: 'text',
      registeredBy: 'text',
      received: 'number',
      registered: 'number',
      inTime: 'number',
      late: 'number',
      open: 'number',
      openOverdue: 'number',
    },
    groups: ['kind', 'category', 'judge', 'registeredBy'],
    rows: ({ read, period, now, by = 'kind' }) =>
      read.pieces<Row>(
        `SELECT ${GROUPS[by]!.shown} AS "${by}", sum(received_at >= @from AND received_at < @until) AS received,
           coalesce(sum(registered_at >= @from AND registered_at < @until), 0) AS registered,
           coalesce(sum(registered_at >= @from AND registered_at < @until AND NOT ${LATE}), 0) AS inTime,
           coalesce(sum(registered_at >= @from AND registered_at < @until AND ${LATE}), 0) AS late,
           sum(received_at < @until AND (registered_at IS NULL OR registered_at >= @until)) AS open,
           coalesce(sum(received_at < @until AND (registered_at IS NULL OR registered_at >= @until) AND rtrim(due_at, 'Z') <= min(@until, @now)), 0) AS openOverdue
         FROM filing f GROUP BY ${GROUPS[by]!.of} HAVING received > 0 OR registered > 0 OR open > 0 ORDER BY received DESC, 1, ${GROUPS[by]!.of}`,
        { ...instantsOf(period), now },
      ),
  },
  overrides: {
    fields: {
      at: 'instant',
      number: 'text',
      kind: 'kind',
      claimant: 'text',
      rule: { word: 'findingName' },
      severity: { word: 'anomaly.severity' },
      reason: 'text',
      person: 'text',
      state: { word: 'status' },
      category: 'text',
      judge: 'text',
    },
    rows: ({ read, period }) =>
      read.pieces<Row>(
        `SELECT f.id AS filingId, o.at, coalesce(f.incoming_number, f.cabinet_number, '') AS number, f.kind, f.claimant, o.rule, o.severity,
           o.reason, u.name AS person, f.state, f.category, j.name AS judge
         FROM finding_override o JOIN filing f ON f.id = o.filing_id LEFT JOIN app_user u ON u.id = o.by_user
         LEFT JOIN app_user j ON j.id = f.judge_id
         WHERE o.at >= @from AND o.at < @until ORDER BY o.at, o.filing_id, o.finding`,
        instantsOf(period),
      ),
  },
  'passed-over': {
    fields: {
      since: 'instant',
      number: 'text',
      kind: 'kind',
      claimant: 'text',
      receivedAt: 'instant',
      registeredAt: 'instant',
      registeredBy: 'text',
      firstNumber: 'text',
      firstBy: 'text',
      ahead: 'number',
      minutes: 'number',
      reason: { word: 'fairness.reason' },
      words: 'text',
    },
    async *rows({ read, reference, period, now }) {
      yield (await readLedger(read, reference, { span: instantsOf(period), now })).passedOver;
    },
  },
  returns: {
    fields: {
      proposedAt: 'instant',
      number: 'text',
      kind: 'kind',
      claimant: 'text',
      proposed: { word: 'fairness.decision' },
      proposedBy: 'text',
      ruled: { word: 'fairness.decision' },
      judge: 'text',
      ruledAt: 'instant',
      agrees: 'yes-no',
    },
    async *rows({ read, period }) {
      yield (await readReturns(read, instantsOf(period))).map((line) => ({
        ...line,
        agrees: line.proposed === null || line.ruled === null || line.ruled === 'recalled' ? null : Number(line.proposed === line.ruled),
      }));
    },
  },
};

/** What the lines of `kinds` can be of: two people of one name have a line each. */
const GROUPS: Readonly<Record<string, { readonly shown: string; readonly of: string }>> = {
  kind: { shown: 'f.kind', of: 'f.kind' },
  category: { shown: 'f.category', of: 'f.category' },
  judge: { shown: '(SELECT name FROM app_user WHERE id = f.judge_id)', of: 'f.judge_id' },
  registeredBy: { shown: '(SELECT name FROM app_user WHERE id = f.registered_by)', of: 'f.registered_by' },
};
