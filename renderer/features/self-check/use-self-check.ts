import { useCallback, useEffect, useRef, useState } from 'react';
import type { CheckFinding } from '../../../shared/contract/index.ts';
import { CHECK_STEPS, type CheckStep } from '../../../shared/domain/self-check.ts';
import type { Failure } from '../../../shared/result.ts';
import { kense, settle } from '../../api/kense.ts';

/** What is known of a step; `running` while it is looked at. */
export type StepState = { readonly running: boolean; readonly finding: CheckFinding | null; readonly failure: Failure | null };
const UNKNOWN: StepState = { running: false, finding: null, failure: null };

/** How many steps are looked at side by side: a slow one must not hold up the others. */
const SIDE_BY_SIDE = 3;

/** Runs the steps of the self-check, all of them once when it is shown. */
export function useSelfCheck() {
  const [states, setStates] = useState<Readonly<Partial<Record<CheckStep, StepState>>>>({});
  const gone = useRef(false);
  const put = useCallback((step: CheckStep, state: Partial<StepState>) => {
    if (!gone.current) setStates((old) => ({ ...old, [step]: { ...UNKNOWN, ...old[step], ...state } }));
  }, []);

  const run = useCallback(
    async (step: CheckStep) => {
      put(step, { running: true });
      const result = await settle(kense().doctor.run({ step }));
      put(step, {
        running: false,
        ...(result.ok ? { finding: result.value, failure: null } : { finding: null, failure: result.error }),
      });
    },
    [put],
  );
  const runAll = useCallback(async () => {
    const left = [...CHECK_STEPS];
    for (const step of left) put(step, { running: true });
    const work = async () => {
      for (let step = left.shift(); step !== undefined && !gone.current; step = left.shift()) await run(step);
    };
    await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work));
  }, [put, run]);

  useEffect(() => {
    gone.current = false;
    void runAll();
    return () => {
      gone.current = true;
    };
  }, [runAll]);

  const stateOf = (step: CheckStep): StepState => states[step] ?? UNKNOWN;
  return { stateOf, run, runAll, busy: CHECK_STEPS.some((step) => stateOf(step).running) };
}
