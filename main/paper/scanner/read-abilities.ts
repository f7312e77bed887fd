/** What a scanner can do, under its own names; null for what it has no option for. */
export type ScannerAbilities = {
  /** Dots an inch that it can be asked for, of those that make sense here. */
  readonly dpi: readonly number[];
  readonly colorMode: string | null;
  readonly greyMode: string | null;
  readonly feeder: string | null;
  readonly glass: string | null;
  /** Of the bed, in millimetres. */
  readonly width: number | null;
  readonly height: number | null;
};

/** What the court scans with; a range is asked for these. */
const USUAL_DPI = [150, 200, 300, 400, 600];

/** Reads what `scanimage -A` prints: `--name choice|choice|… [default]` or `--name from..to unit`. */
export function readAbilities(lines: readonly string[]): ScannerAbilities {
  const options = new Map<string, string>();
  for (const line of lines) {
    const m = /^\s+(?:--([a-z-]+)|-([a-z])) (.+?)(?: \[[^\]]*\])?$/.exec(line);
    if (m && !/\[inactive\]/.test(line)) options.set(m[1] ?? m[2]!, m[3]!);
  }
  const choices = (name: string) => options.get(name)?.split('|') ?? [];
  const pick = (from: readonly string[], pattern: RegExp) => from.find((choice) => pattern.test(choice)) ?? null;
  const upTo = (name: string) => {
    const m = /\.\.(\d+(?:\.\d+)?)/.exec(options.get(name) ?? '');
    return m ? Number(m[1]) : null;
  };
  const sources = choices('source');
  return {
    dpi: readDpi(options.get('resolution') ?? ''),
    colorMode: pick(choices('mode'), /colou?r/i),
    greyMode: pick(choices('mode'), /gr[ae]y/i),
    feeder: pick(sources, /feeder|\badf\b/i),
    glass: pick(sources, /flatbed|platen|glass/i),
    width: upTo('x'),
    height: upTo('y'),
  };
}

function readDpi(text: string): number[] {
  const range = /^(\d+)\.\.(\d+)dpi/.exec(text);
  if (range) return USUAL_DPI.filter((dpi) => dpi >= Number(range[1]) && dpi <= Number(range[2]));
  const listed = text
    .replace(/dpi.*$/, '')
    .split('|')
    .map(Number);
  return listed.filter((dpi) => Number.isInteger(dpi) && dpi >= 75 && dpi <= 1200);
}
