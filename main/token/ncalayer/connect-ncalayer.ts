import { Agent, buildConnector, WebSocket } from 'undici';
import type { PeerCertificate } from 'node:tls';
import { fail, ok, type Failure, type Result } from '../../../shared/result.ts';
import { HEARTBEAT, helloSchema } from './ncalayer-messages.ts';
import type { NcaLayerPlace } from './ncalayer-place.ts';

/** An open socket to NCALayer, greeted. One request at a time; after any failure it is closed and answers the same again. */
export interface NcaLayerSocket {
  /** One message and the one that answers it, as text. */
  ask(message: string, waitMs: number): Promise<Result<string>>;
  close(): void;
}

/** A CMS with a chain takes some kilobytes. */
const MOST_BYTES = 4 * 1024 * 1024;
/** Program and socket are on one computer. */
const GREETING_MS = 3_000;

/**
 * Opens a socket and waits for the greeting. Errors: `ncalayer-absent` (nothing listens), `ncalayer-untrusted` (its certificate leads to no
 * anchor, or is for another name), `ncalayer-garbage`, `ncalayer-stopped`, `ncalayer-timeout`.
 */
export async function connectNcaLayer({ url, anchors }: NcaLayerPlace): Promise<Result<NcaLayerSocket>> {
  let refused: Failure | null = null;
  const connector = buildConnector({ ca: [...anchors], checkServerIdentity, timeout: GREETING_MS });
  const agent = new Agent({
    connect: (options, callback) =>
      connector(options, (error, socket) => {
        if (error) {
          refused = refusalOf(error);
          callback(error, null);
        } else callback(null, socket);
      }),
    webSocket: { maxPayloadSize: MOST_BYTES },
  });
  const socket = new WebSocket(url, { dispatcher: agent });
  let over: Failure | null = null;
  let waiting: ((answer: Result<string>) => void) | null = null;

  function end(failure: Failure): void {
    if (over) return;
    over = failure;
    socket.close();
    void agent.destroy();
    settle({ ok: false, error: failure });
  }
  function settle(answer: Result<string>): void {
    const waits = waiting;
    waiting = null;
    waits?.(answer);
  }
  socket.addEventListener('message', ({ data }) => {
    if (data === HEARTBEAT) return;
    // nobody asked, or it is no text: what else it says cannot be told apart from an answer any more
    if (waiting === null || typeof data !== 'string') end(fail('ncalayer-garbage').error);
    else settle(ok(data));
  });
  socket.addEventListener('error', () => end(refused ?? fail('ncalayer-stopped').error));
  socket.addEventListener('close', () => end(refused ?? fail('ncalayer-stopped').error));

  function answer(waitMs: number): Promise<Result<string>> {
    if (over) return Promise.resolve({ ok: false, error: over });
    return new Promise((resolve) => {
      const timer = setTimeout(() => end(fail('ncalayer-timeout').error), waitMs);
      waiting = (given) => {
        clearTimeout(timer);
        resolve(given);
      };
    });
  }

  const greeting = await answer(GREETING_MS);
  if (!greeting.ok) return greeting;
  if (!helloSchema.safeParse(parsed(greeting.value)).success) {
    end(fail('ncalayer-garbage').error);
    return fail('ncalayer-garbage');
  }
  return ok({
    ask: (message, waitMs) => {
      const answered = answer(waitMs);
      if (!over) socket.send(message);
      return answered;
    },
    close: () => end(fail('token-removed').error),
  });
}

/** Null for what is no JSON. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The authority issues certificates to persons too: the one of the program is for this computer and no other. */
function checkServerIdentity(_host: string, { subject, subjectaltname = '' }: PeerCertificate): Error | undefined {
  const others = subjectaltname.split(', ').map((name) => name.replace(/^(?:DNS|IP Address):/, ''));
  return [subject?.CN, ...others].some((name) => name === '127.0.0.1' || name === 'localhost') ? undefined : new Error('another name');
}

function refusalOf(error: Error): Failure {
  const code = 'code' in error ? error.code : null;
  if (code === 'ECONNREFUSED' || code === 'EADDRNOTAVAIL') return fail('ncalayer-absent').error;
  if (code === 'UND_ERR_CONNECT_TIMEOUT') return fail('ncalayer-timeout').error;
  return fail(code === 'ECONNRESET' ? 'ncalayer-stopped' : 'ncalayer-untrusted').error;
}
