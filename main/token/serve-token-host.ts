import { fail, ok, type Result } from '../../shared/result.ts';
import { listen, ownBytes, plain, type MessagePortLike } from './message-port.ts';
import { hostCallSchema, type HostCall } from './port-messages.ts';
import { createTokenHost, type ContentSession, type PinPrompt, type TokenHostOptions, type TokenSession } from './token-host.ts';

/**
 * The token host's end of the port to the core. Sessions end with the port: when the core is gone, every key is forgotten.
 * @param prompt how this process asks a person; its answers never touch the core's port (see `connectPinPrompt`).
 */
export function serveTokenHost(port: MessagePortLike, prompt: PinPrompt, options: TokenHostOptions = {}): void {
  const host = createTokenHost(prompt, options);
  const sessions = new Map<number, TokenSession>();
  const programs = new Map<number, ContentSession>();
  let lastSession = 0;
  let closed = false;
  let stopWatching: (() => void) | null = null;

  async function open(call: Extract<HostCall, { call: 'open' }>): Promise<Result<unknown>> {
    const opened = await host.open(call.key, call.display);
    if (!opened.ok) return opened;
    if (closed) {
      await opened.value.close();
      return fail('driver-stopped');
    }
    const { certificate, chain, algorithm, signsOnce } = opened.value;
    const session = ++lastSession;
    sessions.set(session, opened.value);
    return ok({ session, certificate: ownBytes(certificate), chain: chain.map(ownBytes), algorithm, signsOnce });
  }

  async function openProgram(call: Extract<HostCall, { call: 'open-program' }>): Promise<Result<unknown>> {
    const opened = await host.openProgram(call.key, call.language);
    if (!opened.ok) return opened;
    if (closed) {
      await opened.value.close();
      return fail('driver-stopped');
    }
    const session = ++lastSession;
    programs.set(session, opened.value);
    return plain(ok({ session, certificate: opened.value.certificate }));
  }

  async function answer(call: HostCall): Promise<Result<unknown>> {
    switch (call.call) {
      case 'open':
        return open(call);
      case 'sign': {
        const session = sessions.get(call.session);
        return session ? plain(await session.sign(call.tbs)) : fail('token-removed');
      }
      case 'find-program':
        return host.findProgram();
      case 'open-program':
        return openProgram(call);
      case 'sign-content': {
        const program = programs.get(call.session);
        return program ? plain(await program.signContent(call.content)) : fail('token-removed');
      }
      case 'close': {
        const session = sessions.get(call.session) ?? programs.get(call.session);
        sessions.delete(call.session);
        programs.delete(call.session);
        await session?.close();
        return ok(null);
      }
      case 'use':
        host.use(call.places);
        return ok(null);
      case 'list':
        return plain(await host.list());
      case 'modules':
        return plain(await host.modules(call.only ?? undefined));
      case 'watch':
        stopWatching ??= host.onChange(() => closed || port.postMessage({ event: 'changed' }));
        return ok(null);
    }
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
      for (const session of [...sessions.values(), ...programs.values()]) void session.close();
      sessions.clear();
      programs.clear();
      host.end();
    },
  });
}
