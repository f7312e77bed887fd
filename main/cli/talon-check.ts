import path from 'node:path';
import { parseArgs } from 'node:util';
import { checkTalon, type TalonCheck } from '../registration/index.ts';
import { readPaperToCheck } from './paper-to-check.ts';
import { readTrustedCertificates } from './trusted-certificates.ts';

/** Exit codes after sysexits.h. */
const EXIT = { valid: 0, notValid: 1, usage: 64, unreadable: 65 } as const;
const USAGE = 'usage: kense talon check (FILE.pdf | TEXT-OF-QR) [--trust DIR]… [--json]\n';

export type TalonCheckIo = {
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  readonly cwd: string;
  /** Folders of court certificates that count when none is named on the command line. */
  readonly trustDirs: string[];
};

/** `kense talon check`: `argv` is what follows the word `check`. Answers the exit code: 0 valid, 1 not valid, 64 usage, 65 unreadable. */
export async function runTalonCheck(argv: string[], io: TalonCheckIo): Promise<number> {
  const command = readCommand(argv);
  if (!command) {
    io.stderr(USAGE);
    return EXIT.usage;
  }
  const { what, json } = command;
  const unreadable = (code: string): number => {
    if (json) io.stdout(`${JSON.stringify({ error: { code } }, null, 1)}\n`);
    else io.stderr(`kense: ${code}\n`);
    return EXIT.unreadable;
  };
  const trustDirs = command.trust.length > 0 ? command.trust.map((dir) => path.resolve(io.cwd, dir)) : io.trustDirs;
  const certificates = readTrustedCertificates(trustDirs);
  const input = readPaperToCheck(path.resolve(io.cwd, what), what);
  if (!certificates || !input) return unreadable('file-unreadable');
  const checked = await checkTalon(input, { certificates });
  if (!checked.ok && checked.error.code === 'document-unreadable') return unreadable('document-unreadable');
  const answer = checked.ok
    ? answerOf(checked.value)
    : { valid: false, reason: String(checked.error.params?.['reason'] ?? checked.error.code) };
  io.stdout(json ? `${JSON.stringify(answer, null, 1)}\n` : sentence(answer));
  return answer.valid ? EXIT.valid : EXIT.notValid;
}

function readCommand(argv: string[]): { what: string; trust: string[]; json: boolean } | null {
  try {
    const { values, positionals } = parseArgs({
      args: argv,
      allowPositionals: true,
      options: { trust: { type: 'string', multiple: true, default: [] }, json: { type: 'boolean', default: false } },
    });
    const [what, ...more] = positionals;
    return what === undefined || what === '' || more.length > 0 ? null : { what, trust: values.trust, json: values.json };
  } catch {
    return null;
  }
}

type Answer = { readonly valid: boolean; readonly reason: string | null } & Partial<Omit<TalonCheck, 'valid' | 'reason'>>;

/** The promised keys first. */
function answerOf({ valid, reason, incomingNumber, caseNumber, court, registeredAt, ...rest }: TalonCheck): Answer {
  return { valid, reason, incomingNumber, caseNumber, court, registeredAt, ...rest };
}

function sentence(answer: Answer): string {
  if (!answer.valid) return `not valid: ${answer.reason}\n`;
  const numbers = [answer.incomingNumber, answer.caseNumber ?? answer.joinsCase].filter(Boolean).join(', ');
  return `valid: ${numbers}, court ${answer.court}, registered ${answer.registeredAt}, signed by ${answer.signedBy}\n`;
}
