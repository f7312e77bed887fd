import { z } from 'zod';
import { fail, ok, type Result } from '../../shared/result.ts';
import { listen, ownBytes, type MessagePortLike } from './message-port.ts';
import {
  bytesSchema,
  foundKeySchema,
  hostAnswerSchema,
  messageSchema,
  moduleFindingSchema,
  ncaLayerRefSchema,
  openedProgramSchema,
  openedSchema,
  resultSchema,
  type HostCall,
} from './port-messages.ts';
import type { ContentSession, TokenHost, TokenSession } from './token-host.ts';

type CallBody = HostCall extends infer Call ? (Call extends HostCall ? Omit<Call, 'id'> : never) : never;

/**
 * The core's end of the port to the token host. When the host process dies, what waits and what comes later answers
 * `driver-stopped`; a new port then needs a new call of this function. Calls wait as long as the person needs for the PIN.
 */
export function connectTokenHost(port: MessagePortLike): TokenHost {
  const waiting = new Map<number, (result: unknown) => void>();
  const stopped = fail('driver-stopped');
  const listeners = new Set<() => void>();
  let lastCall = 0;
  let alive = true;

  listen(port, {
    message(message) {
      const answer = hostAnswerSchema.safeParse(message);
      if (!answer.success) return;
      if ('event' in answer.data) return listeners.forEach((listener) => listener());
      waiting.get(answer.data.id)?.(answer.data.result);
      waiting.delete(answer.data.id);
    },
    close() {
      alive = false;
      for (const settle of waiting.values()) settle(stopped);
      waiting.clear();
    },
  });

  /** A host that answers in another shape is as good as stopped. */
  async function ask<T extends z.ZodType>(body: CallBody, value: T): Promise<Result<z.infer<T>>> {
    if (!alive) return stopped;
    const id = ++lastCall;
    const result = await new Promise<unknown>((resolve) => {
      waiting.set(id, resolve);
      port.postMessage({ ...body, id });
    });
    const parsed = resultSchema(value).safeParse(result);
    return parsed.success ? (parsed.data as Result<z.infer<T>>) : stopped;
  }

  return {
    use({ keyFolders, modules, ncaLayer }) {
      const program = ncaLayer ? { url: ncaLayer.url, anchors: [...ncaLayer.anchors] } : null;
      void ask({ call: 'use', places: { keyFolders: [...keyFolders], modules: [...modules], ncaLayer: program } }, z.null());
    },
    list: () => ask({ call: 'list' }, z.array(foundKeySchema)),
    modules: (only) => ask({ call: 'modules', only: only ?? null }, z.array(moduleFindingSchema)),
    onChange(listener) {
      if (listeners.size === 0) void ask({ call: 'watch' }, z.null());
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async open(key, display) {
      const opened = await ask({ call: 'open', key, display: { ...display, lines: [...display.lines] } }, openedSchema);
      if (!opened.ok) return opened;
      const { session, certificate, chain, algorithm, signsOnce } = opened.value;
      const remote: TokenSession = {
        certificate,
        chain,
        algorithm,
        signsOnce,
        sign: (tbs) => ask({ call: 'sign', session, tbs: ownBytes(tbs) }, bytesSchema),
        close: async () => {
          await ask({ call: 'close', session }, z.null());
        },
      };
      return ok(remote);
    },
    findProgram: () => ask({ call: 'find-program' }, ncaLayerRefSchema),
    async openProgram(key, language) {
      const opened = await ask({ call: 'open-program', key, language }, openedProgramSchema);
      if (!opened.ok) return opened;
      const { session, certificate } = opened.value;
      const remote: ContentSession = {
        certificate,
        signContent: (content) => ask({ call: 'sign-content', session, content: ownBytes(content) }, messageSchema),
        close: async () => {
          await ask({ call: 'close', session }, z.null());
        },
      };
      return ok(remote);
    },
  };
}
