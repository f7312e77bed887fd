import { Button, Checkbox, NumberInput } from '@mantine/core';
import type { ListLayout } from '../../../shared/contract/index.ts';
import { useCommands } from '../../app/keys/use-commands.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Dialog } from '../../ui/dialog.tsx';
import type { Column } from './queue-columns.tsx';
import styles from './columns-dialog.module.css';

type Props = {
  readonly columns: readonly Column[];
  readonly layout: ListLayout;
  readonly onLayout: (layout: ListLayout) => void;
  readonly onClose: () => void;
};
const NARROWEST = 3;
const WIDEST = 40;

/** Which columns of a list are shown, and how wide; kept for the person on this desk. */
export function ColumnsDialog({ columns, layout, onLayout, onClose }: Props) {
  const { t } = useTexts();
  useCommands('dialog', { 'app.back': onClose }, { blocks: true });
  const shown = columns.filter(({ id }) => !layout.hidden.includes(id)).length;
  return (
    <Dialog title={t('queue.columns')} onClose={onClose}>
      <ul className={styles.columns}>
        {columns.map(({ id, title }, index) => {
          const isHidden = layout.hidden.includes(id);
          const width = layout.widths[id];
          return (
            <li key={id} className={styles.column}>
              <Checkbox
                label={t(title)}
                data-autofocus={index === 0 || undefined}
                checked={!isHidden}
                disabled={!isHidden && shown === 1}
                onChange={() =>
                  onLayout({ ...layout, hidden: isHidden ? layout.hidden.filter((other) => other !== id) : [...layout.hidden, id] })
                }
              />
              <NumberInput
                size="xs"
                aria-label={t('queue.widthOf', { column: t(title) })}
                placeholder={t('queue.widthAuto')}
                className={styles.width}
                min={NARROWEST}
                max={WIDEST}
                step={1}
                disabled={isHidden}
                value={width ?? ''}
                onChange={(value) => {
                  const rest = Object.fromEntries(Object.entries(layout.widths).filter(([name]) => name !== id));
                  const wide = typeof value === 'number' && value >= NARROWEST && value <= WIDEST;
                  onLayout({ ...layout, widths: wide ? { ...rest, [id]: value } : rest });
                }}
              />
            </li>
          );
        })}
      </ul>
      <Button onClick={onClose}>{t('action.close')}</Button>
    </Dialog>
  );
}
