import { Button, TextInput } from '@mantine/core';
import { useId, useRef, useState } from 'react';
import type { AnnexTarget, PaperWorkView } from '../../../shared/contract/index.ts';
import { kense } from '../../api/kense.ts';
import { useAction } from '../../api/use-action.ts';
import { useCommands } from '../../app/keys/use-commands.ts';
import { useNavigation } from '../../app/navigation.tsx';
import type { Keeping } from '../../app/use-keeping.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureCard } from '../../ui/failure-card.tsx';
import { KeyCap } from '../../ui/key-cap.tsx';
import { CertifyField, useCertifying } from './certify-field.tsx';
import paper from './paper.module.css';
import styles from './pages.module.css';

type Props = {
  readonly work: PaperWorkView;
  readonly target: AnnexTarget;
  readonly pages: number;
  /** Of the name that is typed; whoever directs the work elsewhere forgets it first. */
  readonly keeping: Keeping;
};

/** Below the pages: who handed them in, by whose key they are signed as true copies, and the press that adds them to their filing. */
export function AnnexBar({ work, target, pages, keeping }: Props) {
  const { t } = useTexts();
  const { go, replace } = useNavigation();
  const adding = useAction();
  const [name, setName] = useState(() => (keeping.waiting() as string | null) ?? target.handedInBy);
  const [wrong, setWrong] = useState<'name' | 'pages' | null>(null);
  const certifying = useCertifying();
  const field = useRef<HTMLInputElement>(null);
  const people = useId();
  const { id } = work;
  const { filingId } = target;
  const change = (next: string) => {
    setName(next);
    keeping.put(() => kense().paper.direct({ id, annexTo: { filingId, handedInBy: next } }), next);
    setWrong(null);
  };
  const add = () => {
    if (pages === 0) return setWrong('pages');
    if (name.trim() === '') {
      setWrong('name');
      return field.current?.focus();
    }
    void adding.run(
      () => kense().paper.annex({ id, handedInBy: name, keyId: certifying.keyId }),
      () => {
        keeping.forget();
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
      <CertifyField {...certifying} />
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
