import type { FilingMessage } from '../../shared/registry/index.ts';
import type { Proceedings } from '../../shared/contract/index.ts';
import { sideOf } from '../intake/index.ts';

type Person = Proceedings['people'][number];
type Channel = Person['channels'][number];

/** Everybody whom a filing names, with the ways that lead to them, the surest first. Those who sent it read it in the cabinet. */
export function peopleOf(message: FilingMessage, filingId: string): Person[] {
  const { representative, parties } = message;
  const sender = parties[0]?.side;
  const named: Person[] = parties.map((party) => toPerson(party, sideOf(party), party.side === sender ? filingId : null));
  if (representative) named.unshift(toPerson(representative, 'representative', filingId));
  return named.filter((person, at) => named.findIndex(({ name }) => name === person.name) === at);
}

function toPerson(
  { name, phone, email }: { name: string; phone?: string | null | undefined; email?: string | null | undefined },
  side: string,
  filingId: string | null,
): Person {
  const ways: (Channel | null)[] = [filingId === null ? null : 'cabinet', phone ? 'sms' : null, email ? 'email' : null, 'post'];
  return { name, side, filingId, channels: ways.filter((way) => way !== null), phone: phone ?? null, email: email ?? null };
}
