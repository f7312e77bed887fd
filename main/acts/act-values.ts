import { dateLong, dateShort, money, time } from '../../shared/domain/kk-format.ts';
import type { CourtLanguage } from '../../shared/domain/language.ts';
import type { Party } from '../../shared/registry/index.ts';
import { partiesOf, type FilingRecord } from '../intake/index.ts';
import type { ActValues } from '../pdf/index.ts';
import { hearingsOf } from '../proceedings/index.ts';
import type { ActOffer, Reference } from '../reference/index.ts';
import type { Reading } from '../store/index.ts';

export type ActFacts = {
  readonly filing: FilingRecord;
  readonly offer: ActOffer;
  readonly language: CourtLanguage;
  readonly title: string | null;
  readonly judge: string;
  readonly at: string;
};

/** What a template may say of a case, by name; null where the case does not say it. */
export function actValues(read: Reading, reference: Reference, { filing, offer, language, title, judge, at }: ActFacts): ActValues {
  const { message } = filing;
  const type = reference.documentType(filing.kind);
  const names = (parties: readonly Party[]) => parties.map(({ name }) => name).join(', ') || null;
  const inFull = (parties: readonly Party[]) => parties.map((party) => sayParty(party, language)).join('; ') || null;
  const claimants = partiesOf(message, 'claimant');
  const respondents = partiesOf(message, 'respondent');
  const terms = Object.entries(offer.values).map(([name, id]) => [name, String(reference.term(id)?.value ?? missing(id))] as const);
  return {
    judge,
    title,
    claimant: names(claimants) ?? filing.claimant,
    claimantInFull: inFull(claimants) ?? filing.claimant,
    respondent: names(respondents) ?? filing.respondent,
    respondentInFull: inFull(respondents) ?? filing.respondent,
    thirdParties: names(partiesOf(message, 'third-party')),
    claimSubject: message.category ?? null,
    claimValue: sayMoney(message.claimValue),
    duty: sayMoney(message.payment?.amount),
    filingKind: language === 'kk' ? type.nameKk : type.nameRu,
    receivedDate: dateLong(language, message.receivedAt),
    date: dateLong(language, at),
    incomingNumber: filing.incomingNumber,
    caseNumber: filing.caseNumber ?? filing.joinsCase,
    state: filing.state,
    ...hearingValues(read, filing, language, at),
    ...Object.fromEntries(terms),
  };
}

/** Of the next hearing that was set and not cancelled. */
function hearingValues(read: Reading, filing: FilingRecord, language: CourtLanguage, at: string) {
  const next = hearingsOf(read, filing).find(
    ({ value }) => value.cancelledAt === null && Date.parse(value.startsAt) > Date.parse(at),
  )?.value;
  return {
    hearingDate: next ? dateLong(language, next.startsAt) : null,
    hearingDay: next ? dateShort(language, next.startsAt) : null,
    hearingTime: next ? time(next.startsAt) : null,
    hearingPlace: next ? [next.place, next.room].filter(Boolean).join(', ') : null,
    hearingLink: next?.link ?? null,
  };
}

const IDS = { kk: { iin: 'ЖСН', bin: 'БСН' }, ru: { iin: 'ИИН', bin: 'БИН' } } as const;

function sayParty({ name, iin, bin, address }: Party, language: CourtLanguage): string {
  const ids = IDS[language];
  return [name, iin && `${ids.iin} ${iin}`, bin && `${ids.bin} ${bin}`, address].filter(Boolean).join(', ');
}

/** `1 234 567,50 ₸`; what is no sum stays as it was written. */
function sayMoney(tenge: number | string | null | undefined): string | null {
  if (tenge === null || tenge === undefined || String(tenge).trim() === '') return null;
  const match = /^(\d+)(?:[.,](\d{1,2}))?$/.exec(String(tenge).trim());
  return match ? money(BigInt(match[1]!) * 100n + BigInt((match[2] ?? '').padEnd(2, '0'))) : String(tenge);
}

function missing(id: string): never {
  throw new Error(`act-kinds.json names a term that is nowhere: ${id}`);
}
