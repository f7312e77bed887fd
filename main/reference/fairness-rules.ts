import { z } from 'zod';
import { BrokenReference, readLaw } from './read-law.ts';

/** What can be counted of each thing that a rule looks at; null counts how many of all have the same `per`. */
const COUNTED = {
  registered: ['out-of-turn', 'overridden', 'return-proposed'],
  overrides: [],
  proposals: ['ruled-otherwise'],
} as const;
const GROUPS = {
  registered: ['person', 'kind', 'claimant'],
  overrides: ['person', 'kind', 'reason'],
  proposals: ['person', 'kind'],
} as const;

const patternSchema = z
  .strictObject({
    id: z.string().regex(/^[a-z-]+$/),
    of: z.enum(['registered', 'overrides', 'proposals']),
    what: z.enum(['out-of-turn', 'overridden', 'return-proposed', 'ruled-otherwise']).nullable(),
    per: z.array(z.enum(['person', 'kind', 'claimant', 'reason'])).min(1),
    /** Fewer than this are no pattern. */
    least: z.number().int().min(2),
    sharePercent: z.number().min(0).max(100),
    /** How many times the share of all it must be; null: it is not compared with others. */
    timesCourt: z.number().min(1).nullable(),
    kk: z.string().min(1),
    ru: z.string().min(1),
    en: z.string().min(1),
  })
  .refine(({ of, what }) => what === null || (COUNTED[of] as readonly string[]).includes(what), 'that cannot be counted of these')
  .refine(({ of, per }) => per.every((each) => (GROUPS[of] as readonly string[]).includes(each)), 'these have no such group');

const rulesSchema = z.strictObject({
  version: z.string(),
  editions: z
    .array(
      z.strictObject({
        id: z.string().min(1),
        validFrom: z.iso.date(),
        /** Filings of one kind have one order, or all of the court have. */
        compare: z.enum(['kind', 'court']),
        /** What came within so many minutes came together. */
        graceMinutes: z.number().int().min(0),
        patterns: z.array(patternSchema),
      }),
    )
    .min(1),
});
export type PatternRule = z.infer<typeof patternSchema>;
export type FairnessRules = z.infer<typeof rulesSchema>['editions'][number];

const PLACES = new Set(['n', 'm', 'share', 'least', 'limit', 'court', 'times']);

/** The rules of the fairness ledger that count on a court day; before the first edition, the first. @throws BrokenReference */
export function readFairnessRules(json: string): (day: string) => FairnessRules {
  const { editions } = readLaw('fairness-rules.json', json, rulesSchema);
  for (const { patterns } of editions)
    for (const { id, per, ...words } of patterns)
      for (const sentence of [words.kk, words.ru, words.en]) {
        const named = [...sentence.matchAll(/\{([a-z]+)\}/g)].map(([, name]) => name!);
        const unknown = named.find((name) => !PLACES.has(name) && !(per as readonly string[]).includes(name));
        if (unknown !== undefined) throw new BrokenReference('fairness-rules.json', `${id}: nothing is called {${unknown}}`);
        const missing = ['n', 'm', 'least', 'limit', ...per].find((name) => !named.includes(name));
        if (missing !== undefined) throw new BrokenReference('fairness-rules.json', `${id}: a sentence does not say {${missing}}`);
      }
  const ordered = [...editions].sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1));
  return (day) => ordered.findLast(({ validFrom }) => validFrom <= day) ?? ordered[0]!;
}
