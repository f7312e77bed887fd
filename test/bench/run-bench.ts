import os from 'node:os';
import type { Measure } from './measure.ts';

/** Benchmarks by name; each compares with a named peer or limit in the same run. */
const BENCHES: Readonly<Record<string, () => Promise<() => Promise<Measure[]> | Measure[]>>> = {
  verify: async () => (await import('./verify.ts')).benchVerify,
  sign: async () => (await import('./sign.ts')).benchSign,
  queue: async () => (await import('./queue.ts')).benchQueue,
  journal: async () => (await import('./journal.ts')).benchJournal,
  board: async () => (await import('./board.ts')).benchBoard,
  duplicates: async () => (await import('./duplicates.ts')).benchDuplicates,
  documents: async () => (await import('./documents.ts')).benchDocuments,
  registry: async () => (await import('./registry/index.ts')).benchRegistry,
};

/** `kense bench [NAME] [--json]`: exit 0, 64 for an unknown name. */
export async function runBench(argv: readonly string[]): Promise<number> {
  const names = argv.filter((arg) => arg !== '--json');
  const unknown = names.find((name) => !Object.hasOwn(BENCHES, name));
  if (unknown !== undefined || names.length > 1) {
    process.stderr.write(`usage: kense bench [${Object.keys(BENCHES).join('|')}] [--json]\n`);
    return 64;
  }
  const measures: Measure[] = [];
  for (const name of names.length > 0 ? names : Object.keys(BENCHES)) measures.push(...(await (await BENCHES[name]!())()));
  if (argv.includes('--json')) process.stdout.write(`${JSON.stringify(measures, null, 1)}\n`);
  else {
    process.stdout.write(`${os.cpus()[0]?.model ?? ''}, ${os.cpus().length} cores, Node ${process.version}\n`);
    for (const { name, ours, peer, ratio, unit, peerName } of measures)
      process.stdout.write(
        `${name.padEnd(36)} ${String(ours).padStart(9)} ${unit.padEnd(14)} ${String(peer).padStart(9)} ${peerName}  (${ratio}×)\n`,
      );
  }
  return 0;
}
