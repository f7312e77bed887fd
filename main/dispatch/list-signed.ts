import type { DispatchRecipient } from '../../shared/contract/index.ts';
import type { Reading } from '../store/index.ts';
import { recipientsOf } from './read-recipients.ts';
import { actsSigned, type SignedAct } from './signed-act.ts';

/** Acts signed from one instant on and before another, oldest first, each with those to whom it goes when they are asked for. */
export const listSigned = (
  read: Reading,
  from: string,
  until: string,
): (SignedAct & { readonly recipients: () => readonly DispatchRecipient[] })[] =>
  actsSigned(read, from, until).map((act) => ({ ...act, recipients: () => recipientsOf(read, act) }));
