import type { Failure } from '../../shared/result.ts';
import type { TextKey } from '../i18n/text-key.ts';
import { useTexts } from '../i18n/use-texts.ts';

/** Why a key cannot be chosen, and what to do. */
export function KeyRefusal({ failure: { code, params } }: { readonly failure: Failure }) {
  const { t, has } = useTexts();
  const exact = `key.unfit.${params?.['reason'] ?? ''}`;
  const why = code === 'certificate-unfit' && has(exact) ? t(exact as TextKey) : t(`error.${code}.title`, params);
  return (
    <>
      {why}. {t(`error.${code}.action`, params)}
    </>
  );
}
