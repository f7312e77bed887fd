import path from 'node:path';

/** How the window was started. */
export type ShellOptions = {
  readonly training: boolean;
  /** Null: the usual folder of this person. */
  readonly profileDir: string | null;
  /** Null: the profile's own; in training the embedded one. */
  readonly registryUrl: string | null;
  readonly enrolmentCode: string | null;
  readonly sampleFilings: number;
};

const SAMPLE_FILINGS = 12;

/** The arguments of a new start that asks no more whether it is training. `argv` as Electron gives it. */
export const anewInTraining = (argv: readonly string[]): string[] => [...argv.slice(1).filter((arg) => arg !== '--training'), '--training'];

/** Reads `--name` and `--name=value`; switches of the runtime and of a display system pass by. */
export function readOptions(argv: readonly string[]): ShellOptions {
  const value = (name: string) => {
    const found = argv.find((arg) => arg.startsWith(`--${name}=`));
    return found === undefined ? null : found.slice(name.length + 3);
  };
  const profile = value('profile');
  const samples = Number(value('sample-filings') ?? SAMPLE_FILINGS);
  return {
    training: argv.includes('--training'),
    profileDir: profile === null ? null : path.resolve(profile),
    registryUrl: value('registry'),
    enrolmentCode: value('enrolment-code'),
    sampleFilings: Number.isInteger(samples) && samples >= 0 && samples <= 500 ? samples : SAMPLE_FILINGS,
  };
}
