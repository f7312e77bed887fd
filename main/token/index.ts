/**
 * Keys and signing through one interface: PKCS#12 files, tokens behind PKCS#11 modules, and NCALayer, which holds keys and answers messages.
 * A PIN goes prompt → token host and nowhere else; the core sees sessions, certificates and signature values only.
 */
export { createTokenHost, openToSign } from './token-host.ts';
export type {
  ContentSession,
  FoundKey,
  KeyPlaces,
  KeyRef,
  NcaLayerRef,
  PinAnswer,
  PinPrompt,
  PinState,
  PinWay,
  Pkcs11Ref,
  SigningDisplay,
  SigningKeyRef,
  SigningSession,
  TokenHost,
  TokenSession,
} from './token-host.ts';
export { NCALAYER_URL, ncaLayerUrl, tlsAnchors, type NcaLayerPlace } from './ncalayer/ncalayer-place.ts';
export { knownModules } from './known-modules.ts';
export { startModulesBy, type ModuleFinding } from './pkcs11-driver.ts';
export type { ModuleProcess, StartModule } from './pkcs11/module-owner.ts';
export { serveTokenHost } from './serve-token-host.ts';
export { connectTokenHost } from './connect-token-host.ts';
export { connectPinPrompt, servePinPrompt } from './pin-prompt-port.ts';
export type { MessagePortLike } from './message-port.ts';
export { messagesOf, signerOf, signingResult } from './signer-of.ts';
