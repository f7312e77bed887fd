import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { ActSummary, Batch, BatchPlan, KeyChoice, SigningKeys } from '../../../shared/contract/index.ts';
import { fail, type Failure } from '../../../shared/result.ts';
import { kense } from '../../api/kense.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useEvent } from '../../api/use-event.ts';
import { useCommands } from '../../app/keys/use-commands.ts';
import { useActName } from '../../app/use-act-name.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { FailureCard } from '../../ui/failure-card.tsx';
import { KeyCap } from '../../ui/key-cap.tsx';
import { Loading } from '../../ui/loading.tsx';
import { StatusIcon } from '../../ui/status-icon.tsx';
import { KeyPicker } from './key-picker.tsx';
import styles from './sign-dialog.module.css';

type ToSign = Pick<ActSummary, 'id' | 'kind' | 'pages' | 'sha256'> & { readonly number: string; readonly title?: string | null };

type Props = {
  readonly acts: readonly ToSign[];
  readonly leftOut?: BatchPlan['leftOut'];
  /** The hash that stands for the list; shown where there are several acts. */
  readonly listSha256?: string;
  /** A batch that is gone on with keeps this certificate. */
  readonly wanted?: Batch['certificate'];
  readonly busy: boolean;
  readonly failure: Failure | null;
  readonly onSign: (keyId: string) => void;
  readonly onClose: () => void;
};

/** How often the keys are looked at while one is to be chosen. */
const LOOK_MS = 1500;

export const numberOf = (act: Pick<ActSummary, 'caseNumber' | 'incomingNumber'>): string => act.caseNumber ?? act.incomingNumber;

