import { createHash } from 'node:crypto';
import type { RegisteredFact } from '../../shared/domain/registered-facts.ts';
import { canonicalJson } from '../../shared/registry/index.ts';

/** What is said of a filing, by field. */
type Values = Readonly<Partial<Record<string, string | null>>>;

/** Facts that say nothing of a person: what was before and after stands in the journal itself. */
const OF_NOBODY: readonly RegisteredFact[] = ['incomingNumber', 'caseNumber', 'receivedAt', 'registeredAt', 'kind', 'category'];

/**
 * What the journal keeps of a correction: its id, a digest over that and everything before and after, so that neither can be changed beside the
 * chain, and the values that are nobody's, as `field=value`.
 */
export function correctionDetails(correction: string, before: unknown, after: unknown): Record<string, string> {
  const [, was, is] = JSON.parse(JSON.stringify([correction, before, after])) as [string, Values, Values];
  const changed = OF_NOBODY.filter((field) => (was[field] ?? '') !== (is[field] ?? ''));
  const say = (values: Values) => changed.map((field) => `${field}=${values[field] ?? ''}`).join(', ');
  return {
    correction,
    sha256: createHash('sha256')
      .update(canonicalJson([correction, was, is]))
      .digest('hex'),
    ...(changed.length === 0 ? {} : { before: say(was), after: say(is) }),
  };
}
