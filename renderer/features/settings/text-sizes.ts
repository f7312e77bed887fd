/** Percent of the usual size; Ctrl + and Ctrl − walk along them. */
export const TEXT_SIZES = [90, 100, 110, 125, 150, 175, 200] as const;

export function stepTextSize(now: number, step: 1 | -1): number {
  const next = step > 0 ? TEXT_SIZES.find((size) => size > now) : [...TEXT_SIZES].reverse().find((size) => size < now);
  return next ?? now;
}
