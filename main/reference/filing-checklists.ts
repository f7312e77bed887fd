import { z } from 'zod';
import { readLaw } from './read-law.ts';

/** How an item of a list is seen to: by the program, or by a person who reads. */
const ITEM_TESTS = [
  ...(['court', 'claimant', 'respondent', 'claim-value', 'case', 'signature'] as const),
  ...(['duty', 'power', 'evidence', 'pretrial', 'organisation', 'person'] as const),
] as const;

const itemSchema = z.strictObject({
  /** Article, part and subparagraph: `149.1.3`. */
  code: z.string().min(1),
  source: z.string().min(1),
  kk: z.string().min(1),
  ru: z.string().min(1),
  en: z.string().min(1),
  test: z.enum(ITEM_TESTS),
  paperOnly: z.boolean().default(false),
});
const checklistsSchema = z.strictObject({
  version: z.string(),
  validFrom: z.iso.date(),
  /** Roles of documents that answer an item. */
  annexRoles: z.record(z.enum(['duty', 'power', 'evidence', 'pretrial', 'organisation']), z.array(z.string()).min(1)),
  sets: z.record(z.string(), z.strictObject({ act: z.string(), items: z.array(itemSchema).min(1) })),
});

/** What the law asks of a filing of this kind, item by item. */
export type ChecklistRow = z.infer<typeof itemSchema>;
export type AnnexTest = keyof z.infer<typeof checklistsSchema>['annexRoles'];
export type FilingChecklists = {
  /** Null for an unknown set. */
  set(id: string): readonly ChecklistRow[] | null;
  annexRoles(test: AnnexTest): readonly string[];
};

/** @param json filing_checklists.json @throws BrokenReference */
export function readFilingChecklists(json: string): FilingChecklists {
  const { sets, annexRoles } = readLaw('filing_checklists.json', json, checklistsSchema);
  return { set: (id) => (Object.hasOwn(sets, id) ? sets[id]!.items : null), annexRoles: (test) => annexRoles[test] };
}
