import type { ActSummary } from '../../../shared/contract/index.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Chip } from '../../ui/chip.tsx';
import type { StatusShape } from '../../ui/status-icon.tsx';

/** Signed here is not yet issued: only what the registry has confirmed is called so. */
const SHAPE: Readonly<Record<ActSummary['state'], StatusShape>> = { draft: 'unchecked', signed: 'busy', confirmed: 'ok', dispatched: 'ok' };

export function ActState({ state }: { readonly state: ActSummary['state'] }) {
  const { t } = useTexts();
  return <Chip shape={SHAPE[state]}>{t(`act.state.${state}`)}</Chip>;
}
