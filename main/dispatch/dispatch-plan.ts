import type { DispatchPerson, DispatchStepView } from '../../shared/contract/index.ts';
import { courtDayOf } from '../../shared/domain/court-day.ts';
import type { FilingMessage } from '../../shared/registry/index.ts';
import type { Result } from '../../shared/result.ts';
import { fail, ok } from '../../shared/result.ts';
import { sideOf } from '../intake/index.ts';
import type { DispatchLadder, Reference } from '../reference/index.ts';

type Addresses = {
  readonly phone?: string | null | undefined;
  readonly email?: string | null | undefined;
  readonly address?: string | null | undefined;
};

/** Those whom a filing names, each with the ladder that holds for this kind of act on a day. The representative stands first. */
export function planDispatch(
  reference: Reference,
  message: FilingMessage,
  { filingId, kind, now }: { readonly filingId: string; readonly kind: string; readonly now: string },
): DispatchPerson[] {
  const ladder = reference.dispatchLadder(kind, courtDayOf(now));
  const { representative, parties } = message;
  const sender = parties[0]?.side;
  const people: DispatchPerson[] = parties.map((party) => {
    const sent = party.side === sender;
    const represented = sent && representative !== null && representative !== undefined && ladder.representative === 'instead';
    const proposed = (sent || ladder.to === 'everyone') && !represented;
    return { name: party.name, side: sideOf(party), filingId: sent ? filingId : null, proposed, steps: stepsFor(ladder, party, sent) };
  });
  if (representative)
    people.unshift({
      ...{ name: representative.name, side: 'representative', filingId, proposed: true },
      steps: stepsFor(ladder, representative, true),
    });
  return people.filter((person, at) => people.findIndex(({ name }) => name === person.name) === at);
}

/** Ways without an address are left out; but for the letter, so that a missing address is seen. */
function stepsFor(ladder: DispatchLadder, { phone, email, address }: Addresses, reads: boolean): DispatchStepView[] {
  const known = { sms: phone?.trim() || null, email: email?.trim() || null, post: address?.trim() || null, cabinet: null, push: null };
  const leads = ({ channel }: DispatchLadder['steps'][number]) =>
    channel === 'cabinet' || channel === 'push'
      ? reads
      : channel === 'post' || (known[channel] !== null && isUsable(channel, known[channel]));
  return ladder.steps.filter(leads).map(({ channel, waitHours }) => ({ channel, address: known[channel], waitHours }));
}

/** Those whom the office data names, with the ways that lead to them; whoever has none is left to a person. */
export function proposedRecipients(
  people: readonly DispatchPerson[],
): { name: string; filingId: string | null; steps: DispatchStepView[] }[] {
  return people
    .filter(({ proposed }) => proposed)
    .map(({ name, filingId, steps }) => ({
      name,
      filingId,
      steps: steps.filter(({ channel, address }) => channel !== 'post' || address !== null),
    }))
    .filter(({ steps }) => steps.length > 0);
}

const EMAIL = /^[^\s@<>()[\]\\,;:"]+@[^\s@<>()[\]\\,;:"]+\.[^\s@<>()[\]\\,;:".]+$/u;
const PHONE = /^\+?\d{5,15}$/;
/** Shorter texts lead no postman anywhere. */
const SHORTEST_ADDRESS = 10;

/** Whether something can be sent there at all; whether the person is there is another question. */
export function isUsable(channel: string, address: string): boolean {
  const text = address.trim();
  if (channel === 'sms') return PHONE.test(text.replace(/[\s()-]/g, ''));
  if (channel === 'email') return text.length <= 254 && EMAIL.test(text);
  return channel !== 'post' || (text.length >= SHORTEST_ADDRESS && /\p{L}/u.test(text));
}

/** Every way is named once and leads somewhere. Error: `address-unusable` with the channel. */
export function checkSteps(steps: readonly DispatchStepView[], reads: boolean): Result<null> {
  if (steps.length === 0 || new Set(steps.map(({ channel }) => channel)).size !== steps.length)
    return fail('input-invalid', { field: 'steps' });
  for (const { channel, address } of steps) {
    const leads = channel === 'cabinet' || channel === 'push' ? reads : address !== null && isUsable(channel, address);
    if (!leads) return fail('address-unusable', { channel });
  }
  return ok(null);
}
