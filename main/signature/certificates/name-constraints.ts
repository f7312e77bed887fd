import { childrenOf, explicit, implicit, Members, readSmallInteger, readWhole, type Tlv } from '../../asn1/index.ts';
import { readGeneralName, type GeneralName } from './general-name.ts';

export type Subtree = {
  readonly base: GeneralName;
  /** From the base down without an end, as RFC 5280 wants it: other bounds are not processed. */
  readonly whole: boolean;
};

/** NameConstraints (RFC 5280 §4.2.1.10). */
export type NameConstraints = { readonly permitted: readonly Subtree[]; readonly excluded: readonly Subtree[] };

export function readNameConstraints(value: Uint8Array): NameConstraints {
  const members = new Members(readWhole(value));
  const permitted = members.optional(explicit(0));
  const excluded = members.optional(explicit(1));
  members.done();
  return {
    permitted: permitted ? childrenOf(permitted).map(readSubtree) : [],
    excluded: excluded ? childrenOf(excluded).map(readSubtree) : [],
  };
}

function readSubtree(subtree: Tlv): Subtree {
  const members = new Members(subtree);
  const base = readGeneralName(members.next());
  const minimum = members.optional(implicit(0));
  const maximum = members.optional(implicit(1));
  members.done();
  return { base, whole: (minimum === null || readSmallInteger(minimum) === 0) && maximum === null };
}
