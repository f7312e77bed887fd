/**
 * Case numbers `CCCC-YY-00-T/N`, e.g. `9900-26-00-2/17`, also with a suffix letter and a repeat count: `6003-25-00-4к/1454(2)`.
 * The third group is kept as it stands; its meaning is not published.
 */
export type CaseNumber = {
  readonly court: string;
  /** Two digits. */
  readonly year: string;
  readonly group: string;
  /** Type index with its suffix, lower case: `2`, `2а`, `4к`. */
  readonly typeIndex: string;
  readonly sequence: number;
  readonly repeat: number | null;
};

const PATTERN = /^(\d{4})-(\d{2})-(\d{2})-(\d+[а-я]*)\/(\d+)(?:\((\d+)\))?$/;

export function parseCaseNumber(text: string): CaseNumber | null {
  const m = PATTERN.exec(text.trim().toLowerCase());
  if (!m) return null;
  return {
    court: m[1]!,
    year: m[2]!,
    group: m[3]!,
    typeIndex: m[4]!,
    sequence: Number(m[5]),
    repeat: m[6] === undefined ? null : Number(m[6]),
  };
}

export function formatCaseNumber(n: Pick<CaseNumber, 'court' | 'year' | 'typeIndex' | 'sequence'>): string {
  return `${n.court}-${n.year}-00-${n.typeIndex}/${n.sequence}`;
}

/** Incoming number of the office: `CCCC-YY-NNNNNN`. */
export function formatIncomingNumber(court: string, year: string, sequence: number): string {
  return `${court}-${year}-${String(sequence).padStart(6, '0')}`;
}
