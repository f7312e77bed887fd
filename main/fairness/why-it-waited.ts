import type { Span } from './order-of-filings.ts';

/** Why a filing waited while later ones were registered; `none`: nobody has written a reason; `wiped`: the entries of that time were wiped when their term was over. */
export type WaitReason = 'postponed' | 'head' | 'documents' | 'signature' | 'none' | 'wiped';

/** What the journal says of a filing, oldest first. */
export type Step = { readonly action: string; readonly at: string; readonly details: Readonly<Record<string, unknown>> };
/** Actions that say why a filing waits. */
export const TOLD_BY = ['filing.postponed', 'filing.resumed', 'filing.postponing-told', 'filing.checked', 'verdict.changed'] as const;

export type Waiting = {
  readonly steps: readonly Step[];
  /** When the head of office said his word on what was gravely found; null while nothing grave was found or it is not said. */
  readonly headSaidAt: string | null;
  /** Something grave is found and the head has not said his word. */
  readonly forHead: boolean;
  /** Its documents are still coming. */
  readonly arriving: boolean;
  /** Why it is put off now: entries of older programs about what another desk said tell until when alone. */
  readonly postponed: { readonly until: string; readonly reason: string | null } | null;
  /** What the journal said before this instant was wiped; null when nothing was. */
  readonly wipedBefore: string | null;
};

export type Why = { readonly reason: WaitReason; readonly words: string | null };

/** The reasons for which it waited from one instant on and before another, one after the other: each holds until the next. */
export function whyItWaitedDuring(waiting: Waiting, { from, until }: Span): (Span & Why)[] {
  const { steps, headSaidAt, wipedBefore } = waiting;
  const changes = [headSaidAt, wipedBefore, ...steps.flatMap(({ at, details }) => [at, instant(details['until'])])];
  const moments = [...new Set(changes)].filter((at) => at !== null && at > from && at < until).sort() as string[];
  const found: (Span & Why)[] = [];
  [from, ...moments].forEach((at, n) => {
    const [why, last, end] = [whyItWaited(waiting, at), found.at(-1), moments[n] ?? until];
    const goesOn = last?.reason === why.reason && last.words === why.words;
    if (goesOn) found[found.length - 1] = { ...last, until: end };
    else found.push({ from: at, until: end, ...why });
  });
  return found;
}

/** Why it waited at an instant, as far as this desk knows: what stands in its journal, never a guess. */
export function whyItWaited({ steps, headSaidAt, forHead, arriving, postponed, wipedBefore }: Waiting, at: string): Why {
  if (wipedBefore !== null && at < wipedBefore) return { reason: 'wiped', words: null };
  const before = steps.filter((step) => step.at <= at);
  const put = before.findLast(({ action }) => action.startsWith('filing.postpon') || action === 'filing.resumed');
  const until = instant(put?.details['until']);
  if (put && until !== null && until > at)
    return { reason: 'postponed', words: text(put.details['reason']) ?? (instant(postponed?.until) === until ? postponed!.reason : null) };
  if (wasForHead({ steps, headSaidAt, forHead }, at)) return { reason: 'head', words: null };
  const checks = steps.filter(({ action }) => action === 'filing.checked' || action === 'verdict.changed');
  const check = checks.findLast((step) => step.at <= at);
  const judged = checks.findLast((step) => step.at <= at && 'verdict' in step.details);
  if (!check && (arriving || checks.length > 0)) return { reason: 'documents', words: null };
  if (judged?.details['verdict'] === 'undecided') return { reason: 'signature', words: null };
  return { reason: 'none', words: null };
}

/** Grave findings count from when they were found until the head has said his word; entries of older programs do not tell how many there were. */
function wasForHead({ steps, headSaidAt, forHead }: Pick<Waiting, 'steps' | 'headSaidAt' | 'forHead'>, at: string): boolean {
  const unanswered = headSaidAt === null || headSaidAt > at;
  const told = steps.filter(({ details }) => typeof details['fatal'] === 'number');
  if (told.length === 0) return forHead || (headSaidAt !== null && headSaidAt > at);
  return unanswered && Number(told.findLast((step) => step.at <= at)?.details['fatal'] ?? 0) > 0;
}

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
/** A day until which something is put off is written without thousandths, times of entries with them. */
const instant = (value: unknown): string | null => {
  const written = text(value);
  return written === null ? null : new Date(written).toISOString();
};
