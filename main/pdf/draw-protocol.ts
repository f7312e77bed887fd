import type { CheckView, DocumentView, SignatureCard, SignatureState } from '../../shared/contract/index.ts';
import { groupChecks, type ListedCheck } from '../../shared/domain/check-groups.ts';
import { dateTime, size } from '../../shared/domain/kk-format.ts';
import {
  drawMark,
  HEADING,
  openPaper,
  PART,
  PLAIN,
  putBoth,
  putCheck,
  putRow,
  putRule,
  room,
  STRONG,
  type Name,
  type Paper,
  type Say,
} from './protocol-paper.ts';
import { A4, GREY, openSheet, printable, type Sheet } from './sheet.ts';
import { LEFT, WIDTH, put, RU } from './talon-layout.ts';
import type { Words } from './talon-words.ts';
import { drawTrainingGround } from './training-mark.ts';

/** What the protocol of a filing says. Instants are UTC ISO strings. */
export type ProtocolContent = {
  readonly courtNameKk: string;
  readonly courtNameRu: string;
  readonly courtCode: string;
  readonly kindNameKk: string;
  readonly kindNameRu: string;
  readonly cabinetNumber: string;
  readonly incomingNumber: string | null;
  readonly caseNumber: string | null;
  readonly receivedAt: string;
  readonly madeAt: string;
  readonly madeBy: string;
  readonly program: string;
  readonly training: boolean;
  /** The state of the filing as a whole. */
  readonly signature: SignatureState;
  readonly documents: readonly (DocumentView & { readonly kindNameKk: string; readonly kindNameRu: string })[];
  /** What each verification rested on, by the id of the file that carries the signatures. */
  readonly evidence: Readonly<Record<string, VerificationRecord>>;
};
/** One kept verification: its id, and the kind and SHA-256 of everything it used. */
export type VerificationRecord = { readonly id: string; readonly evidence: readonly { readonly kind: string; readonly sha256: string }[] };

type Drawing = { readonly paper: Paper; readonly content: ProtocolContent; readonly say: Say; readonly named: Name };

/**
 * Draws the verification protocol: what was checked, with which result, on what data, in Kazakh and Russian; A4, PDF/A-2a. It states
 * findings and decides nothing.
 * @param fontsDir the folder of the Tinos files.
 */
export async function drawProtocol(content: ProtocolContent, words: { say: Say; named: Name }, fontsDir: string): Promise<Uint8Array> {
  const title = words.say('protocol.title');
  const sheet = openSheet({
    fontsDir,
    language: 'kk-KZ',
    title: `${title.kk} / ${title.ru} ${content.incomingNumber ?? content.cabinetNumber}`,
    createdAt: content.madeAt,
    margins: { top: 0, bottom: 0, left: 0, right: 0 },
    content,
  });
  const drawing: Drawing = { paper: openPaper(sheet), content, ...words };
  drawHead(drawing);
  content.documents.forEach((document, at) => drawDocument(drawing, document, at));
  drawFeet(sheet, drawing);
  return sheet.finish();
}

function drawHead({ paper, content, say }: Drawing): void {
  const { sheet } = paper;
  if (content.training) {
    drawTrainingGround(sheet, LEFT, paper.y, WIDTH, 30);
    const next = put(sheet, STRONG, say('protocol.training').kk, { x: LEFT, y: paper.y + 3 }, { align: 'center' });
    put(sheet, STRONG, say('protocol.training').ru, { x: LEFT, y: next }, { ...RU, align: 'center' });
    paper.y += 38;
  }
  putBoth(paper, { font: 'bold', size: 15 }, say('protocol.title'), { type: 'H1' });
  paper.y += 6;
  putBoth(paper, PLAIN, say('protocol.meaning'));
  paper.y += 6;
  putRule(paper, 1);
  const state = say(`sig.${content.signature}`);
  putRow(paper, say('protocol.court'), [{ kk: content.courtNameKk, ru: content.courtNameRu }, content.courtCode]);
  putRow(paper, say('protocol.filing'), [{ kk: content.kindNameKk, ru: content.kindNameRu }]);
  putRow(paper, say('protocol.cabinetNumber'), [content.cabinetNumber]);
  if (content.incomingNumber !== null) putRow(paper, say('protocol.incomingNumber'), [content.incomingNumber]);
  if (content.caseNumber !== null) putRow(paper, say('protocol.caseNumber'), [content.caseNumber]);
  putRow(paper, say('protocol.receivedAt'), [dateTime(content.receivedAt)]);
  putRow(paper, say('protocol.madeAt'), [dateTime(content.madeAt), say('protocol.zone')]);
  putRow(paper, say('protocol.madeBy'), [content.madeBy]);
  putRow(paper, say('protocol.program'), [content.program]);
  putRow(paper, say('protocol.result'), [state, ...(content.signature === 'valid' ? [] : [say('protocol.open')])]);
}

