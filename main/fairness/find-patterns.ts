import type { PatternRule } from '../reference/index.ts';

/** One thing that a rule may count: a registration, a word in spite of a finding, a proposal that was ruled on. */
export type Counted = {
  readonly filingId: string;
  readonly kind: string;
  /** Null: nobody is known for it here; rules about people leave it out. */
  readonly person: string | null;
  readonly claimant: string | null;
  readonly reason: string | null;
  /** What tells people and claimants of one name apart; absent: the name. */
  readonly ids?: Readonly<Partial<Record<'person' | 'claimant', string | null>>>;
  /** Or who did it, by their ids: in a rule about people it counts for them alone. */
  readonly has: Readonly<Partial<Record<NonNullable<PatternRule['what']>, boolean | ReadonlySet<string>>>>;
};
export type CountedThings = Readonly<Record<PatternRule['of'], readonly Counted[]>>;

export type Pattern = {
  readonly rule: PatternRule;
  /** What it was found of, by the names of `per`. */
  readonly group: Readonly<Partial<Record<PatternRule['per'][number], string>>>;
  readonly n: number;
  readonly m: number;
  readonly sharePercent: number;
  /** The share of all that the rule looks at. */
  readonly courtPercent: number;
  readonly filingIds: readonly string[];
};

/** What the rules point at, in their order and within one by name: nobody comes before another for having more. */
export function findPatterns(rules: readonly PatternRule[], things: CountedThings): Pattern[] {
  return rules.flatMap((rule) => {
    const all = things[rule.of];
    const counts = ({ has, ids }: Counted): boolean => {
      const done = rule.what === null || has[rule.what];
      if (typeof done !== 'object') return done === true;
      return rule.per.includes('person') ? done.has(ids?.person ?? '') : done.size > 0;
    };
    const courtPercent = percent(all.filter(counts).length, all.length);
    return [...groupBy(all, rule.per)]
      .map(([key, members]) => [JSON.stringify([...rule.per.map((each) => members[0]![each]), key]), members] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([, members]): Pattern[] => {
        const found = members.filter(counts);
        const [n, m] = [found.length, rule.what === null ? all.length : members.length];
        const sharePercent = percent(n, m);
        const stands = n >= rule.least && sharePercent >= rule.sharePercent;
        if (!stands || (rule.timesCourt !== null && sharePercent < courtPercent * rule.timesCourt)) return [];
        const group = Object.fromEntries(rule.per.map((each) => [each, members[0]![each] ?? '']));
        return [{ rule, group, n, m, sharePercent, courtPercent, filingIds: [...new Set(found.map(({ filingId }) => filingId))] }];
      });
  });
}

/** The rule as a sentence with its numbers. */
export function sayPattern(pattern: Pattern, language: 'kk' | 'ru' | 'en', kindName: (kind: string) => string): string {
  const { rule, group, n, m, sharePercent, courtPercent } = pattern;
  const values: Record<string, string | number> = {
    ...group,
    ...(group.kind !== undefined && { kind: kindName(group.kind) }),
    ...{ n, m, share: Math.round(sharePercent), court: Math.round(courtPercent) },
    ...{ least: rule.least, limit: rule.sharePercent, times: rule.timesCourt ?? '' },
  };
  return rule[language].replaceAll(/\{([a-z]+)\}/g, (place, name: string) => String(values[name] ?? place));
}

const percent = (part: number, whole: number): number => (whole === 0 ? 0 : (part * 100) / whole);

const idOf = ({ ids }: Counted, each: PatternRule['per'][number]) => (each === 'person' || each === 'claimant' ? ids?.[each] : undefined);

function groupBy(things: readonly Counted[], per: PatternRule['per']): Map<string, Counted[]> {
  const groups = new Map<string, Counted[]>();
  for (const thing of things) {
    const values = per.map((each) => thing[each]);
    if (values.some((value) => value === null || value === '')) continue;
    const key = JSON.stringify(per.map((each) => idOf(thing, each) ?? thing[each]));
    const group = groups.get(key);
    if (group) group.push(thing);
    else groups.set(key, [thing]);
  }
  return groups;
}
