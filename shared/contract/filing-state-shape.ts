import { z } from 'zod';
import { FILING_STATES } from '../domain/filing-status.ts';

export const filingStateShape = z.enum(FILING_STATES);
