import type { Batch, BatchItem } from '../../../shared/contract/index.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Chip } from '../../ui/chip.tsx';
import type { StatusShape } from '../../ui/status-icon.tsx';

const OF_BATCH: Readonly<Record<Batch['state'], StatusShape>> = { running: 'busy', stopped: 'warn', done: 'ok' };
const OF_ITEM: Readonly<Record<BatchItem['state'], StatusShape>> = {
  waiting: 'unchecked',
  signing: 'busy',
  signed: 'ok',
  failed: 'bad',
  'not-tried': 'none',
};

export function BatchState({ state }: { readonly state: Batch['state'] }) {
  const { t } = useTexts();
  return <Chip shape={OF_BATCH[state]}>{t(`batch.state.${state}`)}</Chip>;
}

export function ItemState({ state }: { readonly state: BatchItem['state'] }) {
  const { t } = useTexts();
  return <Chip shape={OF_ITEM[state]}>{t(`batch.item.${state}`)}</Chip>;
}
