import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { courtSchema, versionSchema, type Court } from '../shared/registry/index.ts';
import { readServing, SERVING_OPTIONS, SERVING_USAGE, type Serving } from './serving-options.ts';

export const USAGE = `usage: registry [--port N] [--host ADDR] [--database embedded|postgres://…] [--data DIR] [--mode training|real] [--courts FILE] [--minimum-desk VERSION] …
  --database  where the registry keeps its records; default embedded
  --data      folder of the documents and the embedded database; without it an embedded registry keeps everything in memory,
              one on PostgreSQL keeps the documents there
  --mode      default training; real needs a server
  --courts    JSON file, [{"code","nameKk","nameRu"}, …]: courts to add or rename
  --minimum-desk  commands of desks with an older version wait until these have been updated
${SERVING_USAGE}KENSE_CABINET_TOKEN is the cabinet's bearer token in real mode.
`;

export type Arguments = {
  port: number;
  host: string;
  database: string;
  dataDir: string | null;
  mode: 'training' | 'real';
  courts: Court[];
  minimumDesk?: string;
} & Serving;

/** Null when the arguments are not understood. */
export function readArguments(args: string[]): Arguments | null {
  try {
    const { values } = parseArgs({
      args,
      options: {
        port: { type: 'string', default: '0' },
        host: { type: 'string', default: '127.0.0.1' },
        database: { type: 'string', default: 'embedded' },
        data: { type: 'string' },
        mode: { type: 'string', default: 'training' },
        courts: { type: 'string' },
        'minimum-desk': { type: 'string' },
        ...SERVING_OPTIONS,
      },
    });
    const { host, database, mode } = values;
    const port = Number(values.port);
    if (!Number.isInteger(port) || port < 0 || port > 65_535) return null;
    if (database !== 'embedded' && !/^postgres(ql)?:\/\//.test(database)) return null;
    if (mode !== 'training' && mode !== 'real') return null;
    if (mode === 'real' && database === 'embedded') return null; // a real court's registry runs on a server
    const courts = values.courts === undefined ? [] : courtSchema.array().parse(JSON.parse(fs.readFileSync(values.courts, 'utf8')));
    const minimum = values['minimum-desk'];
    const minimumDesk = minimum === undefined ? {} : { minimumDesk: versionSchema.parse(minimum) };
    const dataDir = values.data === undefined ? null : path.resolve(values.data);
    return { port, host, database, dataDir, mode, courts, ...minimumDesk, ...readServing(values, process.cwd()) };
  } catch {
    return null;
  }
}
