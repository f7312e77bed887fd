import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { parseActCheck, type ActCheck } from '../../shared/domain/act-check.ts';
import { extractActQr } from '../pdf/index.ts';
import { EXIT, UsageError, type CliIo } from './cli-io.ts';
import { readPaperToCheck } from './paper-to-check.ts';

const CODES = { notValid: 1, unreadable: 65 } as const;

type Answer = {
  /** The text is one of a verification sheet; and the original, when it was given, is the file that the sheet names. */
  readonly valid: boolean;
  readonly reason: 'not-of-an-act' | 'original-differs' | null;
  /** Whether the file that was given is the one on the sheet; null when none was given. */
  readonly original: 'same' | 'different' | null;
} & Partial<ActCheck>;

/**
 * `kense act check (TEXT-OF-QR | SHEET.pdf) [--original FILE] [--json]`: says without a network to which act a verification sheet belongs, and
 * whether a file is that act. The sheet carries no signature; the original does, and `kense verify` judges it. Answers the exit code: 0 as the sheet
 * says, 1 not, 64 usage, 65 unreadable.
 */
export async function runActCommand(argv: string[], io: CliIo): Promise<number> {
  const [verb, ...rest] = argv;
  if (verb !== 'check') throw new UsageError('the only verb is check');
  const { values, positionals } = parseArgs({
    args: rest,
    allowPositionals: true,
    options: { original: { type: 'string' }, json: { type: 'boolean', default: false } },
  });
  const [what, ...more] = positionals;
  if (what === undefined || what === '' || more.length > 0) throw new UsageError('one text of a QR code or one sheet is needed');
  const unreadable = (): number => {
    if (values.json) io.stdout(`${JSON.stringify({ error: { code: 'file-unreadable' } }, null, 1)}\n`);
    else io.stderr('kense: file-unreadable\n');
    return CODES.unreadable;
  };
  const paper = readPaperToCheck(path.resolve(io.cwd, what), what);
  if (!paper) return unreadable();
  const text = 'text' in paper ? paper.text : extractActQr(paper.pdf);
  const said = text === null ? null : parseActCheck(text);
  const hash = values.original === undefined ? null : await hashOf(path.resolve(io.cwd, values.original));
  if (values.original !== undefined && hash === null) return unreadable();
  const answer = judge(said, hash);
  io.stdout(values.json ? `${JSON.stringify(answer, null, 1)}\n` : sentence(answer));
  return answer.valid ? EXIT.ok : CODES.notValid;
}

function judge(said: ActCheck | null, hash: string | null): Answer {
  if (said === null) return { valid: false, reason: 'not-of-an-act', original: null };
  if (hash === null) return { valid: true, reason: null, original: null, ...said };
  const isSame = hash === said.sha256;
  return { valid: isSame, reason: isSame ? null : 'original-differs', original: isSame ? 'same' : 'different', ...said };
}

/** Of a file of any size; null when it cannot be read. */
async function hashOf(file: string): Promise<string | null> {
  const hash = createHash('sha256');
  try {
    await pipeline(fs.createReadStream(file), hash);
    return hash.digest('hex');
  } catch {
    return null;
  }
}

function sentence({ reason, original, court, incomingNumber, actId, signedAt, sha256 }: Answer): string {
  if (reason === 'not-of-an-act') return 'not valid: not-of-an-act\n';
  const act = `act ${actId} of court ${court}, filing ${incomingNumber}, signed ${signedAt}`;
  if (reason === 'original-differs') return `not valid: original-differs; the sheet is of ${act}, SHA-256 ${sha256}\n`;
  const next = original === 'same' ? 'the file is that act; kense verify judges its signature' : `SHA-256 of the original ${sha256}`;
  return `${act}; ${next}\n`;
}
