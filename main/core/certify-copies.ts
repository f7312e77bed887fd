import { createHash } from 'node:crypto';
import { fail, ok, type Failure, type Result } from '../../shared/result.ts';
import type { Session } from '../../shared/contract/index.ts';
import { fitForSigning, listSha256 } from '../acts/index.ts';
import type { Certify } from '../paper/index.ts';
import { sealPdf } from '../sealing/index.ts';
import { openToSign, type SigningDisplay, type SigningKeyRef, type SigningSession } from '../token/index.ts';
import type { CoreContext } from './core-context.ts';
import { readUiSettings } from './settings.ts';
import { signingKey } from './signing-keys.ts';
import { readTexts } from './texts.ts';

/** The reason that stands in the signature, in both languages of the court. */
const TRUE_COPY = 'Көшірмесі дұрыс / Копия верна';

type Parts = Pick<CoreContext, 'desk' | 'tokenHost' | 'session'>;

/**
 * Lets a person of the office sign documents as true copies of the paper, all of them under one PIN, which is asked with their number and the hash of
 * their list; a token that asks each time is opened for each. PAdES with that person's own key, each verified before it counts. Errors: those of the key,
 * `key-not-of-user`, `certificate-unfit`, `signature-check-failed`; `session-locked`, `not-signed-in` when the session did not outlast the PIN.
 */
export async function certifyCopies<T>(
  parts: Parts,
  { session, keyId }: { readonly session: Session; readonly keyId: string },
  work: (certify: Certify) => Promise<Result<T>>,
): Promise<Result<T>> {
  const key = await signingKey(parts.desk, parts.tokenHost, session.userId, keyId);
  return key.ok ? work((pdfs) => signCopies(parts, session.userId, key.value.ref, pdfs)) : key;
}

async function signCopies(
  parts: Parts,
  userId: string,
  key: SigningKeyRef,
  pdfs: readonly Uint8Array[],
): Promise<Result<readonly Uint8Array[]>> {
  const signed: Uint8Array[] = [];
  let session: SigningSession | null = null;
  try {
    for (const [i, pdf] of pdfs.entries()) {
      if (session === null || ('signsOnce' in session && session.signsOnce)) {
        await session?.close();
        session = null;
        const opened = await openFor(parts, userId, key, i === 0 ? pdfs : [pdf]);
        if (!opened.ok) return opened;
        session = opened.value;
      }
      const copy = await signCopy(parts, userId, session, pdf);
      if (!copy.ok) return copy;
      signed.push(copy.value);
    }
    return ok(signed);
  } finally {
    await session?.close();
  }
}

function openFor(
  { desk, tokenHost, session }: Parts,
  userId: string,
  key: SigningKeyRef,
  pdfs: readonly Uint8Array[],
): Promise<Result<SigningSession>> {
  const over = session.whyOver(userId);
  if (over) return Promise.resolve({ ok: false, error: over });
  const { language } = readUiSettings(desk.store.read, userId);
  const texts = readTexts(desk.config.resourcesDir, language);
  const display: SigningDisplay = {
    purpose: 'paper',
    title: texts('paper.certify'),
    lines: [texts('paper.pinCount', { count: String(pdfs.length) }), texts('batch.pinList'), TRUE_COPY],
    sha256: listSha256(pdfs.map((pdf) => createHash('sha256').update(pdf).digest('hex'))),
  };
  return openToSign(tokenHost, key, display, language);
}

async function signCopy(
  { desk, session: holder }: Parts,
  userId: string,
  session: SigningSession,
  pdf: Uint8Array,
): Promise<Result<Uint8Array>> {
  const whyOver = (): Failure | null => holder.whyOver(userId);
  const before = whyOver();
  if (before) return { ok: false, error: before };
  // a program that may choose its key by itself is never asked
  if (session.certificate === null) return fail('key-not-of-user');
  const fit = await fitForSigning(desk.acts, session.certificate, userId);
  if (!fit.ok) return fit;
  const sealed = await sealPdf(desk.acts.sealing, session, {
    ...{ pdf, level: desk.acts.level, name: fit.value, reason: TRUE_COPY },
    location: desk.profile.court.nameKk,
  });
  // a program asks for its PIN while it signs
  const after = whyOver();
  if (after) return { ok: false, error: after };
  return sealed.ok ? ok(sealed.value.pdf) : sealed;
}
