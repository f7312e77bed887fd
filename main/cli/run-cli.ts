import type { CliIo } from './cli-io.ts';
import { EXIT, printFailure, UsageError } from './cli-io.ts';

/** One command: loaded only when it is called, so that `talon check` does not open a database module. */
type Command = (argv: string[], io: CliIo) => Promise<number>;

const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  demo: async () => (await import('./demo.ts')).runDemo,
  registry: async () => (await import('./registry.ts')).runRegistry,
  office: async () => (await import('./office.ts')).runOffice,
  cabinet: async () => (await import('./cabinet.ts')).runCabinet,
  verify: async () => (await import('./verify-command.ts')).runVerifyCommand,
  'verify-cert': async () => (await import('./verify-command.ts')).runVerifyCertCommand,
  sign: async () => (await import('./verify-command.ts')).runSignCommand,
  trust: async () => (await import('./trust.ts')).runTrust,
  talon: async () => (await import('./verify-command.ts')).runTalonCommand,
  journal: async () => (await import('./journal-check.ts')).runJournal,
  act: async () => (await import('./act-check.ts')).runActCommand,
  doctor: async () => (await import('./doctor.ts')).runDoctor,
};
export const COMMAND_NAMES: readonly string[] = Object.keys(COMMANDS);

const USAGE = `usage: kense <command> [options]

  demo      [--out DIR] [--filings N] [--json]                         the main job, without a window
  registry  [--port N] [--host ADDR] [--database embedded|postgres://…] [--data DIR] [--mode training|real] [--cabinet-token-file FILE] [--json]
            check [--database postgres://…] [--data DIR]                every document and feed that the registry holds
            restored [--database postgres://…] [--data DIR] [--again]   once after a restore, before the start: numbers go on where none was leased
            court list | court keep CODE --name-kk NAME --name-ru NAME | court revoke CODE | court reinstate CODE  --registry URL --admin-token-file FILE
            court journal CODE [--from DAY] [--until DAY] [--action ACTION] [--before N] [--limit N]   what was changed there, newest first
  office    enrol|sign-in|sign-out|pull|queue|show|verify|flag|register|talon|decide|send-back|answer|import-act|sign-act|sync|status|journal|evidence  --profile DIR …
            assign (ID… --to me|nobody|NAME | next | all --from NAME --to NAME) | postpone ID… (--until YYYY-MM-DD --reason TEXT | --until now)
            take-paper DIR   a filing that was brought on paper: its folder, as cabinet submit takes it
            draft-act ID --kind KIND | note ID --text TEXT
            hold ID | let-go ID | take-over ID --reason TEXT | yield ID [--reason TEXT] | give-back | numbers   who has a filing; leased numbers
            override ID [FINDING] --reason TEXT | overrides   goes on in spite of findings; what the head sees of it
            find TEXT | card NUMBER   what this desk knows of it; what may be told on the telephone
            sign-act ID --key FILE --pin-stdin [--unsent] | batch (ID… | --resume) --key FILE --pin-stdin | batches
            proceedings ID | hearing set ID --at INSTANT --place TEXT [--hearing HEARING] | hearing cancel HEARING | summons HEARING [--to NAME]…
            fulfil ID [--file FILE]… [--note TEXT] | grant ID --to NAME --until INSTANT [--document SHA256]… | withdraw GRANT --reason TEXT
            survey ask ID --set NAME | survey sums | deliveries ID
            dispatch list [--all] | dispatch ACT [--recipient NAME[=WAY[:ADDRESS][;WAY…]]]… | dispatch again ACT --recipient … --reason TEXT
            dispatch letter ACT --recipient NAME --event handed-over|delivered|returned [--day YYYY-MM-DD] [--number TEXT]
            dispatch paper ACT --paper letter|check|protocol|original --out FILE [--recipient NAME]
            journal check | journal accept --key FILE --pin-stdin --reason TEXT | journal list [--from INSTANT] [--until INSTANT] [--actor ID] [--action NAME] [--about ID] [--number NUMBER] [--text WORDS]
            journal export --out FILE [--from INSTANT] [--until INSTANT] | journal who-saw --person (IIN|BIN|NAME|NUMBER) [--from INSTANT] [--until INSTANT]
            journal expired | journal wipe --number ENTRIES/DRAFTS/FILINGS/REPORTS --reason TEXT   what is beyond its term; wiping it, as it was told
            report NAME --from DAY --until DAY [--language kk|ru] [--out FILE.csv|.xlsx|.pdf]   NAME as in resources/reports
            modules list | modules allow FILE | modules forbid FILE   the PKCS#11 modules of this desk beside the known ones
            modules ncalayer wss://127.0.0.1:PORT [CERT.pem]   where NCALayer is, when not where it usually is
  cabinet   submit DIR | status NUMBER | talon NUMBER --out FILE | acts NUMBER --out DIR  --registry URL [--json]
            pay FILE [--key KEY] | hearings NUMBER | summonses NUMBER --out DIR | fulfilment NUMBER --out DIR | case-file NUMBER --out DIR
            surveys NUMBER | answer NUMBER --survey ID --answers FILE | check TEXT
  verify    (FILE… [--content FILE] [--anchor PATH]… [--cert PATH]… [--crl PATH]… [--ocsp PATH]… [--at INSTANT] [--policy NAME|FILE] | --batch REQUESTS.json)
            [--offline] [--json]
  verify-cert  (LEAF [--anchor PATH]… [--cert PATH]… [--crl PATH]… [--ocsp PATH]… [--at INSTANT] | --batch REQUESTS.json) [--json]
  sign      FILE.pdf… --out FILE|DIR (--p12 FILE --pin-stdin | --pkcs11 MODULE --slot LABEL [--key ID] --pin-stdin | --ncalayer [URL] [--ncalayer-cert FILE]) [--tsa URL] [--level B|T|LT] [--reason TEXT]
            [--anchor PATH]… [--cert PATH]… [--crl PATH]… [--ocsp PATH]… [--json]
  trust     install FILE… | list | remove SHA256  [--profile DIR] [--json]
  talon     check (FILE.pdf | TEXT-OF-QR) [--trust DIR] [--json]
  journal   check FILE [--trust DIR]… [--json]                          an exported journal, without a database and a network
  act       check (TEXT-OF-QR | SHEET.pdf) [--original FILE] [--json]
  doctor    [--profile DIR] [--step NAME] [--json]
  bench     NAME [--json]                                              in a checkout: measured against a named peer
`;

