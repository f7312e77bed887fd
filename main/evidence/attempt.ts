import type { ExchangeFault } from './exchange.ts';

export type AttemptOutcome =
  | 'fetched'
  | 'cached'
  | ExchangeFault
  /** The bytes are not what was asked for, or damaged. */
  | 'malformed'
  /** Well formed, but of another issuer or about another certificate. */
  | 'other-subject'
  | 'nonce-differs'
  | 'responder-error'
  | 'address-unusable'
  | 'host-not-allowed'
  /** All the time for asking was spent before. */
  | 'no-time-left';

/** What came of one address. */
export type Attempt = {
  readonly kind: 'ocsp' | 'crl' | 'delta' | 'issuer';
  /** SHA-256 of the certificate it was about. */
  readonly certificate: string;
  readonly address: string;
  readonly outcome: AttemptOutcome;
};
