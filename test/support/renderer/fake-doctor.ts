import type { CheckFinding, TokenModule, WindowApi } from '../../../shared/contract/index.ts';
import { ok, type Result } from '../../../shared/result.ts';

type Answer = <I, O>(name: string, work: (input: I) => Result<O> | Promise<Result<O>>) => (input: I) => Promise<Result<O>>;

/** A workstation whose registry does not answer and which has no scanner. */
export function fakeDoctor(answer: Answer): Pick<WindowApi, 'doctor'> {
  let modules: TokenModule[] = [];
  return {
    doctor: {
      run: answer('doctor.run', ({ step }): Result<CheckFinding> => {
        if (step === 'registry') return ok({ step, state: 'not-ok', reason: 'registry-unreachable', facts: {} });
        if (step === 'scanner') return ok({ step, state: 'not-applicable', reason: 'no-scanner', facts: { scanners: 0 } });
        return ok({ step, state: 'ok', reason: null, facts: step === 'disk' ? { freeMiB: 20480 } : {} });
      }),
      save: answer('doctor.save', () => ok(true)),
      room: answer('doctor.room', () => ok({ freeMiB: 20480, low: false })),
      modules: answer('doctor.modules', () => ok(modules)),
      addModule: answer('doctor.add-module', () => ok((modules = [...modules, { id: String(modules.length), file: '/usr/lib/token.so' }]))),
      removeModule: answer('doctor.remove-module', ({ id }) => ok((modules = modules.filter((module) => module.id !== id)))),
    },
  };
}
