import { fail, ok, type Failure, type Result } from '../../shared/result.ts';
import type { Session } from '../../shared/contract/index.ts';
import { fitForSigning } from '../acts/index.ts';
import type { Certify } from '../paper/index.ts';
import { sealPdf } from '../sealing/index.ts';
import { openToSign } from '../token/index.ts';
import type { CoreContext } from './core-context.ts';
import { readUiSettings } from './settings.ts';
import { signingKey } from './signing-keys.ts';
import { readTexts } from './texts.ts';

/** The reason that stands in the signature, in both languages of the court. */
const TRUE_COPY = 'Көшірмесі дұрыс / Копия верна';

/**
 * Lets a person of the office sign documents as true copies of the paper, all of them under one PIN: PAdES with that person's own key, each
 * verified before it counts. Errors: those of the key, `key-not-of-user`, `certificate-unfit`, `signature-check-failed`.
 */
export async function certifyCopies<T>(
  { desk, tokenHost, session: holder }: Pick<CoreContext, 'desk' | 'tokenHost' | 'session'>,
  { session, keyId }: { readonly session: Session; readonly keyId: string },
  work: (certify: Certify) => Promise<Result<T>>,
): Promise<Result<T>> {
  const key = await signingKey(desk, tokenHost, session.userId, keyId);
  if (!key.ok) return key;
  const { language } = readUiSettings(desk.store.read);
  const texts = readTexts(desk.config.resourcesDir, language);
  const display = { purpose: 'paper', title: texts('paper.certify'), lines: [TRUE_COPY], sha256: null } as const;
  const opened = await openToSign(tokenHost, key.value.ref, display, language);
  if (!opened.ok) return opened;
  const over = (): Failure | null => holder.whyOver(session.userId);
  try {
    const before = over();
    if (before) return { ok: false, error: before };
    const { certificate } = opened.value;
    // a program that may choose its key by itself is never asked
    if (certificate === null) return fail('key-not-of-user');
    const fit = await fitForSigning(desk.acts, certificate, session.userId);
    if (!fit.ok) return fit;
    return await work(async (pdf) => {
      const sealed = await sealPdf(desk.acts.sealing, opened.value, {
        ...{ pdf, level: desk.acts.level, name: fit.value, reason: TRUE_COPY },
        location: desk.profile.court.nameKk,
      });
      const after = over();
      if (after) return { ok: false, error: after };
      return sealed.ok ? ok(sealed.value.pdf) : sealed;
    });
  } finally {
    await opened.value.close();
  }
}
