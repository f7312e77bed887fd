import type { ActSummary } from '../../../shared/contract/index.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Chip } from '../../ui/chip.tsx';
import type { StatusShape } from '../../ui/status-icon.tsx';

/** Signed here is not yet issued: only what the registry has confirmed is called so. */
const SHAPE: Readonly<Record<ActSummary['state'], StatusShape>> = { draft: 'unchecked', signed: 'busy', confirmed: 'ok', dispatched: 'ok' };

export function ActState({ state, setAside = false }: { readonly state: ActSummary['state']; readonly setAside?: boolean }) {
  const { t } = useTexts();
  if (setAside) return <Chip shape="none">{t('act.state.set-aside')}</Chip>;
  return <Chip shape={SHAPE[state]}>{t(`act.state.${state}`)}</Chip>;
}
