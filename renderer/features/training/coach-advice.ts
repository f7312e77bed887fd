import type { FilingDetail } from '../../../shared/contract/index.ts';

/** What the coach points at; `n` counts findings or checks, `kind` is that of the filing. */
export type Advice =
  | { readonly about: 'signature' | 'file' | 'duty' | 'return' | 'clean' | 'done' }
  | { readonly about: 'fatal' | 'error' | 'warn' | 'checks'; readonly n: number }
  | { readonly about: 'kind'; readonly kind: string };

type Looked = Pick<FilingDetail, 'signature' | 'anomalies' | 'documents' | 'duty' | 'checklist' | 'registeredAt' | 'kind'>;

/** What an experienced secretary would look at on this filing, the gravest first: from its findings and its checklist, never a decision. */
export function coachAdvice({ signature, anomalies, documents, duty, checklist, registeredAt, kind }: Looked): readonly Advice[] {
  if (registeredAt !== null) return [{ about: 'done' }];
  const open = anomalies.filter(({ override }) => override === null);
  const graded = (['fatal', 'error', 'warn'] as const).flatMap((about): Advice[] => {
    const n = open.filter(({ severity }) => severity === about).length;
    return n > 0 ? [{ about, n }] : [];
  });
  const doubtful = signature !== 'valid' && signature !== 'on-paper';
  const left = checklist.filter(({ auto, passed }) => !auto && !passed).length;
  const troubled = doubtful || graded.length > 0;
  return [
    ...(doubtful ? [{ about: 'signature' as const }] : []),
    ...graded,
    ...(documents.some(({ state }) => state === 'hash-mismatch' || state === 'missing') ? [{ about: 'file' as const }] : []),
    ...(duty !== null ? [{ about: 'duty' as const }] : []),
    { about: 'kind', kind },
    ...(left > 0 ? [{ about: 'checks' as const, n: left }] : []),
    troubled ? { about: 'return' } : { about: 'clean' },
  ];
}
