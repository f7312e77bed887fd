import { z } from 'zod';
import { ERROR_CODES } from '../errors.ts';

/** Why something did not happen; texts `error.<code>.*`. */
export const failureShape = z.strictObject({
  code: z.enum(ERROR_CODES as [(typeof ERROR_CODES)[number], ...(typeof ERROR_CODES)[number][]]),
  params: z.record(z.string(), z.union([z.string(), z.number()])).exactOptional(),
  next: z.enum(['fix-input', 'ask-user', 'retry-later', 'stop']),
});
