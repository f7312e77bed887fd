import { z } from 'zod';

/** The header in which a desk says its version with every request of its own. */
export const VERSION_HEADER = 'x-kense-version';
/** The oldest protocol that this registry still speaks. */
export const MINIMUM_PROTOCOL = 1;

/** Three numbers after semantic versioning; what follows a hyphen makes it older than the same without. */
export const versionSchema = z.string().regex(/^\d{1,5}\.\d{1,5}\.\d{1,5}(-[0-9A-Za-z.-]{1,30})?$/);

/** Whether a desk is older than the version that is asked for. One that does not say its version is from before it was asked. */
export function isOlderThan(version: string | null, minimum: string): boolean {
  if (version === null) return true;
  const [own, asked] = [partsOf(version), partsOf(minimum)];
  for (const [place, part] of own.numbers.entries()) {
    const other = asked.numbers[place] ?? 0;
    if (part !== other) return part < other;
  }
  return own.preview && !asked.preview;
}

function partsOf(version: string): { numbers: number[]; preview: boolean } {
  const [numbers = '', ...preview] = version.split('-');
  return { numbers: numbers.split('.').map(Number), preview: preview.length > 0 };
}
