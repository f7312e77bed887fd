/** The ordered feed of a court and the chain over it. */
import { z } from 'zod';
import { instantSchema, sha256Schema, textSchema } from './values.ts';

/** One entry of the court's ordered feed. `seq` grows by one per court, without gaps. */
export const feedItemSchema = z.looseObject({
  seq: z.number().int().positive(),
  kind: textSchema(60),
  version: z.number().int().positive(),
  subject: textSchema(100),
  at: instantSchema,
  data: z.unknown(),
});
export type FeedItem = z.infer<typeof feedItemSchema>;
const placeSchema = { seq: z.number().int().nonnegative(), hash: sha256Schema };
/** The link of the feed at `seq`, signed by the registry (texts and algorithms in history.ts). */
export const feedHeadSchema = z.looseObject({ ...placeSchema, signature: textSchema(200) });
export type FeedHead = z.infer<typeof feedHeadSchema>;
export const feedPageSchema = z.looseObject({
  items: z.array(feedItemSchema).max(500),
  cursor: z.number().int().nonnegative(),
  more: z.boolean(),
  /** Of the place `cursor`; older registries keep no chain. */
  head: feedHeadSchema.optional(),
});
export type FeedPage = z.infer<typeof feedPageSchema>;

/** The chain made anew from the items that the registry holds now; a desk compares it with what it has read. */
export const feedLinksSchema = z.looseObject({
  links: z.array(z.looseObject(placeSchema)).max(1000),
  more: z.boolean(),
});
export type FeedLinks = z.infer<typeof feedLinksSchema>;
