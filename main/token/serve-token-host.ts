import { fail, ok, type Result } from '../../shared/result.ts';
import { listen, ownBytes, type MessagePortLike } from './message-port.ts';
import { hostCallSchema, type HostCall } from './port-messages.ts';
import { createTokenHost, type PinPrompt, type TokenSession } from './token-host.ts';

/**
 * The token host's end of the port to the core. Sessions end with the port: when the core is gone, every key is forgotten.
 * @param prompt how this process asks a person; its answers never touch the core's port (see `connectPinPrompt`).
 */
export function serveTokenHost(port: MessagePortLike, prompt: PinPrompt): void {
  const host = createTokenHost(prompt);
  const sessions = new Map<number, TokenSession>();
  let lastSession = 0;
  let closed = false;

  async function open(call: Extract<HostCall, { call: 'open' }>): Promise<Result<unknown>> {
    const opened = await host.open(call.key, call.display);
    if (!opened.ok) return opened;
    if (closed) {
      await opened.value.close();
      return fail('driver-stopped');
    }
    const { certificate, chain, algorithm } = opened.value;
    const session = ++lastSession;
    sessions.set(session, opened.value);
    return ok({ session, certificate: ownBytes(certificate), chain: chain.map(ownBytes), algorithm });
  }

  async function answer(call: HostCall): Promise<Result<unknown>> {
    if (call.call === 'open') return open(call);
    const session = sessions.get(call.session);
    if (call.call === 'close') {
      sessions.delete(call.session);
      await session?.close();
      return ok(null);
    }
    const signed = session ? await session.sign(call.tbs) : fail('token-removed');
    return signed.ok ? ok(ownBytes(signed.value)) : signed;
  }

  listen(port, {
    message(message) {
      const call = hostCallSchema.safeParse(message);
      if (!call.success) return;
      const { id } = call.data;
      void answer(call.data)
        .catch((): Result<unknown> => fail('unexpected'))
        .then((result) => {
          if (!closed) port.postMessage({ id, result });
        });
    },
    close() {
      closed = true;
      for (const session of sessions.values()) void session.close();
      sessions.clear();
    },
  });
}
