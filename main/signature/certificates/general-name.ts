import { contentOf, DerFault, encodingOf, explicit, implicit, onlyChild, toHex, type Tlv } from '../../asn1/index.ts';
import { readName, type DistinguishedName } from './distinguished-name.ts';

/** GeneralName (RFC 5280 §4.2.1.6); `other` are the forms that nothing here looks into: otherName, x400Address, ediPartyName, registeredID. */
export type GeneralName =
  | { readonly form: 'directory'; readonly name: DistinguishedName }
  | { readonly form: 'rfc822' | 'dns' | 'uri'; /** As it stands, one character an octet. */ readonly text: string }
  | { readonly form: 'ip'; readonly octets: Uint8Array }
  | { readonly form: `other-${number}` };

const TEXTS = { [implicit(1)]: 'rfc822', [implicit(2)]: 'dns', [implicit(6)]: 'uri' } as const;

export function readGeneralName(name: Tlv): GeneralName {
  const text = TEXTS[name.tag];
  if (text !== undefined) return { form: text, text: Array.from(contentOf(name), (octet) => String.fromCharCode(octet)).join('') };
  switch (name.tag) {
    case explicit(4):
      return { form: 'directory', name: readName(onlyChild(name)) };
    case implicit(7):
      return { form: 'ip', octets: contentOf(name) };
    case explicit(0):
    case explicit(3):
    case explicit(5):
    case implicit(8):
      return { form: `other-${name.tag & 0x1f}` };
    default:
      throw new DerFault('general name');
  }
}

/** Equal for two names that match: directory names by RFC 5280 §7.1, every other form octet by octet. */
export function generalNameKey(name: Tlv): string {
  return name.tag === explicit(4) ? directoryNameKey(readName(onlyChild(name)).key) : toHex(encodingOf(name));
}

/** What `generalNameKey` answers for a directory name of this key. */
export const directoryNameKey = (key: string): string => `directory:${key}`;
