import type { SignatureState } from '../../../shared/contract/index.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Chip } from '../../ui/chip.tsx';
import { SHAPE_OF_SIGNATURE } from '../../ui/status-icon.tsx';

export function SignatureChip({ state }: { readonly state: SignatureState }) {
  const { t } = useTexts();
  return <Chip shape={SHAPE_OF_SIGNATURE[state]}>{t(`sig.short.${state}`)}</Chip>;
}
