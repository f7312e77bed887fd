import { verify, type X509Certificate } from 'node:crypto';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createTokenHost, type TokenHost, type TokenSession } from '../../../main/token/index.ts';
import type { Result } from '../../../shared/result.ts';
import { DISPLAY, promptWith } from '../../support/token/pin-prompt.ts';
import { SOFTHSM } from '../../support/token/key-token.ts';
import { SOFT_PIN as PIN, softTokens } from '../../support/token/soft-token.ts';

const EACH = 20;
let certificate: X509Certificate;
beforeAll(() => {
  certificate = softTokens()
    .token('shared', [{ kind: 'rsa:2048', id: '01' }])
    .get('01')!;
}, 180_000);

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});
const must = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
};

/** What a window or a command has: a host of its own, which owns the module in a process of its own. */
function program(pin = PIN): ReturnType<typeof createTokenHost> {
  const host = createTokenHost(promptWith(pin, pin).prompt, { places: { keyFolders: [], modules: [SOFTHSM] } });
  closing.push(() => host.end());
  return host;
}
async function open(host: TokenHost): Promise<Result<TokenSession>> {
  return host.open(must(await host.list()).find(({ label }) => label === 'shared')!.ref, DISPLAY);
}
async function signMany(session: TokenSession, name: string): Promise<void> {
  for (let n = 0; n < EACH; n++) {
    const tbs = Buffer.from(`${name} ${n}`);
    const signed = must(await session.sign(tbs));
    expect(verify('sha256', tbs, certificate.publicKey, signed), `${name} ${n}`).toBe(true);
  }
}

describe('one token used by several programs at once', () => {
  it('signs for each what that one asked for, and none waits for another', async () => {
    const sessions = await Promise.all([open(program()), open(program()), open(program())]);
    await Promise.all(sessions.map((session, i) => signMany(must(session), `program ${i}`)));
  });

  it('stays open to the others when one is done, or ends without a word', async () => {
    const [leaving, staying] = [program(), program()];
    const [gone, kept] = [must(await open(leaving)), must(await open(staying))];
    await signMany(gone, 'gone');
    await gone.close();
    await signMany(kept, 'kept');
    const again = must(await open(leaving));
    await signMany(again, 'again');
    leaving.end();
    await signMany(kept, 'still kept');
  });

  it('tells one program of a wrong PIN and leaves the other logged in', async () => {
    const kept = must(await open(program()));
    expect(await open(program('0000'))).toMatchObject({ ok: false, error: { code: 'pin-wrong' } });
    await signMany(kept, 'kept');
    // the right PIN sets the token's warning back
    await must(await open(program())).close();
  });

  it('is not opened twice by one program: the second would take the login of the first', async () => {
    const host = program();
    const first = must(await open(host));
    expect(await open(host)).toMatchObject({ ok: false, error: { code: 'token-busy' } });
    await signMany(first, 'first');
  });
});
