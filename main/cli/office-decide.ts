import type { ChosenGround, TransferTo } from '../../shared/contract/index.ts';
import { DECISIONS, type Decision } from '../../shared/domain/decision.ts';
import { ok, type Result } from '../../shared/result.ts';
import { decideFiling, readDecision } from '../acts/index.ts';
import type { User } from '../core/index.ts';
import { UsageError } from './cli-io.ts';
import type { OfficeCall, OpenedDesk } from './office-call.ts';

const USAGE = `decide needs --decision ${DECISIONS.join('|')}, --ground CODE[=WORDS] for all but accept, and --court CODE|NAME for transfer`;

/** `decide FILING`: the judge who is signed in decides; the draft is drawn anew and waits to be read and signed. Repeating it changes nothing. */
export async function decide({ desk, id, values }: OfficeCall, judge: User): Promise<Result<unknown>> {
  const decision = DECISIONS.find((known) => known === values.decision);
  if (!decision) throw new UsageError(USAGE);
  if ((decision === 'transfer') !== (values.court !== undefined)) throw new UsageError(USAGE);
  const act = view(desk, id, judge)?.act;
  const decided = await decideFiling(desk.acts, {
    filingId: id,
    seen: act?.state === 'draft' ? { actId: act.id, revision: act.revision } : null,
    decision,
    grounds: groundsNamed(values),
    transferTo: courtNamed(values),
    actor: judge.id,
  });
  return decided.ok ? ok(answer(desk, id, judge, decision)) : decided;
}

/** `CODE` or `CODE=WORDS`. */
export const groundsNamed = ({ ground = [] }: OfficeCall['values']): ChosenGround[] =>
  ground.map((text) => {
    const [code = '', ...note] = text.split('=');
    return { code, note: note.length > 0 ? note.join('=') : null };
  });

/** Four digits are the code of a listed court, anything else is the name of another one. */
export const courtNamed = ({ court }: OfficeCall['values']): TransferTo | null =>
  court === undefined ? null : /^\d{4}$/.test(court) ? { code: court, name: '' } : { code: null, name: court };

const view = (desk: OpenedDesk, filingId: string, judge: User) =>
  readDecision(desk.store.read, desk.reference, {
    filingId,
    user: { id: judge.id, role: 'judge' },
    courtCode: desk.profile.court.code,
    now: desk.config.clock(),
  });

function answer(desk: OpenedDesk, id: string, judge: User, decision: Decision): unknown {
  const { act, current } = view(desk, id, judge)!;
  return {
    id,
    decision,
    act: act?.id,
    kind: act?.kind,
    state: act?.state,
    sha256: act?.sha256,
    pages: act?.pages,
    grounds: current?.grounds.map(({ code, article, note }) => ({ code, article, note })),
    transferTo: current?.transferTo ?? null,
  };
}
