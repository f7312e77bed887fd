import type { DispatchRecipient } from '../../../shared/contract/index.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Chip } from '../../ui/chip.tsx';
import type { StatusShape } from '../../ui/status-icon.tsx';

const SHAPES: Readonly<Record<DispatchRecipient['state'], StatusShape>> = {
  ...{ queued: 'busy', waiting: 'busy', sent: 'info', delivered: 'ok', read: 'ok', failed: 'bad', unreachable: 'warn' },
};

/** How far an act is for one person; what somebody has to do stands before it. */
export function DispatchState({ recipient }: { readonly recipient: Pick<DispatchRecipient, 'state' | 'task'> }) {
  const { t } = useTexts();
  return (
    <>
      {recipient.task !== null && recipient.task !== 'address' && <Chip shape="warn">{t(`dispatch.task.${recipient.task}`)}</Chip>}
      {recipient.task !== 'letter' && <Chip shape={SHAPES[recipient.state]}>{t(`dispatch.state.${recipient.state}`)}</Chip>}
    </>
  );
}
