/** What the QR code of a verification sheet says of a signed act. Instants are UTC ISO strings ending in `Z`. */
export type ActCheck = {
  /** Court code, four digits. */
  readonly court: string;
  readonly actId: string;
  readonly incomingNumber: string;
  readonly signedAt: string;
  /** Of the signed file, lower-case hex. */
  readonly sha256: string;
};

/** The prefix names the product, the kind of paper and the version of the layout. */
const PREFIX = 'KENSEA1';
const SEPARATOR = ':';
const packInstant = (instant: string): string => instant.replace(/[-:]/g, '');
const unpackInstant = (packed: string): string => packed.replace(/^(\d{4})(\d\d)(\d\dT\d\d)(\d\d)(\d\d)/, '$1-$2-$3:$4:$5');

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** About 150 characters of printable ASCII, so that no reader guesses a character set. It carries no signature: the original does. */
export const actCheckText = ({ court, actId, incomingNumber, signedAt, sha256 }: ActCheck): string =>
  [PREFIX, court, actId, incomingNumber, packInstant(signedAt), sha256].join(SEPARATOR);

/** Reads such a text; null for anything that `actCheckText` would not have written. */
export function parseActCheck(text: string): ActCheck | null {
  const [prefix = '', court = '', actId = '', incomingNumber = '', signed = '', sha256 = '', ...more] = text.trim().split(SEPARATOR);
  const signedAt = unpackInstant(signed);
  const wellFormed =
    prefix === PREFIX &&
    more.length === 0 &&
    /^\d{4}$/.test(court) &&
    UUID.test(actId) &&
    /^[\d-]{1,40}$/.test(incomingNumber) &&
    INSTANT.test(signedAt) &&
    /^[0-9a-f]{64}$/.test(sha256);
  if (!wellFormed) return null;
  const check = { court, actId, incomingNumber, signedAt, sha256 };
  return actCheckText(check) === text.trim() ? check : null;
}
