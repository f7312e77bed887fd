/**
 * Keys and signing through one interface: PKCS#12 files today, hardware tokens as further drivers.
 * A PIN goes prompt → token host and nowhere else; the core sees sessions, certificates and signature values only.
 */
export { createTokenHost } from './token-host.ts';
export type { KeyRef, PinAnswer, PinPrompt, PinState, SigningDisplay, TokenHost, TokenSession } from './token-host.ts';
export { serveTokenHost } from './serve-token-host.ts';
export { connectTokenHost } from './connect-token-host.ts';
export { connectPinPrompt, servePinPrompt } from './pin-prompt-port.ts';
export type { MessagePortLike } from './message-port.ts';
export { signerOf, signingResult } from './signer-of.ts';
