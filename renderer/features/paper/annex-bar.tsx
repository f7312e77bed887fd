import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useEffect, useId, useRef, useState, type RefObject } from 'react';
import type { AnnexTarget, PaperWorkView } from '../../../shared/contract/index.ts';
import { kense, settle } from '../../api/kense.ts';
import { useAction } from '../../api/use-action.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useCommands } from '../../app/keys/use-commands.ts';
import { useNavigation } from '../../app/navigation.tsx';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureCard } from '../../ui/failure-card.tsx';
import { KeyCap } from '../../ui/key-cap.tsx';
import paper from './paper.module.css';
import styles from './pages.module.css';

type Props = {
  readonly work: PaperWorkView;
  readonly target: AnnexTarget;
  readonly pages: number;
  /** A name that is typed and not kept yet; whoever directs the work elsewhere forgets it first. */
  readonly unsavedRef: RefObject<string | null>;
};
const PAUSE_MS = 400;

/** Below the pages: who handed them in, by whose key they are signed as true copies, and the press that adds them to their filing. */
export function AnnexBar({ work, target, pages, unsavedRef }: Props) {
  const { t } = useTexts();
  const { go, replace } = useNavigation();
  const adding = useAction();
  const [name, setName] = useState(target.handedInBy);
  const [wrong, setWrong] = useState<'name' | 'pages' | null>(null);
  const [keyId, setKeyId] = useState<string | null>(null);
  const keys = useAnswer('signing-keys', () => kense().keys.list({}));
  const ownKeys = (keys.value?.keys ?? []).filter(({ refusal }) => refusal === null);
  const field = useRef<HTMLInputElement>(null);
  const people = useId();
  const { id } = work;
  const { filingId } = target;
  useEffect(() => {
    const save = () => {
      const handedInBy = unsavedRef.current;
      unsavedRef.current = null;
      if (handedInBy !== null) void settle(kense().paper.direct({ id, annexTo: { filingId, handedInBy } }));
    };
    const timer = setInterval(save, PAUSE_MS);
    return () => {
      clearInterval(timer);
      save();
    };
  }, [id, filingId, unsavedRef]);
  const change = (next: string) => {
    setName(next);
    unsavedRef.current = next;
    setWrong(null);
  };
  const add = () => {
    if (pages === 0) return setWrong('pages');
    if (name.trim() === '') {
      setWrong('name');
      return field.current?.focus();
    }
    void adding.run(
      () => kense().paper.annex({ id, handedInBy: name, keyId }),
      () => {
        unsavedRef.current = null;
        go({ screen: 'queue', view: 'open' });
        replace({ screen: 'filing', id: filingId, neighbours: [] });
      },
    );
  };
  useCommands('screen', { 'filing.register': add });
  return (
    <div className={paper.bar}>
      {adding.failure && <FailureCard failure={adding.failure} compact onClose={adding.clear} />}
      <TextInput
        ref={field}
        className={styles.handedIn}
        label={t('annex.handedInBy')}
        required
        spellCheck={false}
        maxLength={400}
        list={people}
        value={name}
        error={wrong === 'name' ? t('annex.nameMissing') : undefined}
        onChange={(event) => change(event.currentTarget.value)}
      />
      <datalist id={people}>
        {target.people.map((known) => (
          <option key={known} value={known} />
        ))}
      </datalist>
      <NativeSelect
        className={paper.certify}
        label={t('paper.certify')}
        value={keyId ?? ''}
        data={[
          { value: '', label: t('paper.certify.none') },
          ...ownKeys.map(({ id: key, label }) => ({ value: key, label: t('paper.certify.with', { key: label }) })),
        ]}
        onChange={(event) => setKeyId(event.currentTarget.value || null)}
      />
      <p role="status" className={wrong === 'pages' ? styles.wrong : styles.count}>
        {wrong === 'pages'
          ? t('annex.pagesMissing')
          : t('paper.count', { documents: String(work.arrangement.documents.length), pages: String(pages) })}
      </p>
      <Button
        loading={adding.busy}
        onClick={add}
        aria-keyshortcuts="Control+Enter"
        rightSection={<KeyCap keys="Ctrl+Enter" tone="onPrimary" />}
      >
        {t('annex.add')}
      </Button>
    </div>
  );
}
