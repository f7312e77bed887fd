import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';

/** A PostgreSQL server of its own on a unix socket in a temporary folder. */
export type PostgresCluster = {
  freshDatabase(): Promise<string>;
  /** Ends every connection at once, as after a power cut, and is back when this is done. */
  restart(): Promise<void>;
  stop(): Promise<void>;
  /** The server's first process. */
  pid(): number;
};

/** The folder of PostgreSQL's programs, or null where it is not installed. */
export function findPostgres(): string | null {
  const versions = fs.existsSync('/usr/lib/postgresql') ? fs.readdirSync('/usr/lib/postgresql') : [];
  const newest = versions.sort((a, b) => Number(b) - Number(a)).map((version) => `/usr/lib/postgresql/${version}/bin`);
  const onPath = (process.env['PATH'] ?? '').split(path.delimiter);
  return [...newest, ...onPath].find((folder) => fs.existsSync(path.join(folder, 'initdb'))) ?? null;
}

/**
 * `durable`: what it has answered is on the disk, as at a real registry; tests need no such promise. `smallDisk`: the folder of a small
 * disk that it lies on, with a log that takes little of it.
 */
export async function startPostgresCluster(
  programs: string,
  { durable = false, smallDisk = null as string | null } = {},
): Promise<PostgresCluster> {
  const root = fs.mkdtempSync(path.join(smallDisk ?? os.tmpdir(), 'kense-pg-'));
  const owner = process.getuid?.() === 0 ? postgresUser() : null; // the server refuses to run as root
  if (owner) fs.chownSync(root, owner.uid, owner.gid);
  const data = path.join(root, 'data');
  execFileSync(
    path.join(programs, 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync', ...(smallDisk ? ['--wal-segsize=1'] : [])],
    {
      stdio: 'ignore',
      cwd: root,
      ...owner,
    },
  );
  const args = [
    '-D',
    data,
    '-k',
    root,
    '-c',
    'listen_addresses=',
    ...(smallDisk ? ['-c', 'max_wal_size=4MB', '-c', 'min_wal_size=2MB'] : []),
    ...(durable ? ['-c', 'shared_buffers=1GB', '-c', 'max_wal_size=8GB'] : ['-c', 'fsync=off']),
  ];
  const start = async () => {
    const started = spawn(path.join(programs, 'postgres'), args, { stdio: ['ignore', 'ignore', 'pipe'], cwd: root, ...owner });
    await readyToConnect(started);
    return started;
  };
  const end = async (signal: NodeJS.Signals) => {
    if (server.exitCode !== null || server.signalCode !== null) return; // a full disk may have ended it
    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.kill(signal);
    await ended;
  };
  let server = await start();

  const address = (database: string) => `postgres://postgres@${encodeURIComponent(root)}/${database}`;
  let databases = 0;
  return {
    async freshDatabase() {
      const name = `kense${++databases}`;
      const admin = new pg.Client({ connectionString: address('postgres') });
      await admin.connect();
      await admin.query(`CREATE DATABASE ${name}`);
      await admin.end();
      return address(name);
    },
    async restart() {
      await end('SIGQUIT');
      server = await start();
    },
    pid: () => server.pid!,
    async stop() {
      await end('SIGINT');
      fs.rmSync(root, { recursive: true, force: true });
    },
  };
}

function postgresUser(): { uid: number; gid: number } {
  const ask = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: ask('-u'), gid: ask('-g') };
}

function readyToConnect(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    const said: string[] = [];
    createInterface({ input: server.stderr! }).on('line', (line) => {
      said.push(line);
      if (line.includes('ready to accept connections')) resolve();
    });
    server.once('exit', () => reject(new Error(said.join('\n'))));
  });
}