/** What is signed, byte for byte by its hash, and with which key. The PIN is asked afterwards, in a window of the shell. */
export function SignDialog({ acts, leftOut = [], listSha256, wanted = null, busy, failure, onSign, onClose }: Props) {
  const { t } = useTexts();
  const actName = useActName();
  const answer = useAnswer('keys', () => kense().keys.list({}));
  const { reload } = answer;
  useEvent('keysChanged', () => void reload());
  /* Not every module tells that a token came or went. */
  useEffect(() => {
    if (busy) return;
    let stopped = false;
    let timer: ReturnType<typeof setTimeout>;
    const lookLater = () => {
      timer = setTimeout(() => void reload().then(() => stopped || lookLater()), LOOK_MS);
    };
    lookLater();
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [busy, reload]);
  const [wish, setWish] = useState<string | null>(null);
  const keys = choices(answer.value, wanted);
  const fit = keys.filter(({ refusal }) => refusal === null);
  const key = fit.find(({ id }) => id === wish) ?? fit[0] ?? null;
  const sign = () => {
    if (key && acts.length > 0 && !busy) onSign(key.id);
  };
  /* What was begun ends in the window that asks for the PIN: closing this one would only hide it. */
  const close = () => {
    if (!busy) onClose();
  };
  useCommands('dialog', { 'app.back': close, 'act.sign': sign }, { blocks: true });
  const body = useRef<HTMLDivElement>(null);
  const loaded = answer.value !== null;
  useEffect(() => {
    if (!loaded) return;
    // after the dialog itself has put the focus on its first button
    const timer = setTimeout(() => body.current?.querySelector<HTMLElement>('input:checked')?.focus());
    return () => clearTimeout(timer);
  }, [loaded]);
  const [only] = acts;
  const title =
    acts.length === 1 && only ? t('sign.one', { kind: actName(only), number: only.number }) : t('sign.batch', { count: acts.length });

  const hintFor = ({ kind, asksEachTime }: KeyChoice): string => {
    if (busy) return t(kind === 'ncalayer' ? 'sign.inNcaLayer' : 'sign.pinElsewhere');
    if (acts.length < 2) return kind === 'ncalayer' ? t('sign.pinInNcaLayer') : '';
    if (kind === 'ncalayer') return t('sign.ncalayerEach', { count: acts.length });
    return t(asksEachTime ? 'sign.eachTime' : 'sign.oncePerBatch');
  };

  return (
    <Dialog title={title} onClose={close} busy={busy}>
      <div ref={body} className={styles.body}>
        {acts.length > 0 && <ActList acts={acts} />}
        {acts.length > 1 && listSha256 !== undefined && (
          <p className={styles.list}>
            {t('sign.listHash')} <code>{listSha256}</code>
          </p>
        )}
        {leftOut.length > 0 && <LeftOut leftOut={leftOut} />}
        <h2 className={styles.heading}>{t('sign.certificate')}</h2>
        {answer.value === null ? (
          answer.failure ? (
            <FailureCard failure={answer.failure} onRetry={() => void answer.reload()} />
          ) : (
            <Loading />
          )
        ) : answer.value.problem ? (
          <FailureCard failure={answer.value.problem} onRetry={() => void answer.reload()} />
        ) : keys.length === 0 ? (
          <FailureCard failure={fail('token-removed').error} onRetry={() => void answer.reload()} />
        ) : (
          <KeyPicker keys={keys} chosen={key?.id ?? null} onChoose={setWish} onEnter={sign} />
        )}
        {loaded && keys.length > 0 && fit.length === 0 && (
          <p className={styles.none} role="alert">
            {t('key.noneFits')}
          </p>
        )}
        {failure && <FailureCard failure={failure} />}
      </div>
      <div className={styles.actions}>
        <Button
          loading={busy}
          disabled={key === null || acts.length === 0}
          onClick={sign}
          aria-keyshortcuts="Enter Control+Enter"
          rightSection={<KeyCap keys="Enter" tone="onPrimary" />}
        >
          {t('sign.action')}
        </Button>
        <Button variant="default" disabled={busy} onClick={close} rightSection={<KeyCap keys="Esc" />}>
          {t('action.cancel')}
        </Button>
        <p className={styles.hint} role="status">
          {key && hintFor(key)}
        </p>
      </div>
    </Dialog>
  );
}

/** A batch that was begun with one certificate is not gone on with another. */
function choices(found: SigningKeys | null, wanted: Batch['certificate']): KeyChoice[] {
  const other = fail('batch-other-certificate').error;
  return (found?.keys ?? []).map((key) =>
    wanted && key.refusal === null && key.certificate !== null && key.certificate !== wanted.sha256 ? { ...key, refusal: other } : key,
  );
}

function ActList({ acts }: { readonly acts: readonly ToSign[] }) {
  const { t } = useTexts();
  const actName = useActName();
  return (
    <div
      className={styles.acts}
      role="region"
      aria-label={t('sign.what')}
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable without a mouse
      tabIndex={0}
    >
      <table>
        <thead>
          <tr>
            <th scope="col">{t('act.kind')}</th>
            <th scope="col">{t('filing.caseNumber')}</th>
            <th scope="col">{t('act.pages')}</th>
            <th scope="col">SHA-256</th>
          </tr>
        </thead>
        <tbody>
          {acts.map((act) => (
            <tr key={act.id}>
              <td>{actName(act)}</td>
              <td>{act.number}</td>
              <td>{act.pages}</td>
              <td>
                <code>{act.sha256}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function LeftOut({ leftOut }: { readonly leftOut: BatchPlan['leftOut'] }) {
  const { t } = useTexts();
  const actName = useActName();
  return (
    <section className={styles.leftOut}>
      <h2 className={styles.heading}>
        <StatusIcon shape="warn" size={18} /> {t('sign.leftOut')}
      </h2>
      <ul>
        {leftOut.map(({ act, failure }) => (
          <li key={act.id}>
            {actName(act)}, {numberOf(act)}: {t(`error.${failure.code}.title`, failure.params)}
          </li>
        ))}
      </ul>
    </section>
  );
}
