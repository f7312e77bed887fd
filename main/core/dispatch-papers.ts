import type { DispatchPaper } from '../../shared/contract/index.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { readDispatch, readRecipient, readSignedAct } from '../dispatch/index.ts';
import { drawCheckSheet, drawDispatchProtocol, drawLetterSheet } from '../pdf/index.ts';
import { keepForADay } from '../store/index.ts';
import { bringDocument } from './bring-document.ts';
import type { Desk } from './desk.ts';
import { actName } from './act-name.ts';
import { readTexts } from './texts.ts';

export type PaperRequest = {
  readonly paper: DispatchPaper;
  /** Of the recipient for a letter, of the act for the rest. */
  readonly id: string;
  /** Name of the person who asks. */
  readonly madeBy: string;
  /** Whose acts that person sees; null: all of the court. */
  readonly judgeId: string | null;
};
type Named = { readonly fileName: string; readonly filingId: string };
export type StoredPaper = Named & { readonly sha256: string; readonly size: number };
/** Drawn for the one who asks and not kept yet; an original lies among the documents already. */
export type DispatchSheet = StoredPaper | (Named & { readonly bytes: Uint8Array });

/** The paper among the documents, for a day, to be shown or printed. Errors: those of `drawDispatchPaper`, `disk-full`. */
export async function makeDispatchPaper(desk: Desk, request: PaperRequest): Promise<Result<StoredPaper>> {
  const drawn = await drawDispatchPaper(desk, request);
  if (!drawn.ok) return drawn;
  if (!('bytes' in drawn.value)) return ok(drawn.value);
  const { bytes, ...named } = drawn.value;
  const kept = await keepForADay(desk, bytes, desk.config.clock());
  return kept.ok ? ok({ ...kept.value, ...named }) : kept;
}

/**
 * A paper that goes with a signed act. Errors: `not-found`, `not-yet-issued` for letter and check sheet before the registry
 * lets the act be read, `address-unusable` for a letter without an address, `document-missing` and those of the line for an original that
 * is not here.
 */
export async function drawDispatchPaper(desk: Desk, request: PaperRequest): Promise<Result<DispatchSheet>> {
  const letter = request.paper === 'letter' ? readRecipient(desk.store.read, request.id) : null;
  const act = letter?.act ?? readSignedAct(desk.store.read, request.id);
  if (!act || (request.paper === 'letter') !== (letter !== null)) return fail('not-found');
  if (request.judgeId !== null && act.signedById !== request.judgeId) return fail('not-found');
  const { filingId } = act;
  const number = act.incomingNumber || act.id;
  if (request.paper === 'original') {
    const { sha256, size } = act;
    const brought =
      size === null && !desk.blobs.has(sha256) ? fail('document-missing') : await bringDocument(desk, { sha256, size: size ?? 0 });
    return brought.ok ? ok({ ...brought.value, filingId, fileName: `${act.kind}-${number}.pdf` }) : brought;
  }
  const drawn = (name: string, bytes: Uint8Array): Result<DispatchSheet> => ok({ bytes, filingId, fileName: `${name}-${number}.pdf` });
  const { court } = desk.profile;
  const fontsDir = desk.dispatch.fontsDir;
  const madeAt = desk.config.clock();
  const [kk, ru] = [readTexts(desk.config.resourcesDir, 'kk'), readTexts(desk.config.resourcesDir, 'ru')];
  const common = {
    ...{
      courtNameKk: court.nameKk,
      courtNameRu: court.nameRu,
      kindNameKk: actName(desk.reference, kk, 'kk', act),
      kindNameRu: actName(desk.reference, ru, 'ru', act),
    },
    ...{
      caseNumber: act.caseNumber,
      incomingNumber: act.incomingNumber,
      signer: act.signedBy ?? '',
      signedAt: act.signedAt,
      sha256: act.sha256,
    },
    ...{ parties: [act.claimant, act.respondent].filter(Boolean).join(' – '), training: desk.profile.mode === 'training' },
  };
  if (request.paper === 'protocol') {
    const seen = readDispatch(desk.store.read, desk.reference, { actId: act.id, now: madeAt, judgeId: request.judgeId });
    if (!seen.ok) return seen;
    const say = (key: string, params?: Readonly<Record<string, string>>) => ({ kk: kk(key, params), ru: ru(key, params) });
    const named = (family: string, id: string) => {
      const words = say(`${family}.${id}`);
      return words.kk === `${family}.${id}` ? { kk: id, ru: id } : words;
    };
    const recipients = seen.value.act.recipients.map(({ name, side, state, at, attempts, steps }) => ({
      ...{ name, side, state, at, attempts },
      addresses: steps.flatMap(({ channel, address }) => (address === null ? [] : [{ channel, address }])),
    }));
    const content = { ...common, actId: act.id, issued: act.issued, recipients, madeBy: request.madeBy, madeAt };
    return drawn('zhetkizu-hattamasy', await drawDispatchProtocol(content, { say, named }, fontsDir));
  }
  if (!act.dispatched) return fail('not-yet-issued');
  if (letter === null) {
    const content = { ...common, actId: act.id, court: court.code, level: act.level, madeBy: request.madeBy, madeAt };
    return drawn('tekseru-paragy', await drawCheckSheet(content, fontsDir));
  }
  const address = letter.recipient.steps.find(({ channel }) => channel === 'post')?.address ?? null;
  if (address === null) return fail('address-unusable', { channel: 'post' });
  const content = { ...common, deliveryId: letter.recipient.id, recipient: letter.recipient.name, address };
  return drawn('hat', await drawLetterSheet({ ...content, preparedBy: request.madeBy, preparedAt: madeAt }, fontsDir));
}
