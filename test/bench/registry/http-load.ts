import http from 'node:http';

/** Milliseconds by kind of operation. */
export type Timings = Map<string, number[]>;
export type LoadClient = {
  /** Sends and reads to the end; a status other than 200 and 206 throws, for a benchmark of refusals measures nothing. */
  send(operation: string, call: Call): Promise<Buffer>;
  json<T>(operation: string, call: Call): Promise<T>;
  readonly timings: Timings;
  close(): void;
};
export type Call = {
  readonly method?: string;
  readonly path: string;
  readonly token?: string;
  readonly json?: unknown;
  readonly bytes?: Uint8Array;
};

/** A client that costs little, so that the machine's time goes to the server. `url` is `http://127.0.0.1:PORT`. */
export function createLoadClient(url: string, connections: number): LoadClient {
  const agent = new http.Agent({ keepAlive: true, maxSockets: connections });
  const timings: Timings = new Map();
  const client: LoadClient = {
    timings,
    send(operation, { method = 'GET', path, token, json, bytes }) {
      const body = json === undefined ? bytes : Buffer.from(JSON.stringify(json));
      const headers = {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(body
          ? { 'content-type': json === undefined ? 'application/octet-stream' : 'application/json', 'content-length': body.length }
          : {}),
      };
      const started = performance.now();
      return new Promise<Buffer>((resolve, reject) => {
        const request = http.request(new URL(path, url), { method, headers, agent }, (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () => {
            const answer = Buffer.concat(chunks);
            if (response.statusCode !== 200)
              return reject(new Error(`${operation}: ${response.statusCode} ${answer.toString().slice(0, 300)}`));
            const taken = performance.now() - started;
            const known = timings.get(operation);
            if (known) known.push(taken);
            else timings.set(operation, [taken]);
            resolve(answer);
          });
        });
        request.on('error', reject);
        request.end(body);
      });
    },
    json: async <T>(operation: string, call: Call) => JSON.parse((await client.send(operation, call)).toString()) as T,
    close: () => agent.destroy(),
  };
  return client;
}

/** The value below which the given share of the values lies; `share` from 0 to 1. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** Runs the work side by side in so many lanes, in order of the list. */
export async function inLanes<T>(lanes: number, list: Iterable<T>, work: (item: T) => Promise<void>): Promise<void> {
  const items = list[Symbol.iterator]();
  const lane = async () => {
    for (let next = items.next(); !next.done; next = items.next()) await work(next.value);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}
