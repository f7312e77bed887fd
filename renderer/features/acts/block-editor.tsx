import { ActionIcon, Textarea, TextInput } from '@mantine/core';
import type { KeyboardEvent } from 'react';
import { ACT_TEXT_LIMITS } from '../../../shared/domain/act-text-limits.ts';
import type { ActBlock } from '../../../shared/domain/act-text.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Icon } from '../../ui/icon.tsx';
import { Tick } from '../proceedings/tick.tsx';
import { inserted, moved, withAt, without } from './edit-blocks.ts';
import { TableEditor } from './table-editor.tsx';
import styles from './text-editor.module.css';

type Props = {
  readonly block: ActBlock;
  /** Of the text, from 1. */
  readonly number: number;
  readonly lang: 'kk' | 'ru';
  readonly onChange: (block: ActBlock) => void;
  readonly onMove: (by: 1 | -1) => void;
  readonly onRemove: () => void;
};

/** One block of a text: plain fields, and the keys that move and remove it. */
export function BlockEditor({ block, number, lang, onChange, onMove, onRemove }: Props) {
  const { t } = useTexts();
  const name = `${t(`editor.${block.type}`)} ${number}`;
  const onKeyDown = (event: KeyboardEvent) => {
    if (!event.altKey || event.ctrlKey || event.shiftKey) return;
    const act = { ArrowUp: () => onMove(-1), ArrowDown: () => onMove(1), Delete: onRemove }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys of the fields inside that mean the whole block
    <section className={styles.block} aria-label={name} data-block={number} onKeyDown={onKeyDown}>
      <div className={styles.head}>
        <span className={styles.type}>{name}</span>
        <ActionIcon
          variant="default"
          aria-label={t('editor.upOf', { block: name })}
          aria-keyshortcuts="Alt+ArrowUp"
          onClick={() => onMove(-1)}
        >
          ↑
        </ActionIcon>
        <ActionIcon
          variant="default"
          aria-label={t('editor.downOf', { block: name })}
          aria-keyshortcuts="Alt+ArrowDown"
          onClick={() => onMove(1)}
        >
          ↓
        </ActionIcon>
        <ActionIcon variant="default" aria-label={t('editor.removeOf', { block: name })} aria-keyshortcuts="Alt+Delete" onClick={onRemove}>
          <Icon name="close" size={16} />
        </ActionIcon>
      </div>
      {block.type === 'heading' && (
        <TextInput
          aria-label={name}
          lang={lang}
          maxLength={300}
          value={block.text}
          onChange={(event) => onChange({ ...block, text: event.currentTarget.value })}
        />
      )}
      {block.type === 'paragraph' && (
        <Textarea
          aria-label={name}
          lang={lang}
          autosize
          minRows={2}
          maxRows={14}
          maxLength={ACT_TEXT_LIMITS.text}
          value={block.text}
          onChange={(event) => onChange({ ...block, text: event.currentTarget.value })}
        />
      )}
      {block.type === 'list' && (
        <Tick label={t('editor.ordered')} checked={block.ordered} onChange={(ordered) => onChange({ ...block, ordered })} />
      )}
      {(block.type === 'list' || block.type === 'operative') && (
        <Items items={block.items} name={name} lang={lang} onChange={(items) => onChange({ ...block, items })} />
      )}
      {block.type === 'table' && <TableEditor table={block} name={name} lang={lang} onChange={onChange} />}
    </section>
  );
}

type ItemsProps = {
  readonly items: readonly string[];
  readonly name: string;
  readonly lang: 'kk' | 'ru';
  readonly onChange: (items: string[]) => void;
};

/** Enter begins the next item, Backspace in an empty one takes it away, Alt+Shift+arrows move it. */
function Items({ items, name, lang, onChange }: ItemsProps) {
  const { t } = useTexts();
  const focus = (from: HTMLElement, at: number) => {
    const list = from.closest('ol');
    requestAnimationFrame(() => list?.querySelector<HTMLElement>(`[data-item="${at}"]`)?.focus());
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>, at: number) => {
    const { key, currentTarget } = event;
    if (key === 'Enter' && !event.shiftKey && !event.ctrlKey && items.length < ACT_TEXT_LIMITS.items) {
      event.preventDefault();
      onChange(inserted(items, at + 1, ''));
      focus(currentTarget, at + 1);
    } else if (key === 'Backspace' && items[at] === '' && items.length > 1) {
      event.preventDefault();
      onChange(without(items, at));
      focus(currentTarget, Math.max(0, at - 1));
    } else if (event.altKey && event.shiftKey && (key === 'ArrowUp' || key === 'ArrowDown')) {
      event.preventDefault();
      const by = key === 'ArrowUp' ? -1 : 1;
      onChange([...moved(items, at, by)]);
      focus(currentTarget, Math.min(items.length - 1, Math.max(0, at + by)));
    }
  };
  return (
    <ol className={styles.items}>
      {items.map((item, at) => (
        <li key={at}>
          <Textarea
            aria-label={t('editor.itemOf', { block: name, number: at + 1 })}
            lang={lang}
            autosize
            minRows={1}
            maxRows={8}
            maxLength={ACT_TEXT_LIMITS.item}
            data-item={at}
            value={item}
            onChange={(event) => onChange(withAt(items, at, event.currentTarget.value))}
            onKeyDown={(event) => onKeyDown(event, at)}
          />
        </li>
      ))}
    </ol>
  );
}
