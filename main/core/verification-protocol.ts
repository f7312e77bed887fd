import path from 'node:path';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { FilingDetail } from '../../shared/contract/index.ts';
import { readVerifications } from '../evidence/index.ts';
import { readDocuments } from '../intake/index.ts';
import { drawProtocol, type ProtocolContent } from '../pdf/index.ts';
import type { Desk } from './desk.ts';
import { viewFiling } from './filing-view.ts';
import { readTexts } from './texts.ts';

export type ProtocolFormat = 'pdf' | 'json';
export type ProtocolRequest = {
  readonly filingId: string;
  readonly format: ProtocolFormat;
  /** Name of the person who saves it. */
  readonly madeBy: string;
  readonly version: string;
  readonly online: boolean;
};
export type Protocol = { readonly bytes: Uint8Array; readonly fileName: string };

/**
 * The verification protocol of a filing as it stands: the stored reports with a head (JSON), or the same in words (PDF). It is made anew
 * each time and never written over an older one. Errors: `not-found`.
 */
export async function makeProtocol(desk: Desk, request: ProtocolRequest): Promise<Result<Protocol>> {
  const filing = viewFiling(desk, request.filingId, null, request.online);
  if (!filing) return fail('not-found');
  const madeAt = desk.config.clock();
  const bytes =
    request.format === 'json'
      ? Buffer.from(`${JSON.stringify(dataOf(desk, filing, request, madeAt), null, 1)}\n`, 'utf8')
      : await drawProtocol(contentOf(desk, filing, request, madeAt), wordsOf(desk), path.join(desk.config.resourcesDir, 'fonts'));
  return ok({ bytes, fileName: `protocol-${filing.incomingNumber ?? filing.cabinetNumber}.${request.format}` });
}

const programOf = ({ version }: ProtocolRequest): string => `Kense ${version}`;

function contentOf(desk: Desk, filing: FilingDetail, request: ProtocolRequest, madeAt: string): ProtocolContent {
  const { court, mode } = desk.profile;
  const kind = desk.reference.documentType(filing.kind);
  return {
    courtNameKk: court.nameKk,
    courtNameRu: court.nameRu,
    courtCode: court.code,
    kindNameKk: kind.nameKk,
    kindNameRu: kind.nameRu,
    cabinetNumber: filing.cabinetNumber,
    incomingNumber: filing.incomingNumber,
    caseNumber: filing.caseNumber ?? filing.joinsCase,
    receivedAt: filing.receivedAt,
    madeAt,
    madeBy: request.madeBy,
    program: programOf(request),
    training: mode === 'training',
    signature: filing.signature,
    documents: filing.documents.map((d) => {
      const { nameKk, nameRu } = desk.reference.documentType(d.role);
      return { ...d, kindNameKk: nameKk, kindNameRu: nameRu };
    }),
    evidence: Object.fromEntries(keptOf(desk, filing.id).map(({ documentId, id, evidence }) => [documentId, { id, evidence }])),
  };
}

/** The last verification of each file: later ones come later. */
const keptOf = (desk: Desk, filingId: string) => readVerifications(desk.store.read, filingId);

/** The reports word for word, each with the file it is about. */
function dataOf(desk: Desk, filing: FilingDetail, request: ProtocolRequest, madeAt: string): unknown {
  const { court, mode } = desk.profile;
  const { id, cabinetNumber, incomingNumber, caseNumber, kind, receivedAt, verdict, signature } = filing;
  const cards = filing.documents.flatMap((d) => d.signatures);
  const kept = new Map(keptOf(desk, id).map((verification) => [verification.documentId, verification]));
  /** What the program made of the report on one file, and what the verification rested on. */
  const aboutFile = (fileId: string) => {
    const verification = kept.get(fileId);
    return {
      judged: cards.flatMap(({ id: cardId, state, reason, note, match }) => {
        const [ofFile, signature = null] = cardId.split(':');
        return ofFile === fileId ? [{ signature, state, reason, note, match }] : [];
      }),
      verification: verification
        ? { id: verification.id, policy: verification.policy, evidence: verification.evidence, attempts: verification.attempts }
        : null,
    };
  };
  return {
    protocol: {
      format: 1,
      program: programOf(request),
      mode,
      court: { code: court.code, nameKk: court.nameKk, nameRu: court.nameRu },
      filing: { id, cabinetNumber, incomingNumber, caseNumber, kind, receivedAt },
      madeAt,
      madeBy: request.madeBy,
      verdict,
      state: signature,
    },
    documents: readDocuments(desk.store.read, id).map((d) => ({
      role: d.role,
      title: d.title,
      fileName: d.fileName,
      size: d.size,
      sha256: d.sha256,
      state: filing.documents.find((view) => view.id === d.id)?.signature ?? null,
      ...aboutFile(d.id),
      report: d.report,
      signatures: d.signatures.map((s) => ({
        fileName: s.fileName,
        size: s.size,
        sha256: s.sha256,
        ...aboutFile(s.id),
        report: s.report,
      })),
    })),
  };
}

/** The texts of the window in the two languages of the paper. */
function wordsOf({ config: { resourcesDir } }: Desk): Parameters<typeof drawProtocol>[1] {
  const [kk, ru] = [readTexts(resourcesDir, 'kk'), readTexts(resourcesDir, 'ru')];
  const say = (key: string, params?: Readonly<Record<string, string>>) => ({ kk: kk(key, params), ru: ru(key, params) });
  return {
    say,
    named: (family, id) => {
      const words = say(`${family}.${id}`);
      return words.kk === `${family}.${id}` ? { kk: id, ru: id } : words;
    },
  };
}
