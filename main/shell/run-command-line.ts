/** Commands of the installed program; a first argument that is none of them opens the window. */
const COMMANDS = new Set(['verify', 'verify-cert', 'demo', 'registry', 'office', 'cabinet', 'sign', 'talon', 'doctor', 'bench']);

/** The arguments of the command line, or null when the window is meant. `argv` as Electron gives it. */
export function commandOf(argv: readonly string[], packaged: boolean): string[] | null {
  const own = argv.slice(packaged ? 1 : 2);
  const first = own.find((arg) => !arg.startsWith('-'));
  return first !== undefined && COMMANDS.has(first) ? own.slice(own.indexOf(first)) : null;
}
