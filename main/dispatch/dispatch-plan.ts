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

type Named = { readonly filingId: string; readonly message: FilingMessage };
type Sending = { readonly kind: string; readonly now: string };
/** `listed`: among the parties of which filing; nobody is there twice. */
type Candidate = { readonly person: DispatchPerson; readonly number: string | null; readonly listed: string | null };

/**
 * Those whom filings of a case name, each with the ladder that holds for this kind of act on a day. The representative stands first. Whoever is named
 * again is left out; of people with one name, who are told apart by IIN or BIN or by their places among the parties, each but the first has his number.
 */
export function planDispatch(reference: Reference, filings: readonly Named[], sending: Sending): DispatchPerson[] {
  const taken: Candidate[][] = [];
  const people: DispatchPerson[] = [];
  for (const candidate of filings.flatMap((filing) => candidatesOf(reference, filing, sending))) {
    const known = taken.find((namings) => namings.every((one) => isSame(one, candidate)));
    if (known) {
      known.push(candidate);
      continue;
    }
    taken.push([candidate]);
    const namesake = people.filter(({ name }) => name === candidate.person.name).length;
    people.push({ ...candidate.person, ...(namesake === 0 ? {} : { namesake }) });
  }
  return people;
}

function isSame(a: Candidate, b: Candidate): boolean {
  if (a.person.name !== b.person.name) return false;
  if (a.number !== null && b.number !== null) return a.number === b.number;
  return a.listed === null || a.listed !== b.listed;
}

/** One and the same person has one and the same key, at every desk. */
export const keyOf = ({ name, namesake }: { readonly name: string; readonly namesake?: number | undefined }): string =>
  `${namesake ?? 0} ${name}`;

function candidatesOf(reference: Reference, { filingId, message }: Named, { kind, now }: Sending): Candidate[] {
  const ladder = reference.dispatchLadder(kind, courtDayOf(now));
  const { representative, parties } = message;
  const sender = parties[0]?.side;
  const people: Candidate[] = parties.map((party) => {
    const sent = party.side === sender;
    const represented = sent && representative !== null && representative !== undefined && ladder.representative === 'instead';
    const proposed = (sent || ladder.to === 'everyone') && !represented;
    const person = {
      name: party.name,
      side: sideOf(party),
      filingId: sent ? filingId : null,
      proposed,
      steps: stepsFor(ladder, party, sent),
    };
    return { person, number: party.iin ?? party.bin ?? null, listed: filingId };
  });
  if (representative)
    people.unshift({
      person: {
        name: representative.name,
        side: 'representative',
        filingId,
        proposed: true,
        steps: stepsFor(ladder, representative, true),
      },
      number: representative.iin ?? null,
      listed: null,
    });
  return people;
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
): { name: string; namesake?: number | undefined; filingId: string | null; steps: DispatchStepView[] }[] {
  return people
    .filter(({ proposed }) => proposed)
    .map(({ name, namesake, filingId, steps }) => ({
      name,
      ...(namesake === undefined ? {} : { namesake }),
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
