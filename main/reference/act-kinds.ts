import { z } from 'zod';
import { courtDayOf } from '../../shared/domain/court-day.ts';
import { decisionOf } from '../../shared/domain/decision.ts';
import { FILING_STATES } from '../../shared/domain/filing-status.ts';
import { BrokenReference, readLaw } from './read-law.ts';

const offerSchema = z.strictObject({
  /** Ids of document_types.csv; `*` stands for any. */
  filings: z.array(z.string()).min(1),
  states: z.array(z.enum(FILING_STATES)).min(1),
  /** Which text of the template. */
  text: z.string(),
  /** Signed, it gives what the filing asked for. */
  fulfils: z.boolean(),
  /** What the text calls a term, and its id in deadlines.json. */
  values: z.record(z.string(), z.string()),
  /** `delivery`: from the day on which the respondent got the act. */
  terms: z.array(z.strictObject({ id: z.string(), from: z.enum(['signing', 'receipt', 'delivery']) })),
});
const kindSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{1,59}$/),
  nameKk: z.string(),
  nameRu: z.string(),
  nameEn: z.string(),
  /** A person names it and writes its text. */
  titled: z.boolean(),
  operative: z.enum(['needed', 'optional']),
  offers: z.array(offerSchema).min(1),
});
const actKindsSchema = z.strictObject({
  version: z.string(),
  note: z.string(),
  versions: z.array(z.strictObject({ validFrom: z.iso.date(), source: z.string(), kinds: z.array(kindSchema) })).min(1),
});

export type ActOffer = z.infer<typeof offerSchema>;
/** A kind of act beside the rulings that decide on a filing. */
export type ActKind = z.infer<typeof kindSchema>;

export type ActKinds = {
  /** What may be drafted in the edition in force at an instant. */
  readonly inForce: (at: string) => readonly ActKind[];
  /** A kind of any edition, as the newest one has it. */
  readonly known: (id: string) => ActKind | null;
  /** Every kind of any edition, once. */
  readonly all: readonly ActKind[];
};

const FILE = 'act-kinds.json';

/**
 * @param json act-kinds.json
 * @param isTerm whether deadlines.json has a term
 * @throws BrokenReference
 */
export function readActKinds(json: string, isTerm: (id: string) => boolean): ActKinds {
  const { versions } = readLaw(FILE, json, actKindsSchema);
  const newestFirst = [...versions].sort((a, b) => (a.validFrom < b.validFrom ? 1 : -1));
  for (const { kinds } of versions)
    for (const { id, offers } of kinds) {
      if (decisionOf(id) !== null) throw new BrokenReference(FILE, `${id}: a ruling that decides on a filing stands in decisions.json`);
      const named = offers.flatMap(({ values, terms }) => [...Object.values(values), ...terms.map((term) => term.id)]);
      const unknown = named.find((term) => !isTerm(term));
      if (unknown !== undefined) throw new BrokenReference(FILE, `${id}: no term ${unknown}`);
    }
  const all = new Map<string, ActKind>();
  for (const { kinds } of newestFirst) for (const kind of kinds) if (!all.has(kind.id)) all.set(kind.id, kind);
  return {
    inForce: (at) => {
      const day = courtDayOf(at);
      return (newestFirst.find((version) => version.validFrom <= day) ?? newestFirst.at(-1)!).kinds;
    },
    known: (id) => all.get(id) ?? null,
    all: [...all.values()],
  };
}

/** How a kind is drafted for a filing as it stands; null when it is not. */
export const offerFor = (kind: ActKind, filing: { readonly kind: string; readonly state: string }): ActOffer | null =>
  kind.offers.find(
    ({ filings, states }) => (filings.includes('*') || filings.includes(filing.kind)) && states.some((state) => state === filing.state),
  ) ?? null;
