import { CHANNELS, type ChannelName, type ChannelOutput, type Session } from '../../shared/contract/index.ts';
import type { z } from 'zod';
import { fail, type Result } from '../../shared/result.ts';
import { isDiskFull } from '../store/index.ts';

/** Who is asking: trusted is our window's main frame on our own scheme, as the shell has seen it. */
export type Sender = { readonly trusted: boolean };

/** A handler gets a checked input; channels for signed-in people get their session. */
export type Handlers = {
  readonly [C in ChannelName]: (
    input: z.output<(typeof CHANNELS)[C]['input']>,
    session: SessionFor<C>,
  ) => Promise<Result<ChannelOutput<C>>> | Result<ChannelOutput<C>>;
};
type SessionFor<C extends ChannelName> = (typeof CHANNELS)[C]['access'] extends 'anyone' ? Session | null : Session;

export type RouterParts = {
  readonly handlers: Handlers;
  readonly session: () => Session | null;
  /** A bug: its stack goes to the log of the desk, never to the window. */
  readonly onBug: (channel: string, error: unknown) => void;
};

/** Answers calls of the window. Asks in this order: trusted sender, known channel, right shape, allowed now; then works. Always a Result. */
export function createRouter(
  parts: RouterParts,
): (message: { channel: string; input: unknown }, sender: Sender) => Promise<Result<unknown>> {
  return async ({ channel, input }, sender) => {
    if (!sender.trusted) return fail('sender-untrusted');
    if (!isChannel(channel)) return fail('channel-unknown');
    const { access, input: schema } = CHANNELS[channel];
    const parsed = schema.safeParse(input);
    if (!parsed.success) return fail('input-invalid', { field: parsed.error.issues[0]?.path.join('.') ?? '' });
    const session = parts.session();
    if (access !== 'anyone') {
      if (!session) return fail('not-signed-in');
      if (session.locked) return fail('session-locked');
      if (access !== 'signed-in' && !(access as readonly string[]).includes(session.activeRole)) return fail('role-not-allowed');
    }
    try {
      const handler = parts.handlers[channel] as (input: unknown, session: Session | null) => Promise<Result<unknown>>;
      return await handler(parsed.data, session);
    } catch (error) {
      if (isDiskFull(error)) return fail('disk-full');
      parts.onBug(channel, error);
      return fail('unexpected');
    }
  };
}

function isChannel(name: string): name is ChannelName {
  return Object.hasOwn(CHANNELS, name);
}
