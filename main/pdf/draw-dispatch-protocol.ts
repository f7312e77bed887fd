import { dateTime } from '../../shared/domain/kk-format.ts';
import { ACT_WORDS } from './act-words.ts';
import { HEADING, PART, PLAIN, openPaper, putBoth, putRow, putRule, room, type Name, type Paper, type Say } from './protocol-paper.ts';
import { A4, GREY, type Sheet } from './sheet.ts';
import { LEFT } from './talon-layout.ts';
import { type Words } from './talon-words.ts';
import { openTwoLanguageSheet, putTrainingMark } from './two-language-sheet.ts';

/** How an act reached people. Instants are UTC ISO strings. */
export type DispatchProtocolContent = {
  courtNameKk: string;
  courtNameRu: string;
  actId: string;
  kindNameKk: string;
  kindNameRu: string;
  caseNumber: string | null;
  incomingNumber: string;
  parties: string;
  signer: string;
  signedAt: string;
  sha256: string;
  issued: boolean;
  recipients: readonly {
    readonly name: string;
    readonly side: string;
    readonly state: string;
    readonly at: string;
    readonly attempts: readonly {
      readonly channel: string;
      readonly at: string;
      readonly outcome: string;
      readonly code: string | null;
      readonly reference: string | null;
      readonly by: string | null;
    }[];
    /** Where it was sent, by channel; what has no address is left out. */
    readonly addresses: readonly { readonly channel: string; readonly address: string }[];
  }[];
  madeBy: string;
  madeAt: string;
  training: boolean;
};

/** The words of the window in both languages. */
export type ProtocolWords = { readonly say: Say; readonly named: Name };

const FOOT_TOP = A4.height - 30;

/**
 * Draws the evidence of a dispatch: every recipient, every attempt with its channel, time, answer and key. As many A4 pages as it takes, in Kazakh and
 * Russian, PDF/A-2a.
 * @param fontsDir the folder of the Tinos files.
 */
export async function drawDispatchProtocol(content: DispatchProtocolContent, words: ProtocolWords, fontsDir: string): Promise<Uint8Array> {
  const title = words.say('dispatch.protocol.title');
  const sheet = openTwoLanguageSheet({
    fontsDir,
    title,
    number: content.caseNumber ?? content.incomingNumber,
    createdAt: content.madeAt,
    content,
  });
  const paper = openPaper(sheet);
  drawHead(paper, content, words);
  content.recipients.forEach((recipient, at) => drawRecipient(paper, recipient, at, words));
  drawFeet(sheet, content);
  return sheet.finish();
}

function drawHead(paper: Paper, content: DispatchProtocolContent, { say }: ProtocolWords): void {
  const { sheet } = paper;
  paper.y = putTrainingMark(sheet, content.training, paper.y);
  putBoth(paper, { font: 'bold', size: 15 }, say('dispatch.protocol.title'), { type: 'H1' });
  paper.y += 6;
  putBoth(paper, PLAIN, say('dispatch.protocol.meaning'));
  paper.y += 6;
  putRule(paper, 1);
  putRow(paper, say('protocol.court'), [{ kk: content.courtNameKk, ru: content.courtNameRu }]);
  putRow(paper, ACT_WORDS.act, [{ kk: content.kindNameKk, ru: content.kindNameRu }]);
  if (content.caseNumber !== null) putRow(paper, ACT_WORDS.caseNumber, [content.caseNumber]);
  putRow(paper, ACT_WORDS.incomingNumber, [content.incomingNumber]);
  putRow(paper, ACT_WORDS.parties, [content.parties]);
  putRow(paper, ACT_WORDS.signer, [content.signer, dateTime(content.signedAt)]);
  putRow(paper, say('dispatch.protocol.original'), [say(content.issued ? 'dispatch.issued' : 'dispatch.notIssued')]);
  putRow(paper, ACT_WORDS.hash, [content.sha256]);
  putRow(paper, ACT_WORDS.actId, [content.actId]);
  putRow(paper, say('protocol.madeAt'), [dateTime(content.madeAt), say('protocol.zone')]);
  putRow(paper, say('protocol.madeBy'), [content.madeBy]);
}

function drawRecipient(
  paper: Paper,
  { name, side, state, at: since, attempts, addresses }: DispatchProtocolContent['recipients'][number],
  at: number,
  { say, named }: ProtocolWords,
): void {
  room(paper, 120);
  paper.y += 6;
  putRule(paper, 1);
  const role: Words = side === '' ? { kk: '', ru: '' } : named('side', side);
  const title = (word: string) => [`${at + 1}. ${name}`, word].filter(Boolean).join(', ');
  putBoth(paper, HEADING, { kk: title(role.kk), ru: role.ru }, { type: 'H2' });
  paper.y += 3;
  putRow(paper, say('dispatch.protocol.state'), [named('dispatch', `state.${state}`), dateTime(since)]);
  for (const { channel, address } of addresses) putRow(paper, named('channel', channel), [address]);
  putBoth(paper, PART, say(attempts.length === 0 ? 'dispatch.protocol.noAttempts' : 'dispatch.protocol.attempts'), { type: 'H3' });
  paper.y += 2;
  for (const { channel, at: when, outcome, code, reference, by } of attempts) {
    const way = named('channel', channel);
    const facts = [code, reference, by].filter((fact) => fact !== null).join(' · ');
    putRow(paper, { kk: dateTime(when), ru: '' }, [join(way, named('dispatchOutcome', outcome)), ...(facts === '' ? [] : [facts])]);
  }
}

const join = (a: Words, b: Words): Words => ({ kk: `${a.kk}: ${b.kk}`, ru: `${a.ru}: ${b.ru}` });

function drawFeet(sheet: Sheet, { actId }: DispatchProtocolContent): void {
  const { start, count } = sheet.doc.bufferedPageRange();
  for (let page = start; page < start + count; page++) {
    sheet.doc.switchToPage(page);
    const line = `${actId} · ${page + 1}/${count}`;
    const foot = sheet.font('regular', 8);
    sheet.artifact(() => foot.fillColor(GREY).text(line, LEFT, FOOT_TOP, { lineBreak: false }));
  }
}
