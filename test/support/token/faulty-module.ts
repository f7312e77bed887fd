import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { tempDir } from '../temp-dir.ts';
import { SOFTHSM } from './key-token.ts';

const includes = path.join(import.meta.dirname, '../../../node_modules/pkcs11js/includes');

/** Faults by call: `hang`, `abort`, a number of PKCS#11, or what faulty-module.c knows for the call. */
export type Faults = {
  readonly initialize?: string;
  readonly slots?: string;
  readonly token?: string;
  readonly flags?: string;
  readonly login?: string;
  readonly attributes?: string;
  readonly key?: string;
  readonly sign?: string;
};

/** SoftHSM behind a module of our own that fails on demand, also while it is in use. Processes started later find it by the environment. */
export function faultyModule() {
  const dir = tempDir();
  const module = path.join(dir, 'faulty.so');
  const faults = path.join(dir, 'faults');
  execFileSync('g++', [
    ...['-x', 'c++', '-fpermissive', '-w', '-shared', '-fPIC', '-O0', `-I${includes}`, '-o', module],
    ...[path.join(import.meta.dirname, 'faulty-module.c'), '-ldl'],
  ]);
  process.env['KENSE_FAULTS'] = faults;
  process.env['KENSE_SOUND_MODULE'] = SOFTHSM;
  return {
    module,
    set: (wanted: Faults) =>
      fs.writeFileSync(
        faults,
        Object.entries(wanted)
          .map(([call, fault]) => `${call} ${fault}\n`)
          .join(''),
      ),
    /** What was called since the last look. */
    calls: (): string[] => {
      const log = `${faults}.log`;
      const lines = fs.existsSync(log) ? fs.readFileSync(log, 'utf8').split('\n').filter(Boolean) : [];
      fs.rmSync(log, { force: true });
      return lines;
    },
  };
}
