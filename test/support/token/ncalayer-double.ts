import { createHash } from 'node:crypto';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { NcaLayerPlace } from '../../../main/token/index.ts';
import { signCms, type Certificate } from '../openssl-pki.ts';
import { selfSigned } from '../self-signed.ts';

/** What a double does instead of answering. */
export const HANG = Symbol('no answer');
export const CUT = Symbol('the connection is cut in the middle of the answer');

export type SignRequest = {
  readonly module: string;
  readonly method: string;
  readonly args: {
    readonly format: string;
    readonly data: string;
    readonly signingParams: Readonly<Record<string, unknown>>;
    readonly signerParams: Readonly<Record<string, unknown>>;
    readonly locale: string;
  };
};

/** NCALayer played over a TLS socket of this computer: it greets, echoes heartbeats and signs for real by OpenSSL. */
export type NcaLayerDouble = {
  readonly place: NcaLayerPlace;
  /** The certificate of its socket, PEM. */
  readonly certificate: string;
  readonly requests: SignRequest[];
  /** What it sends first; null: nothing. */
  greeting: string | null;
  /** An object goes out as JSON, text as it is; a promise of either when it is there. */
  answer: (request: SignRequest, content: Buffer) => unknown;
  close(): Promise<void>;
};

export const GREETING = '{"result":{"version":"1.4"}}';

/** The shapes of its answers (`basics`). */
export const signed = (cms: Uint8Array) => ({ status: true, body: { result: Buffer.from(cms).toString('base64') } });
export const CANCELLED = { status: true, body: {} };
export const failedWith = (code: string) => ({ status: false, code, message: 'Қате', details: null });

/** Signs as the program does: DER, detached, with signing time and signing certificate. */
export const signsBy =
  (signer: Certificate, chain: readonly Certificate[] = []) =>
  (_request: SignRequest, content: Buffer): unknown =>
    signed(signCms({ content, signers: [signer], chain }));

export async function startNcaLayer(
  answer: NcaLayerDouble['answer'],
  server: { readonly name?: string; readonly port?: number } = {},
): Promise<NcaLayerDouble> {
  const own = selfSigned(server.name ?? '127.0.0.1');
  const sockets = new Set<Duplex>();
  const listener = https.createServer(own, (_request, response) => void response.writeHead(400).end());
  listener.on('upgrade', (request, socket: Duplex) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    const key = `${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
    const accept = createHash('sha1').update(key).digest('base64');
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    if (double.greeting !== null) socket.write(textFrame(double.greeting));
    readFrames(socket, (text) => void reply(socket, text));
  });

  async function reply(socket: Duplex, text: string): Promise<void> {
    if (text === '--heartbeat--') return void socket.write(textFrame(text));
    const request = JSON.parse(text) as SignRequest;
    double.requests.push(request);
    const given = await double.answer(request, Buffer.from(request.args.data, 'base64'));
    if (given === HANG) return;
    const frame = textFrame(typeof given === 'string' ? given : JSON.stringify(given === CUT ? signed(Buffer.alloc(4096)) : given));
    if (given === CUT) socket.end(frame.subarray(0, frame.length / 2));
    else socket.write(frame);
  }

  await new Promise<void>((resolve) => listener.listen(server.port ?? 0, '127.0.0.1', resolve));
  const { port } = listener.address() as AddressInfo;
  const double: NcaLayerDouble = {
    place: { url: `wss://127.0.0.1:${port}`, anchors: [own.cert] },
    certificate: own.cert,
    requests: [],
    greeting: GREETING,
    answer,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        listener.close(() => resolve());
        listener.closeAllConnections();
      }),
  };
  return double;
}

function textFrame(text: string): Buffer {
  const payload = Buffer.from(text, 'utf8');
  const head = Buffer.alloc(10);
  head[0] = 0x81;
  head[1] = 127;
  head.writeBigUInt64BE(BigInt(payload.length), 2);
  return Buffer.concat([head, payload]);
}

/** Text frames of a client, whole or in pieces, masked as RFC 6455 §5.3 wants; everything else ends the socket. */
function readFrames(socket: Duplex, onText: (text: string) => void): void {
  let held: Buffer[] = [];
  let size = 0;
  let needed = 2;
  let message: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => {
    held.push(chunk);
    size += chunk.length;
    while (size >= needed) {
      const bytes = Buffer.concat(held);
      held = [bytes];
      const short = bytes[1]! & 0x7f;
      const head = (short === 126 ? 4 : short === 127 ? 10 : 2) + 4;
      if (bytes.length < head) {
        needed = head;
        return;
      }
      const length = short === 126 ? bytes.readUInt16BE(2) : short === 127 ? Number(bytes.readBigUInt64BE(2)) : short;
      if (bytes.length < head + length) {
        needed = head + length;
        return;
      }
      const mask = bytes.subarray(head - 4, head);
      const payload = Buffer.from(bytes.subarray(head, head + length));
      for (let i = 0; i < payload.length; i++) payload[i] = payload[i]! ^ mask[i % 4]!;
      held = [bytes.subarray(head + length)];
      size = held[0]!.length;
      needed = 2;
      const opcode = bytes[0]! & 0x0f;
      if (opcode > 1) return void socket.end();
      message.push(payload);
      if (bytes[0]! & 0x80) {
        onText(Buffer.concat(message).toString('utf8'));
        message = [];
      }
    }
  });
}
