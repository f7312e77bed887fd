/** Filings that somebody brought on paper and the office took at the counter. */
import { z } from 'zod';
import { filingSubmissionSchema } from './submissions.ts';
import { idSchema, instantSchema } from './values.ts';

export const paperCommands = {
  /** The filing as it was taken; its documents are uploaded before. */
  'filing.take-paper': z.strictObject({
    /** UUIDv7 of the desk; the filing has it everywhere. */
    filingId: idSchema,
    /** The desk has the filing from the beginning, under this lease. */
    leaseId: idSchema,
    /** When it was taken at the counter. */
    takenAt: instantSchema,
    filing: filingSubmissionSchema,
  }),
} as const;
