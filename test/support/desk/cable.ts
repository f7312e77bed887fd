import { createServer, connect, type AddressInfo, type Socket } from 'node:net';

/** The cable of one desk to its registry: it can be pulled, and answers can be lost on it. */
export type Cable = {
  readonly url: string;
  out: boolean;
  /** So many of the next answers are lost: the request has arrived, the line falls before the first byte comes back. */
  losesAnswers: number;
  /** Called for each piece that the desk sends. */
  onPiece: (() => void) | null;
  close(): Promise<void>;
};

export async function layCable(registryUrl: string): Promise<Cable> {
  const target = new URL(registryUrl);
  const sockets = new Set<Socket>();
  const state: { out: boolean; losesAnswers: number; onPiece: (() => void) | null } = { out: false, losesAnswers: 0, onPiece: null };
  const drop = () => sockets.forEach((socket) => socket.destroy());
  const server = createServer((near) => {
    if (state.out) return void near.destroy();
    const far = connect(Number(target.port), target.hostname);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    near.on('data', (chunk) => {
      far.write(chunk);
      state.onPiece?.();
    });
    far.on('data', (chunk) => {
      if (state.losesAnswers > 0) {
        state.losesAnswers--;
        near.destroy();
      } else near.write(chunk);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get out() {
      return state.out;
    },
    set out(out) {
      state.out = out;
      if (out) drop();
    },
    get losesAnswers() {
      return state.losesAnswers;
    },
    set losesAnswers(count) {
      state.losesAnswers = count;
    },
    get onPiece() {
      return state.onPiece;
    },
    set onPiece(told) {
      state.onPiece = told;
    },
    close: () => {
      drop();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
