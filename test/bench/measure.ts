/** One line of a benchmark: what we take, what a named peer or limit takes in the same run. */
export type Measure = {
  readonly name: string;
  readonly ours: number;
  readonly peer: number;
  /** How many times better ours is; below 1 the peer is better. */
  readonly ratio: number;
  readonly unit: string;
  readonly peerName: string;
};

/** For values where less is better, such as milliseconds. */
export function less(name: string, unit: string, ours: number, peerName: string, peer: number): Measure {
  return { name, ours: rounded(ours), peer: rounded(peer), ratio: rounded(peer / ours), unit, peerName };
}

/** For values where more is better, such as signatures a second. */
export function more(name: string, unit: string, ours: number, peerName: string, peer: number): Measure {
  return { name, ours: rounded(ours), peer: rounded(peer), ratio: rounded(ours / peer), unit, peerName };
}

const rounded = (value: number): number => Number(value.toPrecision(4));

/** Milliseconds of the median of some runs. */
export async function median(runs: number, work: () => unknown): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < runs; i++) {
    const started = performance.now();
    await work();
    times.push(performance.now() - started);
  }
  return times.sort((a, b) => a - b)[Math.floor(runs / 2)]!;
}
