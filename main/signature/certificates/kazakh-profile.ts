import { hasCheckDigit } from '../../../shared/domain/identifier.ts';
import { UNSAFE_CHARACTERS, visible, type DistinguishedName } from './distinguished-name.ts';

/** What a subject of the Kazakh profile says about a person. `warnings` are the codes a report repeats. */
export type SubjectIdentity = {
  readonly commonName: string;
  /** Only from a single `serialNumber=IIN…`. */
  readonly iin: string | null;
  /** Only from a single `OU=BIN…`. */
  readonly bin: string | null;
  readonly organisation: string | null;
  readonly warnings: readonly string[];
};

const CN = '2.5.4.3';
const SERIAL_NUMBER = '2.5.4.5';
const O = '2.5.4.10';
const OU = '2.5.4.11';

export function readSubjectIdentity(subject: DistinguishedName): SubjectIdentity {
  const texts = (oid: string): string[] => subject.attributes.flatMap((a) => (a.oid === oid && a.text !== null ? [a.text] : []));
  const warnings: string[] = [];
  const only = (oid: string, prefix: string): string | null => {
    const found = texts(oid).filter((text) => text.startsWith(prefix));
    if (found.length > 1) warnings.push(`AMBIGUOUS_${prefix}`);
    const digits = found.length === 1 ? (found[0]?.slice(prefix.length) ?? '') : '';
    if (!/^\d{12}$/.test(digits)) return null;
    if (!hasCheckDigit(digits)) warnings.push(`${prefix}_CHECK_DIGIT`);
    return digits;
  };
  const iin = only(SERIAL_NUMBER, 'IIN');
  const bin = only(OU, 'BIN');
  if (iin === null && !warnings.includes('AMBIGUOUS_IIN')) warnings.push('NO_IIN');
  const commonNames = texts(CN);
  const organisation = texts(O)[0];
  if (commonNames.length > 1) warnings.push('AMBIGUOUS_NAME');
  const shown = subject.attributes.flatMap((a) => (a.text === null ? [] : [a.text]));
  if (shown.some((text) => text.search(UNSAFE_CHARACTERS) >= 0)) warnings.push('CONTROL_CHARACTERS_IN_NAME');
  if (shown.some(mixesScripts)) warnings.push('MIXED_SCRIPT_NAME');
  return {
    commonName: visible(commonNames[0] ?? ''),
    iin,
    bin,
    organisation: organisation === undefined ? null : visible(organisation),
    warnings,
  };
}

/** One word written with letters of two alphabets: the look-alike trick. A Latin word beside a Cyrillic one is ordinary. */
function mixesScripts(text: string): boolean {
  return text.split(/[^\p{L}\p{M}]+/u).some((word) => {
    const scripts = [/\p{Script=Latin}/u, /\p{Script=Cyrillic}/u, /\p{Script=Greek}/u, /\p{Script=Armenian}/u];
    return scripts.filter((script) => script.test(word)).length > 1;
  });
}

/** Roles by extended key usage, of the National CA and of the CAs of state bodies and BTSD. */
const ROLES: Readonly<Record<string, string>> = {
  '1.2.398.3.3.4.1.1': 'individual',
  '1.2.398.3.3.4.1.1.1': 'individual-information-system',
  '1.2.398.3.3.4.1.2': 'organisation',
  '1.2.398.3.3.4.1.2.1': 'organisation-head',
  '1.2.398.3.3.4.1.2.2': 'organisation-signer',
  '1.2.398.3.3.4.1.2.3': 'organisation-finance',
  '1.2.398.3.3.4.1.2.4': 'organisation-personnel',
  '1.2.398.3.3.4.1.2.5': 'organisation-employee',
  '1.2.398.5.19.1.2.2.1': 'treasury-client',
  '1.2.398.6.1.1.1.1': 'notary',
};
const INFORMATION_SYSTEM = '1.2.398.3.3.4.1.2.6';

export function readRoles(extendedKeyUsage: readonly string[]): string[] {
  return extendedKeyUsage.flatMap((oid) => {
    if (oid === INFORMATION_SYSTEM || oid.startsWith(`${INFORMATION_SYSTEM}.`)) return ['organisation-information-system'];
    const role = ROLES[oid];
    return role === undefined ? [] : [role];
  });
}
