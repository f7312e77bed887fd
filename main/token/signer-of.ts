import type { CmsSigner } from '../signature/index.ts';
import type { Failure, Result } from '../../shared/result.ts';
import type { ContentSession, TokenSession } from './token-host.ts';

/** Carries a token's answer through code that only knows promises; `signingResult` turns it back into a Result. */
class SigningStopped extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.code);
    this.failure = failure;
  }
}

/** A session as the signer of a CMS. Its `sign` rejects when the token fails: build inside `signingResult`. */
export function signerOf(session: TokenSession): CmsSigner {
  return {
    certificate: session.certificate,
    chain: session.chain,
    algorithm: session.algorithm,
    sign: async (tbs) => {
      const signed = await session.sign(tbs);
      if (!signed.ok) throw new SigningStopped(signed.error);
      return signed.value;
    },
  };
}

/** A program's messages for code that wants the message alone; rejects as `signerOf` does. */
export function messagesOf(session: ContentSession): (content: Uint8Array) => Promise<Uint8Array> {
  return async (content) => {
    const signed = await session.signContent(content);
    if (!signed.ok) throw new SigningStopped(signed.error);
    return signed.value.cms;
  };
}

/** Runs something that signs by `signerOf` or `messagesOf`; a token that fails in the middle is a value, everything else stays an exception. */
export async function signingResult<T>(run: () => Promise<T>): Promise<Result<T>> {
  try {
    return { ok: true, value: await run() };
  } catch (error) {
    if (error instanceof SigningStopped) return { ok: false, error: error.failure };
    throw error;
  }
}
