import type { FilingDecision, OfferedDecision, OfferedGround } from '../../shared/contract/index.ts';
import { decisionOf, rulingOf } from '../../shared/domain/decision.ts';
import type { Role } from '../../shared/domain/role.ts';
import { moveFiling } from '../../shared/domain/filing-status.ts';
import { decisionOnFiling, readFiling, type FilingRecord } from '../intake/index.ts';
import type { Reference } from '../reference/index.ts';
import { readProposal } from '../registration/index.ts';
import type { Reading } from '../store/index.ts';
import { versionsOf } from './act-versions.ts';
import { rulesFor } from './decide-filing.ts';
import { groundOf } from './draw-draft.ts';
import { actsOfFiling } from './read-acts.ts';
import { sayTerms } from './say-terms.ts';
import { talkOf } from './send-back.ts';

type Asking = {
  readonly filingId: string;
  /** Who asks. */
  readonly user: { readonly id: string; readonly role: Role };
  readonly courtCode: string;
  readonly now: string;
};

/** What may be decided on a filing, what is drafted, and what was decided; null for an unknown filing. */
export function readDecision(read: Reading, reference: Reference, { filingId, user, courtCode, now }: Asking): FilingDecision | null {
  const filing = readFiling(read, filingId);
  if (!filing) return null;
  const act =
    actsOfFiling(read, { reference, now }, filingId).findLast(({ kind, setAside }) => decisionOf(kind) !== null && !setAside) ?? null;
  const isJudge = user.role === 'judge' && filing.judgeId === user.id;
  const isOffice = user.role === 'secretary' || user.role === 'office-head';
  const waits = act?.sentBack ?? false;
  const offered = isJudge || (isOffice && waits) ? offeredOn(reference, filing, now) : [];
  return {
    filingId,
    language: filing.language,
    act,
    current: currentOn(read, reference, filing, act?.id ?? null),
    offered,
    courts: offered.some(({ court }) => court) ? reference.courts().filter(({ code }) => code !== courtCode) : [],
    notice: act?.state === 'draft' ? noticeBeside(read, filingId, act.kind) : null,
    talk: act ? talkOf(read, act.id) : [],
    talking: act?.state !== 'draft' ? null : isJudge ? (waits ? 'take-back' : 'send-back') : isOffice && waits ? 'answer' : null,
    terms: sayTerms(reference, decisionOnFiling(read, filingId)?.decision.terms ?? [], now),
  };
}

/** The words for the filer belong to what the office proposed, and to no other ruling. */
function noticeBeside(read: Reading, filingId: string, kind: string): FilingDecision['notice'] {
  const proposal = readProposal(read, filingId);
  return proposal !== null && rulingOf(proposal.decision) === kind ? proposal.notice : null;
}

function offeredOn(reference: Reference, filing: FilingRecord, now: string): OfferedDecision[] {
  return rulesFor(reference, filing, now).flatMap((rule): OfferedDecision[] => {
    if (moveFiling(filing.state, rulingOf(rule.decision)) === null) return [];
    const law = rule.grounds.map(({ code, nameKk, nameRu }) => ({ code, article: sayCode(reference, filing, code), nameKk, nameRu }));
    return [
      {
        decision: rule.decision,
        grounds: [...law, ...(rule.defects ? reference.defectCodes().map(({ code, ...known }) => ({ code, ...pick(known) })) : [])],
        court: rule.court,
      },
    ];
  });
}

function currentOn(read: Reading, reference: Reference, filing: FilingRecord, actId: string | null): FilingDecision['current'] {
  const name = (code: string, at: string): OfferedGround => {
    const known = groundOf(reference, filing, code, at);
    return known
      ? { code, ...pick(known), article: sayCode(reference, filing, known.article) }
      : { code, article: code, nameKk: code, nameRu: code };
  };
  const signed = decisionOnFiling(read, filing.id);
  const version = actId === null ? undefined : versionsOf(read, actId).at(-1);
  const decision = decisionOf(signed?.kind ?? version?.kind ?? '');
  if (decision === null) return null;
  // the words of the judge are with the desk that drew the ruling
  if (version && (signed === null || signed.actId === actId))
    return {
      decision,
      grounds: version.grounds.map(({ code, note }) => ({ ...name(code, version.madeAt), note })),
      transferTo: version.transferTo,
      signedAt: signed?.signedAt ?? null,
    };
  if (!signed) return null;
  const { transferTo, grounds } = signed.decision;
  return {
    decision,
    grounds: grounds.map((code) => ({ ...name(code, signed.signedAt), note: null })),
    transferTo: transferTo && { code: transferTo.code, name: transferTo.name },
    signedAt: signed.signedAt,
  };
}

/** `152.1.3` as the law is named where it is shown: `ГПК 152(1)(3)`. */
function sayCode(reference: Reference, filing: FilingRecord, article: string): string {
  if (!/^\d[\d.-]*$/.test(article)) return article;
  const [number, ...parts] = article.split('.');
  const law = reference.kindRule(filing.kind)?.procedure === 'administrative' ? 'АППК' : 'ГПК';
  return `${law} ${number}${parts.map((part) => `(${part})`).join('')}`;
}

const pick = ({ article, nameKk, nameRu }: Omit<OfferedGround, 'code'>) => ({ article, nameKk, nameRu });
