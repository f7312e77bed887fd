/**
 * IIN and BIN: twelve digits, the last a check digit.
 * A wrong check digit warns and never refuses: old numbers in force fail it.
 */
const FIRST = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
const SECOND = [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2];

export function isIdentifier(text: string): boolean {
  return /^\d{12}$/.test(text);
}

/** True when the check digit is right (weights 1–11, then 3–11,1,2; a second 10 is never assigned). */
export function hasCheckDigit(id: string): boolean {
  if (!isIdentifier(id)) return false;
  const sum = (weights: readonly number[]) => weights.reduce((s, w, i) => s + w * Number(id[i]), 0) % 11;
  const first = sum(FIRST);
  const digit = first === 10 ? sum(SECOND) : first;
  return digit !== 10 && digit === Number(id[11]);
}

/** `870131400012` → `8701******12`: for lists, talons and screens that others can see. */
export function maskIdentifier(id: string): string {
  return isIdentifier(id) ? `${id.slice(0, 4)}******${id.slice(10)}` : id;
}

/** Completes eleven digits with their check digit; null when the number is never assigned. */
export function withCheckDigit(eleven: string): string | null {
  for (let digit = 0; digit < 10; digit++) if (hasCheckDigit(`${eleven}${digit}`)) return `${eleven}${digit}`;
  return null;
}

/** The IIN that a Kazakh certificate names in its subject (`serialNumber=IIN…`, RFC 4514 text or one name a line); null when it names none. */
export function iinOfSubject(subject: string): string | null {
  return /serialNumber=IIN(\d{12})/i.exec(subject)?.[1] ?? null;
}
