import { Button } from '@mantine/core';
import { useRef, useState } from 'react';
import type { DraftText } from '../../../shared/contract/index.ts';
import { ACT_TEXT_LIMITS } from '../../../shared/domain/act-text-limits.ts';
import type { ActText } from '../../../shared/domain/act-text.ts';
import { kense } from '../../api/kense.ts';
import { useAction } from '../../api/use-action.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useCommands } from '../../app/keys/use-commands.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { FailureCard } from '../../ui/failure-card.tsx';
import { KeyCap } from '../../ui/key-cap.tsx';
import { ScrollRegion } from '../../ui/scroll-region.tsx';
import { useDraft } from '../proceedings/use-draft.ts';
import { BlockEditor } from './block-editor.tsx';
import { BLOCK_TYPES, inserted, moved, newBlock, withAt, without, type BlockType } from './edit-blocks.ts';
import styles from './text-editor.module.css';

/** Opens the text of a draft to whoever may edit it now; nothing for the others. */
export function EditText({
  actId,
  revision,
  onEdited,
}: {
  readonly actId: string;
  readonly revision: number;
  readonly onEdited: () => void;
}) {
  const { t } = useTexts();
  const [open, setOpen] = useState(false);
  const importing = useAction();
  const answer = useAnswer(`text:${actId}:${revision}`, () => kense().act.text({ id: actId }));
  const replace = (after: DraftText) => {
    answer.replace(after);
    onEdited();
  };
  if (!answer.value?.may) return null;
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>
        {t('editor.open')}
      </Button>
      <Button
        variant="default"
        loading={importing.busy}
        onClick={() => void importing.run(() => kense().act.import({ id: actId, revision }), replace)}
      >
        {t('editor.import')}
      </Button>
      {importing.failure && <FailureCard failure={importing.failure} compact onClose={importing.clear} />}
      {open && (
        <TextEditor
          draft={answer.value}
          onSaved={(after) => {
            setOpen(false);
            replace(after);
          }}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}

/** What was typed, and the draft that it was typed over. */
type Typed = { readonly base: string; readonly text: ActText };
const isTyped = (kept: unknown): kept is Typed =>
  typeof kept === 'object' && kept !== null && 'base' in kept && 'text' in kept && isText(kept.text);
const isText = (text: unknown): boolean =>
  typeof text === 'object' && text !== null && 'version' in text && text.version === 1 && 'blocks' in text && Array.isArray(text.blocks);

type Props = { readonly draft: DraftText; readonly onSaved: (after: DraftText) => void; readonly onClose: () => void };

/** The text of an act between its head and its end, block by block. What is typed is kept at once; the draft changes when it is saved. */
function TextEditor({ draft, onSaved, onClose }: Props) {
  const { t } = useTexts();
  const root = useRef<HTMLDivElement>(null);
  const [adding, setAdding] = useState<BlockType>('paragraph');
  const saving = useAction();
  const typed = useDraft(draft.filingId, `text:${draft.actId}`, () => ({ base: draft.sha256, text: draft.text }), isTyped);
  const blocks = typed.value?.text.blocks ?? [];
  const change = (next: ActText['blocks'], focus?: number) => {
    typed.change({ base: typed.value?.base ?? draft.sha256, text: { version: 1, blocks: [...next] } });
    if (focus !== undefined) focusBlock(focus);
  };
  const focusBlock = (at: number) =>
    requestAnimationFrame(() => {
      const block = root.current?.querySelector<HTMLElement>(`[data-block="${at + 1}"]`);
      block?.querySelector<HTMLElement>('textarea, input[type="text"]')?.focus();
      block?.scrollIntoView({ block: 'nearest' });
    });
  const save = () => {
    if (typed.value === null) return;
    const { text } = typed.value;
    void saving.run(
      () => kense().act.edit({ id: draft.actId, revision: draft.revision, text }),
      (after) => {
        typed.drop();
        onSaved(after);
      },
    );
  };
  const startAnew = () => {
    typed.drop();
    typed.reset();
  };
  useCommands('dialog', { 'app.back': onClose, 'filing.register': save }, { blocks: true });
  const notAnAct = saving.failure?.code === 'input-invalid' ? saving.failure.params?.['reason'] : undefined;
  return (
    <Dialog title={t('editor.title')} onClose={onClose} tall>
      <p className={styles.hint}>{t('editor.hint')}</p>
      {typed.value !== null && typed.value.base !== draft.sha256 && (
        <p className={styles.warning} role="alert">
          {t('editor.older')}{' '}
          <Button variant="default" size="compact-sm" onClick={startAnew}>
            {t('editor.startAnew')}
          </Button>
        </p>
      )}
      <ScrollRegion className={styles.blocks} label={t('editor.title')}>
        <div ref={root}>
          {blocks.map((block, at) => (
            <BlockEditor
              key={at}
              block={block}
              number={at + 1}
              lang={draft.language}
              onChange={(next) => change(withAt(blocks, at, next))}
              onMove={(by) => change([...moved(blocks, at, by)], Math.min(blocks.length - 1, Math.max(0, at + by)))}
              onRemove={() => change(without(blocks, at), Math.max(0, at - 1))}
            />
          ))}
        </div>
      </ScrollRegion>
      {saving.failure &&
        (notAnAct === 'operative-missing' || notAnAct === 'operative-twice' || notAnAct === 'text-missing' ? (
          <p className={styles.error} role="alert">
            {t(`editor.${notAnAct}`)}
          </p>
        ) : (
          <FailureCard failure={saving.failure} compact onClose={saving.clear} />
        ))}
      <div className={styles.actions}>
        <select aria-label={t('editor.addType')} value={adding} onChange={(event) => setAdding(event.currentTarget.value as BlockType)}>
          {BLOCK_TYPES.map((type) => (
            <option key={type} value={type}>
              {t(`editor.${type}`)}
            </option>
          ))}
        </select>
        <Button
          variant="default"
          disabled={blocks.length >= ACT_TEXT_LIMITS.blocks}
          onClick={() => change(inserted(blocks, blocks.length, newBlock(adding)), blocks.length)}
        >
          {t('editor.add')}
        </Button>
        <span className={styles.space} />
        <Button
          loading={saving.busy}
          onClick={save}
          aria-keyshortcuts="Control+Enter"
          rightSection={<KeyCap keys="Ctrl+Enter" tone="onPrimary" />}
        >
          {t('editor.save')}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t('action.close')}
        </Button>
      </div>
    </Dialog>
  );
}
