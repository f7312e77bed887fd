import { filingOf, readHearing } from '../proceedings/index.ts';
import type { Reading } from '../store/index.ts';

/** What a look at a paper of a hearing is journalled under: the filing where one is here. */
export function subjectOfHearing(read: Reading, hearingId: string): string {
  const hearing = readHearing(read, hearingId);
  return (hearing && filingOf(read, hearing.value)) ?? hearingId;
}
