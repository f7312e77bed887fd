import { z } from 'zod';
import { JOURNAL_PAGE, REPORT_FORMATS } from '../domain/oversight.ts';
import { channel, id, nothing } from './channel.ts';
import {
  expiredShape,
  journalCheckShape,
  journalFilterShape,
  journalFoundShape,
  journalStateShape,
  madeReportShape,
  patternsShape,
  personSeenShape,
  reportNameShape,
  reportRequestShape,
  reportScheduleShape,
  reportShape,
} from './office-shapes.ts';
import { openedDocumentShape } from './shapes.ts';

const HEAD = ['office-head'] as const;
const OVERSEEING = ['office-head', 'admin'] as const;

/** What the head of office and the administrator ask: reports and the journal. */
export const OFFICE_CHANNELS = {
  'report.list': channel(HEAD, nothing, z.array(reportNameShape)),
  'report.make': channel(HEAD, reportRequestShape, reportShape),
  /** Through the save dialog of the shell; false when the person cancelled. It is journalled. */
  'report.save': channel(HEAD, reportRequestShape.extend({ format: z.enum(REPORT_FORMATS) }), z.boolean()),
  'report.patterns': channel(
    HEAD,
    z.strictObject({ from: z.iso.date(), until: z.iso.date(), language: z.enum(['kk', 'ru', 'en']) }),
    patternsShape,
  ),

  // made by the program itself each month
  'report.schedule': channel(HEAD, nothing, reportScheduleShape),
  'report.set-schedule': channel(HEAD, reportScheduleShape, reportScheduleShape),
  'report.made': channel(HEAD, nothing, z.array(madeReportShape)),
  'report.open-made': channel(HEAD, z.strictObject({ id }), openedDocumentShape),
  /** Through the save dialog of the shell; false when the person cancelled. It is journalled. */
  'report.save-made': channel(HEAD, z.strictObject({ id, format: z.enum(['pdf', 'xlsx']) }), z.boolean()),

  /** Everybody reads what he did himself, the head of office and the administrator what all did. */
  'journal.list': channel(
    'signed-in',
    journalFilterShape.extend({
      upTo: z.number().int().nonnegative().nullable(),
      offset: z.number().int().min(0).max(10_000),
      limit: z.number().int().min(1).max(JOURNAL_PAGE),
    }),
    journalFoundShape,
  ),
  'journal.people': channel(OVERSEEING, nothing, z.array(z.strictObject({ id: z.string(), name: z.string() }))),
  /** How the journal stands by the last check of it; nothing is walked for it. */
  'journal.state': channel(OVERSEEING, nothing, journalStateShape),
  'journal.check': channel(OVERSEEING, nothing, journalCheckShape),
  /** A signed archive of whole days; false when the person cancelled. */
  'journal.save': channel(OVERSEEING, z.strictObject({ from: z.iso.date().nullable(), until: z.iso.date().nullable() }), z.boolean()),
  /** Who had a person's data; IIN, BIN or a name. The question is in the journal, without the person. */
  'journal.who-saw': channel(OVERSEEING, z.strictObject({ person: z.string().trim().min(2).max(400) }), personSeenShape),
  /** The same with every entry, through the save dialog of the shell; false when the person cancelled. It is journalled. */
  'journal.save-seen': channel(
    OVERSEEING,
    z.strictObject({ person: z.string().trim().min(2).max(400), format: z.enum(REPORT_FORMATS), language: z.enum(['kk', 'ru']) }),
    z.boolean(),
  ),
  'journal.expired': channel(OVERSEEING, nothing, expiredShape.nullable()),
  /** Wipes what is beyond its term; the figures are those that the person was shown, the reason goes into the journal. */
  'journal.wipe': channel(
    OVERSEEING,
    z.strictObject({
      entries: z.number().int().nonnegative(),
      drafts: z.number().int().nonnegative(),
      reports: z.number().int().nonnegative(),
      filings: z.number().int().nonnegative(),
      reason: z.string().trim().min(1).max(1000),
    }),
    z.strictObject({ entries: z.number(), drafts: z.number(), reports: z.number(), filings: z.number() }),
  ),
} as const;
