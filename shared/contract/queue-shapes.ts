/** The queue: its views, filters and orders, and the work on it. Instants are UTC ISO strings, days `YYYY-MM-DD` in the court's own time. */
import { z } from 'zod';
import { FILING_STATES } from '../domain/filing-status.ts';
import { QUEUE_VIEWS } from '../domain/queue-view.ts';

const daysShape = z.strictObject({ from: z.iso.date(), until: z.iso.date() });
export const queueViewShape = z.enum(QUEUE_VIEWS);
export type QueueView = z.infer<typeof queueViewShape>;

/** Every member narrows; an absent one does not. */
export const queueFilterShape = z.strictObject({
  kind: z.string().max(100).optional(),
  state: z.enum(FILING_STATES).optional(),
  /** Null for what is not verified yet. */
  verdict: z.enum(['valid', 'undecided', 'invalid', 'unsigned']).nullable().optional(),
  term: z.enum(['overdue', 'today', 'later', 'none']).optional(),
  /** The id of a person; null for what nobody has. */
  assignee: z.uuid().nullable().optional(),
  /** Registered by this person, on this court day. */
  registeredBy: z.uuid().nullable().optional(),
  registeredOn: z.iso.date().optional(),
  language: z.enum(['kk', 'ru']).optional(),
  channel: z.enum(['cabinet', 'paper']).optional(),
  /** In the words of the filer; null for what says nothing of it. */
  category: z.string().max(300).nullable().optional(),
  /** The judge before whom it lies. */
  judge: z.uuid().optional(),
  /** Court days of receipt, of registration and of the end of the term, both ends inclusive. */
  received: daysShape.optional(),
  registered: daysShape.optional(),
  due: daysShape.optional(),
  /** Of receipt, in the court's own time; Monday is 1. */
  receivedWeekday: z.number().int().min(1).max(7).optional(),
  receivedHour: z.number().int().min(0).max(23).optional(),
});
export type QueueFilter = z.infer<typeof queueFilterShape>;

export const QUEUE_COLUMNS = [
  'due',
  'received',
  'number',
  'kind',
  'claimant',
  'respondent',
  'documents',
  'signature',
  'assignee',
  'state',
  'registered',
  'incoming',
  'case',
] as const;
export const queueSortShape = z.strictObject({ column: z.enum(QUEUE_COLUMNS), descending: z.boolean() });
export type QueueSort = z.infer<typeof queueSortShape>;

export const queueQuestionShape = z.strictObject({
  view: queueViewShape,
  filter: queueFilterShape.optional(),
  sort: queueSortShape.optional(),
  /** Words that names and numbers begin with. */
  search: z.string().max(200).optional(),
});
export type QueueQuestion = z.infer<typeof queueQuestionShape>;

export const queueCountsShape = z.record(queueViewShape, z.number());
export type QueueCounts = z.infer<typeof queueCountsShape>;

export const savedViewShape = z.strictObject({ id: z.uuid(), name: z.string().trim().min(1).max(60), question: queueQuestionShape });
export type SavedView = z.infer<typeof savedViewShape>;

/** How a person has set up the columns of a list; widths in rem. */
export const listLayoutShape = z.strictObject({
  hidden: z.array(z.string().max(40)).max(40),
  widths: z.record(z.string().max(40), z.number().min(2).max(60)),
});
export type ListLayout = z.infer<typeof listLayoutShape>;

/** Why somebody may not be given filings any more: his access is revoked, or he has another role now. */
export const goneShape = z.enum(['revoked', 'role']);
/** A person of the office with the open filings that are assigned to him. */
export const colleagueShape = z.strictObject({
  id: z.string(),
  name: z.string(),
  open: z.number(),
  overdue: z.number(),
  dueToday: z.number(),
  gone: goneShape.nullable(),
});
export type Colleague = z.infer<typeof colleagueShape>;

/** What a change of assignments or of putting off did; `undo` names it for a few seconds. */
export const workDoneShape = z.strictObject({ changed: z.number(), undo: z.uuid().nullable() });
export type WorkDone = z.infer<typeof workDoneShape>;
export const MOST_AT_ONCE = 2000;
