const MAX_FAULTS = 200;
/** The first place of a stack inside the program: file and line, without the folders above. */
const PLACE = /([\w.-]+\.(?:ts|js|mjs)):(\d+):\d+/;

/** Keeps when, where and of which kind faults of the program were, without what they say: that may name people. */
export function createFaultLines(clock: () => string): {
  readonly note: (where: string, error: unknown) => void;
  readonly all: () => readonly string[];
} {
  const lines: string[] = [];
  return {
    note(where, error) {
      const place = error instanceof Error ? PLACE.exec(error.stack?.split('\n').slice(1).join('\n') ?? '') : null;
      const kind = error instanceof Error ? error.constructor.name : typeof error;
      lines.push([clock(), where, kind, place ? `${place[1]}:${place[2]}` : '-'].join(' '));
      if (lines.length > MAX_FAULTS) lines.shift();
    },
    all: () => lines,
  };
}
