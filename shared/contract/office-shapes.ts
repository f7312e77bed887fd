import { z } from 'zod';
import { FILINGS_OF_PATTERN, JOURNAL_FAULTS, JOURNAL_PAGE, REPORT_ROWS_SHOWN } from '../domain/oversight.ts';

const day = z.iso.date();

/** Which report, of which court days, both inclusive, in which language; the language of the window is another matter. */
export const reportRequestShape = z.strictObject({
  id: z.string().max(60),
  from: day,
  until: day,
  language: z.enum(['kk', 'ru']),
  /** A field of the report to break it down by. */
  by: z.string().max(40).optional(),
});
export type ReportRequest = z.infer<typeof reportRequestShape>;

const named = { kk: z.string(), ru: z.string() };
export const reportNameShape = z.strictObject({
  id: z.string(),
  section: z.enum(['reports', 'fairness']),
  ...named,
  breakdowns: z.array(z.strictObject({ field: z.string(), ...named })),
});
export type ReportName = z.infer<typeof reportNameShape>;

/** What of a report the window shows: its first rows, and the counts of all. */
export const reportShape = z.strictObject({
  title: z.string(),
  asOf: z.string(),
  columns: z.array(z.strictObject({ field: z.string(), title: z.string(), width: z.number(), number: z.boolean() })),
  rows: z.array(z.array(z.string())).max(REPORT_ROWS_SHOWN),
  /** The filing that each of these rows is about. */
  filings: z.array(z.uuid().nullable()),
  total: z.number(),
  sums: z.array(z.strictObject({ title: z.string(), sum: z.number() })),
  breakdowns: z.array(z.strictObject({ title: z.string(), counts: z.array(z.strictObject({ name: z.string(), count: z.number() })) })),
});
export type ReportView = z.infer<typeof reportShape>;

/** What the rules of the fairness ledger point at: the rule as a sentence with its numbers, and the first of the `total` filings that it counted. */
export const patternsShape = z.strictObject({
  asOf: z.string(),
  patterns: z.array(
    z.strictObject({
      rule: z.string(),
      sentence: z.string(),
      total: z.number(),
      filings: z.array(z.strictObject({ id: z.uuid(), number: z.string() })).max(FILINGS_OF_PATTERN),
    }),
  ),
});
export type FairnessPatterns = z.infer<typeof patternsShape>;

/** Which reports the program makes by itself each month, and in which language. */
export const reportScheduleShape = z.strictObject({ reports: z.array(z.string().max(60)).max(50), language: z.enum(['kk', 'ru']) });
export type ReportSchedule = z.infer<typeof reportScheduleShape>;

/** A report of a month (`2026-11`) that the program made by itself. */
export const madeReportShape = z.strictObject({
  id: z.uuid(),
  month: z.string(),
  report: z.string(),
  title: z.string(),
  language: z.enum(['kk', 'ru']),
  madeAt: z.string(),
  rows: z.number(),
  /** There are pages of it; not where it was too long. */
  pages: z.boolean(),
  /** Somebody has opened or saved it. */
  seen: z.boolean(),
});
export type MadeReport = z.infer<typeof madeReportShape>;

/** Court days, both inclusive; null: from the beginning, to now. */
export const journalFilterShape = z.strictObject({
  from: day.nullable(),
  until: day.nullable(),
  actor: z.string().max(100).nullable(),
  action: z.string().max(60).nullable(),
  filingId: z.uuid().nullable(),
  /** A number of a filing: of the cabinet, the office or the case. */
  number: z.string().trim().max(60).nullable(),
  /** Words of what was noted with an entry, each by its beginning. */
  text: z.string().trim().max(200).nullable(),
});
export type JournalFilter = z.infer<typeof journalFilterShape>;

export const journalLineShape = z.strictObject({
  seq: z.number(),
  at: z.string(),
  actor: z.string().nullable(),
  action: z.string(),
  subject: z.strictObject({ id: z.string(), number: z.string().nullable() }).nullable(),
  details: z.record(z.string(), z.union([z.string(), z.number()])),
  /** Of the ids in the details, who or which filing is meant. */
  names: z.record(z.string(), z.string()),
  /** Its contents were wiped when their term was over. */
  wiped: z.boolean(),
});
export type JournalLine = z.infer<typeof journalLineShape>;

