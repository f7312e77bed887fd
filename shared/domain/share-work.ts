/** Open filings that one person can carry where nobody has laid down another number. */
export const USUAL_NORM = 40;
export const MOST_NORM = 1000;
export const MOST_RULES = 50;

/** One sentence of the head of office: who may get which filings. The first rule that fits and finds somebody decides. */
export type ShareRule = {
  readonly id: string;
  readonly on: boolean;
  /** Of filings; empty: every kind. */
  readonly kinds: readonly string[];
  /** Who may get them; empty: everybody who works on filings. */
  readonly people: readonly string[];
  /** Nobody gets one by this rule who has so many open; null: the norm alone counts. */
  readonly most: number | null;
};
export type SharePerson = {
  readonly id: string;
  /** Open filings that the person has now. */
  readonly open: number;
  /** As many as the person can carry. */
  readonly norm: number;
  readonly absent: boolean;
  /** Who works in the place of an absent one. */
  readonly coveredBy: string | null;
};
export type ShareFiling = {
  readonly id: string;
  readonly kind: string;
  readonly receivedAt: string;
  /** Who had it and gave it back: no rule gives it to the same person again. */
  readonly leftBy?: string | null;
};
export type Share = { readonly filingId: string; readonly personId: string; readonly ruleId: string };

/**
 * Says who gets which filing: a function of what it is given alone, whatever the order of filings and people. Filings go out in the order of receipt, then
 * by id. Of those whom the first fitting rule names, the one with the lowest load against the norm gets the filing; of equals the one with fewer open
 * filings, then the one whose id is lower. Nobody who is absent gets one, nor beyond the norm or the number of the rule; who covers an absent person stands
 * in for him unless absent too, and what somebody gave back goes to another. A filing for which no rule finds anybody is left out.
 */
export function shareWork({
  filings,
  people,
  rules,
}: {
  readonly filings: readonly ShareFiling[];
  readonly people: readonly SharePerson[];
  readonly rules: readonly ShareRule[];
}): Share[] {
  const byId = new Map(people.map((person) => [person.id, person]));
  const open = new Map(people.map((person) => [person.id, person.open]));
  const used = usedOf(rules, byId);
  const load = ({ id, norm }: SharePerson) => ({ id, norm, open: open.get(id)! });

  return [...filings].sort(byReceipt).flatMap(({ id: filingId, kind, leftBy }) => {
    for (const { rule, candidates } of used) {
      if (rule.kinds.length > 0 && !rule.kinds.includes(kind)) continue;
      const free = candidates.map(load).filter((one) => one.id !== leftBy && hasPlace(one, rule));
      const [least] = free.sort(byLoad);
      if (least === undefined) continue;
      open.set(least.id, least.open + 1);
      return [{ filingId, personId: least.id, ruleId: rule.id }];
    }
    return [];
  });
}

/** Of the rules that are on and find somebody who can take one more: for which kinds, and who that is. */
export function freePlaces({
  people,
  rules,
}: {
  readonly people: readonly SharePerson[];
  readonly rules: readonly ShareRule[];
}): { readonly kinds: readonly string[]; readonly people: readonly string[] }[] {
  return usedOf(rules, new Map(people.map((person) => [person.id, person])))
    .map(({ rule, candidates }) => ({
      kinds: rule.kinds,
      people: candidates.filter((one) => hasPlace(one, rule)).map(({ id }) => id),
    }))
    .filter((place) => place.people.length > 0);
}

const usedOf = (rules: readonly ShareRule[], byId: ReadonlyMap<string, SharePerson>) =>
  rules.filter(({ on }) => on).map((rule) => ({ rule, candidates: candidatesOf(rule, byId) }));

function candidatesOf({ people }: ShareRule, byId: ReadonlyMap<string, SharePerson>): SharePerson[] {
  const named = people.length === 0 ? [...byId.keys()] : people;
  const present = named.flatMap((id) => {
    const person = byId.get(id);
    const stands = person?.absent ? byId.get(person.coveredBy ?? '') : person;
    return stands === undefined || stands.absent ? [] : [stands];
  });
  return [...new Set(present)];
}

type Load = { readonly id: string; readonly norm: number; readonly open: number };
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const hasPlace = ({ open, norm }: Load, { most }: ShareRule): boolean => open < Math.min(norm, most ?? MOST_NORM);
/** Loads are compared as fractions, so that no rounding decides. */
const byLoad = (a: Load, b: Load): number => a.open * b.norm - b.open * a.norm || a.open - b.open || compare(a.id, b.id);
const byReceipt = (a: ShareFiling, b: ShareFiling): number => compare(a.receivedAt, b.receivedAt) || compare(a.id, b.id);

/** Whether a day lies in an absence; both ends are in it. Days are `YYYY-MM-DD`. */
export const isAbsentOn = ({ from, until }: { readonly from: string; readonly until: string }, day: string): boolean =>
  from <= day && day <= until;
