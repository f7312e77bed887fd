import { z } from 'zod';
import { DELIVERY_CHANNELS } from '../../shared/registry/index.ts';

const ladderSchema = z.strictObject({
  /** Kinds of acts; `*` for all that no other ladder names. */
  kinds: z.array(z.string()).min(1),
  to: z.enum(['everyone', 'sender']),
  representative: z.enum(['beside', 'instead']),
  steps: z
    .array(z.strictObject({ channel: z.enum(DELIVERY_CHANNELS), waitHours: z.number().min(0).nullable() }))
    .min(1)
    .max(DELIVERY_CHANNELS.length),
});
export type DispatchLadder = z.infer<typeof ladderSchema>;
const laddersSchema = z.looseObject({
  editions: z.array(z.strictObject({ validFrom: z.iso.date(), ladders: z.array(ladderSchema).min(1) })).min(1),
});

/**
 * How acts are sent, as the office has it on a court day (`YYYY-MM-DD`); a day before the first edition has that one.
 * @throws when the file has another shape, or an edition without a ladder for every kind.
 */
export function readDispatchLadders(json: string): (kind: string, day: string) => DispatchLadder {
  const { editions } = laddersSchema.parse(JSON.parse(json));
  const ordered = [...editions].sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1));
  for (const { validFrom, ladders } of ordered)
    if (!ladders.some(({ kinds }) => kinds.includes('*'))) throw new Error(`no ladder for every kind in the edition of ${validFrom}`);
  return (kind, day) => {
    const { ladders } = ordered.findLast(({ validFrom }) => validFrom <= day) ?? ordered[0]!;
    return ladders.find(({ kinds }) => kinds.includes(kind)) ?? ladders.find(({ kinds }) => kinds.includes('*'))!;
  };
}
