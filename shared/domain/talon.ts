import type { OverallVerdict } from './verdict.ts';

/** What a registration talon says and its QR carries signed. Instants are UTC ISO strings ending in `Z`. */
export type TalonFacts = {
  /** Court code, four digits. */
  readonly court: string;
  readonly incomingNumber: string;
  /** The number of the case this filing opened; null when it opened none. */
  readonly caseNumber: string | null;
  /** The case it was filed into; null when it joined none. */
  readonly joinsCase: string | null;
  /** The unique number the cabinet gave. */
  readonly cabinetNumber: string;
  /** Filing kind, an id of resources/reference/document_types.csv. */
  readonly kind: string;
  readonly receivedAt: string;
  readonly registeredAt: string;
  readonly verdict: OverallVerdict;
  /** How many documents the filing has. */
  readonly documents: number;
};

/** A QR text taken apart. `payload` is the exact text that `signature` (base64url, raw r‖s of ECDSA P-256) signs as UTF-8. */
export type TalonQr = TalonFacts & { readonly keyId: string; readonly payload: string; readonly signature: string };

/** The prefix names the product and the version of the layout; another layout gets another prefix. */
const PREFIX = 'KENSE1';
const SEPARATOR = ':';
const VERDICT_LETTER: Readonly<Record<OverallVerdict, string>> = { valid: 'V', undecided: 'U', invalid: 'I', unsigned: 'N' };
const VERDICT_OF_LETTER = new Map(Object.entries(VERDICT_LETTER).map(([verdict, letter]) => [letter, verdict as OverallVerdict]));

/** Printable ASCII only: readers guess the character set of a QR, and guess wrong as soon as a case number has a Cyrillic suffix. */
const escapeField = (text: string): string => encodeURIComponent(text).replaceAll('%2F', '/');
const packInstant = (instant: string): string => instant.replace(/[-:]/g, '');
const unpackInstant = (packed: string): string => packed.replace(/^(\d{4})(\d\d)(\d\dT\d\d)(\d\d)(\d\d)/, '$1-$2-$3:$4:$5');

/** The text that is signed: at most about 130 characters for an ordinary filing. */
export function talonQrPayload(facts: TalonFacts, keyId: string): string {
  return [
    PREFIX,
    keyId,
    facts.court,
    facts.incomingNumber,
    facts.caseNumber ?? '',
    facts.joinsCase ?? '',
    facts.cabinetNumber,
    facts.kind,
    packInstant(facts.receivedAt),
    packInstant(facts.registeredAt),
    VERDICT_LETTER[facts.verdict],
    String(facts.documents),
  ]
    .map(escapeField)
    .join(SEPARATOR);
}

/** The whole QR text: payload and signature. */
export function talonQrText(facts: TalonFacts, keyId: string, signatureBase64Url: string): string {
  return `${talonQrPayload(facts, keyId)}${SEPARATOR}${signatureBase64Url}`;
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/;
/** A QR code cannot hold more. */
const MAX_LENGTH = 2331;

/** Reads a QR text; null for anything that `talonQrText` would not have written. Says nothing about the signature. */
export function parseTalonQr(text: string): TalonQr | null {
  const trimmed = text.trim();
  if (trimmed.length > MAX_LENGTH) return null;
  const fields = trimmed.split(SEPARATOR);
  if (fields.length !== 13) return null;
  const signature = fields.pop() ?? '';
  const facts = readFacts(fields.map(unescapeField), signature);
  if (!facts) return null;
  const payload = talonQrPayload(facts, facts.keyId);
  // Two spellings of one fact would let two texts claim the same talon.
  return `${payload}${SEPARATOR}${signature}` === trimmed ? { ...facts, payload, signature } : null;
}

function unescapeField(field: string): string {
  try {
    return decodeURIComponent(field);
  } catch {
    return '';
  }
}

function readFacts(fields: readonly string[], signature: string): (TalonFacts & { keyId: string }) | null {
  const [prefix = '', keyId = '', court = '', incomingNumber = '', caseNumber, joinsCase, cabinetNumber = '', kind = ''] = fields;
  const [received = '', registered = '', letter = '', count = ''] = fields.slice(8);
  const verdict = VERDICT_OF_LETTER.get(letter);
  const receivedAt = unpackInstant(received);
  const registeredAt = unpackInstant(registered);
  const wellFormed =
    prefix === PREFIX &&
    /^[0-9a-f]{16}$/.test(keyId) &&
    /^\d{4}$/.test(court) &&
    incomingNumber !== '' &&
    INSTANT.test(receivedAt) &&
    INSTANT.test(registeredAt) &&
    /^\d{1,6}$/.test(count) &&
    /^[A-Za-z0-9_-]{86}$/.test(signature);
  if (!wellFormed || !verdict) return null;
  return {
    keyId,
    court,
    incomingNumber,
    caseNumber: caseNumber || null,
    joinsCase: joinsCase || null,
    cabinetNumber,
    kind,
    receivedAt,
    registeredAt,
    verdict,
    documents: Number(count),
  };
}
