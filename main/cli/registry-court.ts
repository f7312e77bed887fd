import { parseArgs } from 'node:util';
import { changeCourt, courtJournal, keepCourt, listCourts } from '../sync/index.ts';
import { EXIT, printFailure, printJson, readSecret, UsageError, type CliIo } from './cli-io.ts';
import { courtJournalLines, courtJournalQuestion } from './court-journal.ts';

/** `kense registry court`: the operator of a running registry lists its courts, adds or renames one, revokes one and reinstates it, and reads what was changed there. */
export async function runRegistryCourt(argv: string[], io: CliIo): Promise<number> {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      registry: { type: 'string' },
      'admin-token-file': { type: 'string' },
      'name-kk': { type: 'string' },
      'name-ru': { type: 'string' },
      from: { type: 'string' },
      until: { type: 'string' },
      action: { type: 'string' },
      before: { type: 'string' },
      limit: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const [verb, code, ...rest] = positionals;
  const tokenFile = values['admin-token-file'];
  if (!values.registry || !tokenFile || rest.length > 0)
    throw new UsageError('court needs a verb, --registry URL and --admin-token-file FILE');
  const access = { registryUrl: values.registry, adminToken: readSecret(io, tokenFile) };
  const named = () => {
    if (code === undefined || !/^\d{4}$/.test(code)) throw new UsageError(`court ${verb} needs the four digits of a court`);
    return code;
  };
  if (verb === 'journal') {
    const page = await courtJournal(access, named(), courtJournalQuestion(values));
    if (!page.ok) return printFailure(io, page.error, values.json);
    if (values.json) printJson(io, page.value);
    else io.stdout(courtJournalLines(page.value));
    return EXIT.ok;
  }
  const ask = () => {
    const { 'name-kk': nameKk, 'name-ru': nameRu } = values;
    switch (verb) {
      case 'list':
        return listCourts(access);
      case 'keep':
        if (!nameKk || !nameRu) throw new UsageError('court keep needs --name-kk and --name-ru');
        return keepCourt(access, { code: named(), nameKk, nameRu });
      case 'revoke':
      case 'reinstate':
        return changeCourt(access, named(), verb);
      default:
        throw new UsageError('court knows list, keep, revoke, reinstate and journal');
    }
  };
  const answer = await ask();
  if (!answer.ok) return printFailure(io, answer.error, values.json);
  printJson(io, answer.value);
  return EXIT.ok;
}