export const journalFoundShape = z.strictObject({
  lines: z.array(journalLineShape).max(JOURNAL_PAGE),
  /** How many are found from `upTo` back to `next`: all when that is null. */
  total: z.number(),
  upTo: z.number(),
  /** The `upTo` of the next question, which finds older ones. */
  next: z.number().nullable(),
});
export type JournalFound = z.infer<typeof journalFoundShape>;

/** The first entry at which the journal is not what was written: what should be there and what is, places or hashes. */
export const journalFaultShape = z.strictObject({
  entry: z.number(),
  kind: z.enum(JOURNAL_FAULTS),
  expected: z.string(),
  found: z.string(),
});
export type JournalFaultView = z.infer<typeof journalFaultShape>;

/** Up to which entry a person has accepted the journal as it is, who and when. */
const journalAcceptedShape = z.strictObject({ entries: z.number(), by: z.string().nullable(), at: z.string() });

/** What comparing with the registry found against this journal; what it found against the registry is told by `sync.status`. */
const journalFindingShape = z.strictObject({
  code: z.enum(['journal-rolled-back', 'journal-edited', 'database-swapped']),
  entry: z.number(),
});

/** How the journal stands by the last whole check, in the background or on demand. */
export const journalStateShape = z.strictObject({
  last: z.strictObject({ at: z.string(), entries: z.number(), fault: journalFaultShape.nullable() }).nullable(),
  /** How far a check is that goes on now. */
  progress: z.strictObject({ done: z.number(), of: z.number() }).nullable(),
  anchored: z.strictObject({ entries: z.number(), at: z.string() }).nullable(),
  finding: journalFindingShape.nullable(),
  /** From there on the chain has to hold; null: from the first entry. */
  accepted: journalAcceptedShape.nullable(),
  /** The workstation that keeps it, as its archives name it. */
  desk: z.string(),
});
export type JournalState = z.infer<typeof journalStateShape>;

export const journalCheckShape = z.strictObject({
  entries: z.number(),
  chain: z.enum(['ok', 'broken']),
  brokenAt: z.number().nullable(),
  fault: journalFaultShape.nullable(),
  accepted: journalAcceptedShape.nullable(),
  anchored: z.strictObject({ entries: z.number(), at: z.string() }).nullable(),
  /** Whether the registry could be asked now. */
  compared: z.boolean(),
  finding: journalFindingShape.nullable(),
});
export type JournalCheck = z.infer<typeof journalCheckShape>;

/** What is beyond its term and would be wiped; null while the registry has not confirmed the time. */
export const expiredShape = z.strictObject({
  terms: z.object({
    journalYears: z.number(),
    draftMonths: z.number(),
    reportYears: z.number(),
    filingYears: z.number(),
    filingYearsByKind: z.record(z.string(), z.number()),
  }),
  journal: z.strictObject({ before: z.string(), entries: z.number(), first: z.number().nullable(), last: z.number().nullable() }),
  drafts: z.strictObject({ before: z.string(), count: z.number() }),
  /** Made by the program for a month. */
  reports: z.strictObject({ before: z.string(), count: z.number() }),
  /** Whose contents go, with the instants at which the first and the last of them came. */
  filings: z.strictObject({ before: z.string(), count: z.number(), oldest: z.string().nullable(), newest: z.string().nullable() }),
});
export type ExpiredView = z.infer<typeof expiredShape>;

export const personSeenShape = z.strictObject({
  filings: z.array(z.strictObject({ id: z.string(), number: z.string() })),
  people: z.array(
    /** `tables`: of the entries, those about a report in which a filing of the person stood. */
    z.strictObject({
      name: z.string().nullable(),
      entries: z.number(),
      taken: z.number(),
      tables: z.number(),
      first: z.string(),
      last: z.string(),
    }),
  ),
});
export type PersonSeen = z.infer<typeof personSeenShape>;
