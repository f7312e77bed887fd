import type { UnreadableReason } from '../../../shared/contract/index.ts';

/** A foreign document that cannot or must not be read further. */
export class Unreadable extends Error {
  readonly reason: UnreadableReason;

  constructor(reason: UnreadableReason) {
    super(reason);
    this.reason = reason;
  }
}
