import type { Handle, PKCS11, TokenInfo } from 'pkcs11js';
import { returnValueOf } from './return-codes.ts';

/** The numbers of PKCS#11 v2.40 that are used here. */
export const CK = {
  osLockingOk: 0x2,
  serialSession: 0x4,
  dontBlock: 0x1,
  user: 1,
  contextSpecific: 2,
  slotTokenPresent: 0x1,
  tokenInitialized: 0x400,
  loginRequired: 0x4,
  protectedPath: 0x100,
  objectCertificate: 1,
  objectPrivateKey: 3,
  keyRsa: 0,
  keyEc: 3,
  attributeClass: 0x0,
  attributeLabel: 0x3,
  attributeValue: 0x11,
  attributeKeyType: 0x100,
  attributeId: 0x102,
  attributeModulus: 0x120,
  attributeAlwaysAuthenticate: 0x202,
  signRsa: 0x1,
  signEcdsa: 0x1041,
} as const;

const CKR_CRYPTOKI_ALREADY_INITIALIZED = 0x191;
const CKR_CANT_LOCK = 0xa;
const CKR_NEED_TO_CREATE_THREADS = 0x9;

const MOST_AT_ONCE = 32;
const MOST_OBJECTS = 512;
/** Far above every certificate; a module that claims more for an attribute is not believed. */
const MOST_OCTETS = 64 * 1024;

/** Thrown when an answer cannot be true. */
export class SenselessAnswer extends Error {}

/** Loaded only by the process that owns a module: the binding is native code. */
export async function loadCryptoki(file: string): Promise<PKCS11> {
  const binding = await import('pkcs11js');
  const cryptoki = new binding.default.PKCS11();
  cryptoki.load(file);
  initialize(cryptoki);
  return cryptoki;
}

export function initialize(cryptoki: PKCS11): void {
  try {
    cryptoki.C_Initialize({ flags: CK.osLockingOk });
  } catch (error) {
    const rv = returnValueOf(error);
    if (rv === CKR_CRYPTOKI_ALREADY_INITIALIZED) return;
    if (rv !== CKR_CANT_LOCK && rv !== CKR_NEED_TO_CREATE_THREADS) throw error;
    // all calls come from one thread, so a module that cannot lock will do
    cryptoki.C_Initialize();
  }
}

export type TokenName = { readonly serial: string; readonly label: string };
export type PresentToken = { readonly slot: Handle; readonly info: TokenInfo; readonly name: TokenName };

/** PKCS#11 pads its texts with blanks, some modules with zeros. */
const text = (padded: string): string => padded.replace(/[\0 ]+$/g, '');

/** The initialised token in a slot, null when there is none. Throws what the module answers. */
export function tokenIn(cryptoki: PKCS11, slot: Handle): PresentToken | null {
  if (!(cryptoki.C_GetSlotInfo(slot).flags & CK.slotTokenPresent)) return null;
  const info = cryptoki.C_GetTokenInfo(slot);
  if (!(info.flags & CK.tokenInitialized)) return null;
  return { slot, info, name: { serial: text(info.serialNumber), label: text(info.label) } };
}

export function findObjects(cryptoki: PKCS11, session: Handle, template: { type: number; value: number | Buffer }[]): Handle[] {
  cryptoki.C_FindObjectsInit(session, template);
  const found: Handle[] = [];
  try {
    for (;;) {
      const some = cryptoki.C_FindObjects(session, MOST_AT_ONCE);
      if (some.length > MOST_AT_ONCE || found.length > MOST_OBJECTS) throw new SenselessAnswer('objects without end');
      if (some.length === 0) return found;
      found.push(...some);
    }
  } finally {
    cryptoki.C_FindObjectsFinal(session);
  }
}

/** One attribute; null when the module does not have or does not show it. */
export function attributeOf(cryptoki: PKCS11, session: Handle, object: Handle, type: number): Buffer | null {
  let value: unknown;
  try {
    value = cryptoki.C_GetAttributeValue(session, object, [{ type }])[0]?.value;
  } catch (error) {
    const rv = returnValueOf(error);
    // CKR_ATTRIBUTE_SENSITIVE, CKR_ATTRIBUTE_TYPE_INVALID
    if (rv === 0x11 || rv === 0x12) return null;
    throw error;
  }
  if (!Buffer.isBuffer(value)) return null;
  if (value.length > MOST_OCTETS) throw new SenselessAnswer('an attribute of senseless length');
  return value;
}

/** CK_ULONG in the byte order of the machine; only small values are meant here. */
export const smallNumber = (value: Buffer | null): number | null => (value && value.length >= 4 ? value.readUInt32LE(0) : null);
export const isTrue = (value: Buffer | null): boolean => value !== null && value.length > 0 && value[0] !== 0;
