import { createServer, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

/** One message as the gateway got it. */
export type HandedOver = { readonly headers: IncomingMessage['headers']; readonly text: string; readonly body: Record<string, unknown> };

/** A gateway for push and SMS that answers each message with what `answer` says for it. */
export async function startGateway(answer: (message: HandedOver, n: number) => number) {
  const got: HandedOver[] = [];
  const waiting: { at: number; tell: () => void }[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      const message = { headers: request.headers, text, body: JSON.parse(text) as Record<string, unknown> };
      got.push(message);
      const status = answer(message, got.length);
      if (status === 0) request.socket.destroy();
      else response.writeHead(status).end('{}');
      for (const one of waiting) if (got.length >= one.at) one.tell();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/messages`,
    got,
    /** Resolves when so many messages have come. */
    async messages(count: number): Promise<readonly HandedOver[]> {
      if (got.length < count) await new Promise<void>((tell) => waiting.push({ at: count, tell }));
      return got.slice(0, count);
    },
    stop: () => new Promise((resolve) => (server.close(resolve), server.closeAllConnections())),
  };
}
export type GatewayServer = Awaited<ReturnType<typeof startGateway>>;
