/**
 * Keys and signing through one interface: PKCS#12 files, and tokens behind PKCS#11 modules.
 * A PIN goes prompt → token host and nowhere else; the core sees sessions, certificates and signature values only.
 */
export { createTokenHost } from './token-host.ts';
export type {
  FoundKey,
  KeyPlaces,
  KeyRef,
  PinAnswer,
  PinPrompt,
  PinState,
  PinWay,
  SigningDisplay,
  TokenHost,
  TokenSession,
} from './token-host.ts';
export { knownModules } from './known-modules.ts';
export { startModulesBy, type ModuleFinding } from './pkcs11-driver.ts';
export type { ModuleProcess, StartModule } from './pkcs11/module-owner.ts';
export { serveTokenHost } from './serve-token-host.ts';
export { connectTokenHost } from './connect-token-host.ts';
export { connectPinPrompt, servePinPrompt } from './pin-prompt-port.ts';
export type { MessagePortLike } from './message-port.ts';
export { signerOf, signingResult } from './signer-of.ts';
