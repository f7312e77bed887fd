import type { FilingMessage, NoticeKind, Recipient } from '../../shared/registry/index.ts';
import { findWholeFiling, type WholeFiling } from '../filings/find-filing.ts';
import type { Registry } from '../http/context.ts';
import type { Sql } from '../store/database.ts';

/** What a text may speak of; instants are UTC ISO. */
export type NoticeFacts = {
  readonly cabinetNumber?: string;
  readonly incomingNumber?: string;
  readonly caseNumber?: string;
  readonly startsAt?: string;
  readonly place?: string;
  readonly room?: string;
  readonly link?: string;
};

export type Telling = {
  readonly court: string;
  readonly kind: NoticeKind;
  /** The act, hearing, summons or survey; the filing for the rest. */
  readonly subject: string;
  /** The filing by whose parties the people are known, and under whose number those who sent it read; null for a case from before the registry. */
  readonly filing: WholeFiling | null;
  readonly facts: NoticeFacts;
  readonly now: string;
};

/** A channel without an address to go to ends at once. */
const ADDRESS_MISSING = 'address-missing';

/** Writes a notice for each recipient, in the transaction of the change it tells of. Filings that recipients name are known to be the court's. */
export async function tellRecipients(
  registry: Pick<Registry, 'newId'>,
  sql: Sql,
  telling: Telling,
  recipients: readonly Recipient[],
): Promise<void> {
  const { court, kind, subject, filing, facts, now } = telling;
  for (const recipient of recipients) {
    const reader = await readingFiling(sql, court, filing, recipient);
    const message = (reader ?? filing)?.message ?? null;
    const addresses = addressesOf(message, recipient);
    const rest = channelsFor(recipient, addresses, reader !== null);
    const unreachable = rest.length === 0 && recipient.channel !== 'cabinet' && recipient.channel !== 'post';
    await sql.query(
      `INSERT INTO notice (id, court, filing, about, kind, subject, name, language, asked, rest, addresses, facts, state, reason, created_at, changed_at, due_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::jsonb, $11::jsonb, $12::jsonb, $13, $14, $15, $15, $16)`,
      [
        registry.newId(),
        court,
        reader?.id ?? null,
        filing?.id ?? null,
        kind,
        subject,
        recipient.name,
        message?.language === 'ru' ? 'ru' : 'kk',
        recipient.channel,
        JSON.stringify(rest),
        JSON.stringify(addresses),
        JSON.stringify({ ...facts, ...(reader ? { cabinetNumber: reader.cabinetNumber } : {}) }),
        unreachable ? 'failed' : 'waiting',
        unreachable ? ADDRESS_MISSING : null,
        now,
        rest.length > 0 ? now : null,
      ],
    );
  }
}

/** Tells whoever sent the filing: the representative where there is one, else the first party. Nobody when it names no people. */
export async function tellSender(
  registry: Pick<Registry, 'newId'>,
  sql: Sql,
  telling: Telling & { readonly filing: WholeFiling },
): Promise<void> {
  const { representative, parties } = telling.filing.message;
  const name = representative?.name ?? parties[0]?.name;
  if (name !== undefined) await tellRecipients(registry, sql, telling, [{ name, channel: 'cabinet', filingId: telling.filing.id }]);
}

/** The filing under whose number a recipient reads in the cabinet: the one named, or the one he sent; null when he reads nowhere. */
export async function readingFiling(
  sql: Sql,
  court: string,
  filing: WholeFiling | null,
  { name, filingId }: Recipient,
): Promise<WholeFiling | null> {
  if (filingId) return findWholeFiling(sql, court, filingId);
  return filing && isSender(filing.message, name) ? filing : null;
}

/** Whether a person of this name is on the side that sent the filing. */
function isSender({ representative, parties }: FilingMessage, name: string): boolean {
  if (representative?.name === name) return true;
  const side = parties[0]?.side;
  return parties.some((party) => party.side === side && party.name === name);
}

type Addresses = { readonly phone?: string; readonly email?: string };

function addressesOf(message: FilingMessage | null, { name, channel, address }: Recipient): Addresses {
  const people = [...(message?.representative ? [message.representative] : []), ...(message?.parties ?? [])];
  const person = people.find((known) => known.name === name);
  const phone = (channel === 'sms' ? address : null) ?? person?.phone;
  const email = (channel === 'email' ? address : null) ?? person?.email;
  return { ...(phone ? { phone } : {}), ...(email ? { email } : {}) };
}

/** What a sender tries, in order. Whoever reads in the cabinet is told of it by whatever else there is. */
function channelsFor({ channel }: Recipient, { phone, email }: Addresses, readsInCabinet: boolean): string[] {
  const possible = [...(readsInCabinet ? ['push'] : []), ...(phone ? ['sms'] : []), ...(email ? ['email'] : [])];
  return channel === 'cabinet' ? possible : possible.filter((way) => way === channel);
}
