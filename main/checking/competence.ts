import { fold } from '../../shared/domain/kk-format.ts';
import type { FilingMessage } from '../../shared/registry/index.ts';
import { partiesOf } from '../intake/index.ts';
import type { FilingKind, Reference } from '../reference/index.ts';
import type { Finding, MakeFinding } from './finding.ts';

/**
 * Whether this court may hear it, as far as the office data knows courts and regions; what it does not know is a person's check and no finding.
 * @param court code of the court that this desk belongs to
 */
export function findCompetence(
  reference: Reference,
  court: string,
  kind: FilingKind | null,
  message: FilingMessage,
  make: MakeFinding,
): Finding[] {
  const found: Finding[] = [];
  if (message.court !== court) found.push(make('other-court', { field: 'court', params: { court: message.court } }));
  const here = reference.courts().find(({ code }) => code === court);
  if (!here || !kind) return found;
  const administrative = kind.proceedings.some((name) => name === 'administrative' || name === 'all');
  const civil = kind.proceedings.some((name) => name === 'civil' || name === 'all');
  const opens = kind.registering === 'opens-case';
  if ((here.kind === 'smas' && opens && !administrative) || (here.kind === 'appellate' && opens && civil))
    found.push(make('kind-court', { field: 'kind' }));
  if (kind.procedure === 'civil' && opens) {
    const regions = new Set(partiesOf(message, 'respondent').flatMap(({ address }) => regionsIn(reference, address ?? '')));
    const [only] = regions;
    if (regions.size === 1 && only !== here.regionRu) found.push(make('region-differs', { field: 'parties', params: { region: only! } }));
  }
  return found;
}

/** Regions that an address names, by their Russian names. */
function regionsIn(reference: Reference, address: string): string[] {
  const text = fold(address);
  return [
    ...new Set(
      reference
        .courts()
        .filter(({ regionKk, regionRu }) => [regionKk, regionRu].some((name) => text.includes(fold(name))))
        .map((c) => c.regionRu),
    ),
  ];
}