/** Runs one command of the command line; answers the exit code. */
export async function runCli(argv: string[], io: CliIo): Promise<number> {
  const [name, ...rest] = argv;
  if (asksForHelp(argv)) {
    io.stdout(USAGE);
    return EXIT.ok;
  }
  const load = name !== undefined && Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!load) {
    io.stderr(USAGE);
    return EXIT.usage;
  }
  try {
    return await (
      await load()
    )(rest, io);
  } catch (error) {
    if (isUsageError(error)) {
      io.stderr(`kense ${name}: ${error.message}\n\n${USAGE}`);
      return EXIT.usage;
    }
    const failure = await failureOf(error);
    if (failure === null) throw error;
    return printFailure(io, failure, rest.includes('--json'));
  }
}

/** Anywhere before `--`: `kense verify --help` too. */
function asksForHelp(argv: readonly string[]): boolean {
  const end = argv.indexOf('--');
  const options = end < 0 ? argv : argv.slice(0, end);
  return argv[0] === 'help' || options.includes('--help') || options.includes('-h');
}

/** Loaded when something was thrown, so that a command that needs no database loads none. */
const failureOf = async (error: unknown) => (await import('./thrown-failure.ts')).thrownFailure(error);

/** Our own, and those of node:util's parseArgs. */
function isUsageError(error: unknown): error is Error {
  return (
    error instanceof UsageError || (error instanceof TypeError && String((error as { code?: string }).code).startsWith('ERR_PARSE_ARGS'))
  );
}
