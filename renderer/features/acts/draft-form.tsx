import { Button, NativeSelect, Radio, TextInput } from '@mantine/core';
import { useEffect, useId, useRef, useState } from 'react';
import type { FilingActs } from '../../../shared/contract/index.ts';
import { kense } from '../../api/kense.ts';
import { useAction } from '../../api/use-action.ts';
import { useActName } from '../../app/use-act-name.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { useDraft } from '../proceedings/use-draft.ts';
import { PanelForm } from '../proceedings/panel-form.tsx';
import styles from '../proceedings/proceedings.module.css';

type Wanted = { readonly kind: string; readonly language: 'kk' | 'ru'; readonly title: string };
/** Null stands for a form that is not open. */
type Open = { readonly form: Wanted | null };
const closed = (): Open => ({ form: null });
const isWanted = (kept: unknown): kept is Wanted =>
  typeof kept === 'object' && kept !== null && 'kind' in kept && 'title' in kept && 'language' in kept;
const isOpen = (kept: unknown): kept is Open =>
  typeof kept === 'object' && kept !== null && 'form' in kept && (kept.form === null || isWanted(kept.form));

type Props = { readonly filing: FilingActs; readonly onDone: (after: FilingActs) => void };

/** A button, and the form that it opens: which act is to be drafted. What was chosen is kept until it is sent or put away. */
export function DraftAct({ filing, onDone }: Props) {
  const { t } = useTexts();
  const draft = useDraft(filing.filingId, 'act', closed, isOpen);
  const [first] = filing.offered;
  if (draft.value === null || first === undefined) return null;
  const { form } = draft.value;
  const close = () => {
    draft.drop();
    draft.reset();
  };
  if (form === null)
    return (
      <div>
        <Button variant="default" onClick={() => draft.change({ form: { kind: first.kind, language: filing.language, title: '' } })}>
          {t('acts.draft')}
        </Button>
      </div>
    );
  return (
    <DraftForm
      filing={filing}
      wanted={form}
      onWanted={(next) => draft.change({ form: next })}
      onDone={(after) => {
        close();
        onDone(after);
      }}
      onCancel={close}
    />
  );
}

type FormProps = Props & {
  readonly wanted: Wanted;
  readonly onWanted: (wanted: Wanted) => void;
  readonly onCancel: () => void;
};

function DraftForm({ filing, wanted, onWanted, onDone, onCancel }: FormProps) {
  const { t } = useTexts();
  const actName = useActName();
  const titleId = useId();
  const form = useRef<HTMLFormElement>(null);
  const [tried, setTried] = useState(false);
  const saving = useAction();
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('select')?.focus({ preventScroll: true });
    form.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  const chosen = filing.offered.find(({ kind }) => kind === wanted.kind) ?? filing.offered[0]!;
  const nameless = chosen.titled && wanted.title.trim() === '';
  const submit = () => {
    setTried(true);
    if (nameless) return;
    const title = chosen.titled ? wanted.title.trim() : null;
    const { filingId } = filing;
    void saving.run(() => kense().acts.draft({ filingId, kind: chosen.kind, language: wanted.language, title }), onDone);
  };
  return (
    <PanelForm
      ref={form}
      title={t('acts.draftTitle')}
      titleId={titleId}
      action={t('acts.draftAction')}
      busy={saving.busy}
      failure={saving.failure}
      onSubmit={submit}
      onCancel={onCancel}
    >
      <NativeSelect
        label={t('acts.draftKind')}
        value={chosen.kind}
        data={filing.offered.map(({ kind }) => ({ value: kind, label: actName({ kind }) }))}
        onChange={(event) => onWanted({ ...wanted, kind: event.currentTarget.value })}
      />
      {chosen.titled && (
        <TextInput
          label={t('acts.draftName')}
          required
          maxLength={300}
          error={tried && nameless ? t('acts.draftNameMissing') : null}
          value={wanted.title}
          onChange={(event) => onWanted({ ...wanted, title: event.currentTarget.value })}
        />
      )}
      <Radio.Group
        label={t('acts.draftLanguage')}
        value={wanted.language}
        onChange={(language) => onWanted({ ...wanted, language: language === 'ru' ? 'ru' : 'kk' })}
      >
        <div className={styles.choices}>
          <Radio value="kk" label={t('language.kk')} />
          <Radio value="ru" label={t('language.ru')} />
        </div>
      </Radio.Group>
      <p className={styles.small}>{t('acts.draftHint')}</p>
    </PanelForm>
  );
}