function drawDocument(drawing: Drawing, document: ProtocolContent['documents'][number], at: number): void {
  const { paper, say } = drawing;
  room(paper, 150);
  paper.y += 6;
  putRule(paper, 1);
  const number = say('protocol.document', { number: String(at + 1) });
  const title = document.title || document.fileName;
  putBoth(paper, HEADING, { kk: `${number.kk}. ${title}`, ru: number.ru }, { type: 'H2' });
  paper.y += 3;
  putRow(paper, say('protocol.kind'), [{ kk: document.kindNameKk, ru: document.kindNameRu }]);
  putRow(paper, say('protocol.file'), [document.fileName, size('ru', document.size)]);
  putRow(paper, { kk: 'SHA-256', ru: '' }, [document.sha256]);
  if (document.signatures.length > 0) document.signatures.forEach((card, i) => drawSignature(drawing, card, i));
  else {
    putState(drawing, say(`sig.${document.signature}`), document.signature);
    putBoth(paper, PLAIN, say(document.state === 'stored' ? UNSIGNED[at === 0 ? 'main' : 'annex'] : 'protocol.notHere'));
  }
}
const UNSIGNED = { main: 'sig.absentHelp', annex: 'sig.annexHelp' } as const;

function putState({ paper }: Drawing, words: Words, state: SignatureState): void {
  room(paper, 60);
  paper.y += 4;
  drawMark(paper, state, LEFT, paper.y, 18);
  putBoth(paper, PART, words, { x: LEFT + 26, width: WIDTH - 26, type: 'H3' });
  paper.y += 4;
}

function drawSignature(drawing: Drawing, card: SignatureCard, at: number): void {
  const { paper, say, named } = drawing;
  const number = say('protocol.signature', { number: String(at + 1) });
  const state = say(card.state === 'valid' && card.note !== null ? 'sig.validWithNote' : `sig.${card.state}`);
  putState(drawing, { kk: `${number.kk}. ${state.kk}`, ru: `${number.ru}. ${state.ru}` }, card.state);
  if (card.reason !== null) {
    putRow(paper, say('sig.why'), [named('sigReason', card.reason)]);
    putRow(paper, say('sig.whatToDo'), [named('sigReason', `${card.reason}.do`)]);
  }
  if (card.note !== null) putRow(paper, say('sig.note'), [named('sigWarning', card.note)]);
  drawSigner(drawing, card);
  drawTimes(drawing, card);
  drawCertificates(drawing, card);
  drawEvidence(drawing, card);
  drawChecks(drawing, say('protocol.checks'), card.checks);
  for (const stamp of card.timestamps) drawChecks(drawing, stampName(drawing, stamp), stamp.checks);
}

function drawSigner({ paper, say, named }: Drawing, card: SignatureCard): void {
  const identifiers = [
    card.signerIin && `${say('filing.iin').kk} ${card.signerIin}`,
    card.signerBin && `${say('filing.bin').kk} ${card.signerBin}`,
  ];
  putRow(paper, say('protocol.signer'), [card.signerName ?? say('state.unknown'), ...identifiers.filter((id) => !!id).map(String)]);
  if (card.signerOrganisation !== null) putRow(paper, say('protocol.organisation'), [card.signerOrganisation]);
  if (card.signerRoles.length > 0)
    putRow(
      paper,
      say('sig.signerRoles'),
      card.signerRoles.map((role) => named('sigRole', role)),
    );
  const { match } = card;
  if (match) {
    const relation = match.relation === 'applicant' && match.forOrganisation ? 'organisation' : match.relation;
    putRow(paper, say('sigMatch.title'), [
      say(`sigMatch.relation.${relation}`),
      ...match.items.map(({ item, matches }) => judged(named('sigMatch', item), say(answerTo(item, matches)))),
      ...match.doubts.map((doubt) => named('sigDoubt', doubt)),
      ...(match.powerOfAttorney ? [match.powerOfAttorney.title] : []),
    ]);
  }
}

const judged = (what: Words, how: Words): Words => ({ kk: `${what.kk}: ${how.kk}`, ru: `${what.ru}: ${how.ru}` });
const answerTo = (item: string, matches: boolean): string =>
  item === 'power-of-attorney' ? (matches ? 'sigMatch.there' : 'sigMatch.missing') : matches ? 'sigMatch.agrees' : 'sigMatch.differs';

function drawTimes({ paper, say }: Drawing, card: SignatureCard): void {
  const { revocation } = card;
  putRow(paper, say('sig.signedAt'), signingTimes(card, say));
  putRow(paper, say('sig.checkedAt'), [
    ...(card.checkedAt === null ? [] : [dateTime(card.checkedAt)]),
    revocation ? say(`sig.evidence.${revocation.kind}`, { when: dateTime(revocation.thisUpdate) }) : say('sig.evidence.none'),
  ]);
  putRow(paper, say('sig.policy'), [`${card.policy.id} · ${card.policy.version}`]);
  if (card.indication !== null) putRow(paper, say('sig.indication'), [[card.indication, card.subIndication].filter(Boolean).join(' · ')]);
  putRow(paper, say('sig.format'), [[card.format.toUpperCase(), card.level, card.algorithm].filter(Boolean).join(' · ')]);
  putRow(paper, say('sig.coverage'), [say(`sig.coverage.${card.covers}`)]);
}

function drawCertificates({ paper, say }: Drawing, card: SignatureCard): void {
  for (const [at, link] of card.chain.entries()) {
    const name = at === 0 ? say('sig.certificate') : numbered(say('sig.chain'), at + 1);
    putRow(paper, name, [link.subject, link.serial, `${dateTime(link.from)} – ${dateTime(link.to)}`, `SHA-256 ${link.sha256}`]);
  }
  if (card.chain.length === 0 && card.serial !== null) putRow(paper, say('sig.serial'), [card.serial, card.issuer ?? '']);
  for (const stamp of card.timestamps) {
    const facts = [stamp.authority, stamp.serial, stamp.policy].filter((x) => x !== null).join(' · ');
    const state = say(`sig.short.${stamp.verdict}`);
    putRow(paper, stampName({ say }, stamp), [...(stamp.time === null ? [] : [dateTime(stamp.time)]), state, facts]);
  }
}

function drawEvidence({ paper, content, say, named }: Drawing, card: SignatureCard): void {
  putRow(paper, say('sig.file'), [card.fileName, `SHA-256 ${card.fileSha256}`]);
  const record = content.evidence[card.id.split(':', 1)[0] ?? ''];
  if (record) {
    putRow(paper, say('protocol.verification'), [record.id]);
    if (record.evidence.length > 0)
      putRow(
        paper,
        say('protocol.evidence'),
        record.evidence.flatMap(({ kind, sha256 }) => [say(`protocol.evidenceKind.${kind}`), `SHA-256 ${sha256}`]),
      );
  }
  if (card.warnings.length > 0)
    putRow(
      paper,
      say('sig.notes'),
      card.warnings.map((code) => named('sigWarning', code)),
    );
  if (card.flags.length > 0)
    putRow(
      paper,
      say('sig.flags'),
      card.flags.map((code) => named('sigFlag', code)),
    );
}

const numbered = (words: Words, number: number): Words => ({ kk: `${words.kk}, ${number}`, ru: `${words.ru}, ${number}` });
function stampName({ say }: Pick<Drawing, 'say'>, { kind }: SignatureCard['timestamps'][number]): Words {
  const [what, over] = [say('sig.timestamp'), say(`sig.timestampKind.${kind}`)];
  return { kk: `${what.kk} ${over.kk}`, ru: `${what.ru} ${over.ru}` };
}

/** Never a time without how it is known. */
function signingTimes(card: SignatureCard, say: Say): (string | Words)[] {
  const stated =
    card.signedAt === null ? [] : [dateTime(card.signedAt), say(card.timeSource === 'timestamp' ? 'sig.timeTrusted' : 'sig.timeUntrusted')];
  const bound = card.boundedByReceipt && card.bestTime !== null ? [say('sig.timeReceipt', { when: dateTime(card.bestTime) })] : [];
  return stated.length + bound.length === 0 ? [say('sig.timeNotStated')] : [...stated, ...bound];
}

function drawChecks({ paper, say, named }: Drawing, title: Words, checks: readonly CheckView[]): void {
  if (checks.length === 0) return;
  room(paper, 70);
  paper.y += 4;
  putBoth(paper, STRONG, title, { type: 'H4' });
  paper.y += 2;
  for (const part of groupChecks(checks)) {
    room(paper, 36);
    const group = say(`sigGroup.${part.group}`);
    paper.y = put(
      paper.sheet,
      { font: 'italic', size: 8.5, colour: GREY },
      group.kk === group.ru ? group.kk : `${group.kk} / ${group.ru}`,
      { x: LEFT, y: paper.y + 1 },
    );
    const table = paper.sheet.group('Table');
    for (const check of part.checks) putCheck(paper, table, check.result, checkWords(check, say, named));
  }
}

function checkWords({ id, result, reason, count }: ListedCheck, say: Say, named: Name): Words {
  const check = named('sigCheck', id);
  const outcome = result === 'ok' ? null : say(`sigResult.${result}`);
  const why = result === 'ok' || reason === null ? null : named('sigCode', reason);
  const times = count > 1 ? ` (×${count})` : '';
  const line = (language: keyof Words): string =>
    [check[language] + times, outcome && [outcome[language], why?.[language]].filter(Boolean).join(': ')].filter(Boolean).join(' – ');
  return { kk: line('kk'), ru: line('ru') };
}

/** Number of the filing and of the page on every page. */
function drawFeet(sheet: Sheet, { content, say }: Drawing): void {
  const { doc } = sheet;
  const { count } = doc.bufferedPageRange();
  for (let page = 0; page < count; page++) {
    doc.switchToPage(page);
    const words = say('protocol.page', { page: String(page + 1), pages: String(count) });
    const y = A4.height - 30;
    sheet.artifact(() => {
      const font = sheet.font('regular', 8).fillColor(GREY);
      font.text(`${printable(content.incomingNumber ?? content.cabinetNumber)} · ${say('protocol.title').kk}`, LEFT, y, {
        lineBreak: false,
      });
      const text = `${words.kk} / ${words.ru}`;
      font.text(text, LEFT + WIDTH - doc.widthOfString(text), y, { lineBreak: false });
    });
  }
}
