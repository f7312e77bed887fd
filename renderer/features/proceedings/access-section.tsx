import { Button, NativeSelect } from '@mantine/core';
import { useId, useState } from 'react';
import type { GrantView, Proceedings } from '../../../shared/contract/index.ts';
import { kense } from '../../api/kense.ts';
import { useAction } from '../../api/use-action.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureCard } from '../../ui/failure-card.tsx';
import { ReasonDialog } from '../filing/reason-dialog.tsx';
import { instantOf, parseDay, parseTime, type TypedMoment } from './moment.ts';
import { MomentFields } from './moment-fields.tsx';
import { Standing } from './standing-chip.tsx';
import { Tick } from './tick.tsx';
import { useDraft } from './use-draft.ts';
import styles from './proceedings.module.css';

type AccessDraft = {
  readonly opened: boolean;
  readonly person: string;
  readonly documents: readonly string[];
  readonly until: TypedMoment;
};
const isAccess = (kept: unknown): kept is AccessDraft =>
  typeof kept === 'object' && kept !== null && 'until' in kept && 'documents' in kept && 'person' in kept && 'opened' in kept;

type Props = { readonly proceedings: Proceedings; readonly onChanged: (after: Proceedings) => void };

/** What of the case file is open to whom and until when, and every look into it. */
export function AccessSection({ proceedings, onChanged }: Props) {
  const { t } = useTexts();
  const may = proceedings.allowed.includes('grant');
  const [closing, setClosing] = useState<GrantView | null>(null);
  if (!may && proceedings.grants.length === 0) return null;
  return (
    <section className={styles.section} aria-label={t('access.title')}>
      <h2>{t('access.title')}</h2>
      <ul>
        {proceedings.grants.map((grant) => (
          <Grant key={grant.id} grant={grant} onClose={may && grant.withdrawnAt === null ? () => setClosing(grant) : null} />
        ))}
      </ul>
      {may && <AccessForm proceedings={proceedings} onChanged={onChanged} />}
      {closing && (
        <WithdrawDialog
          grant={closing}
          filingId={proceedings.filingId}
          onClose={(after) => {
            setClosing(null);
            if (after) onChanged(after);
          }}
        />
      )}
    </section>
  );
}

function Grant({ grant, onClose }: { readonly grant: GrantView; readonly onClose: (() => void) | null }) {
  const { t } = useTexts();
  const format = useFormat();
  return (
    <li className={styles.card} data-over={grant.withdrawnAt !== null || undefined}>
      <div className={styles.cardHead}>
        <h3>{grant.person}</h3>
        <Standing standing={grant.standing} done={grant.withdrawnAt === null ? t('access.opened') : t('access.closed')} />
      </div>
      <p className={styles.small}>{t('access.untilAt', { at: format.dateTime(grant.until) })}</p>
      <p className={styles.small}>{grant.documents.map(({ title }) => title).join(', ')}</p>
      {grant.reason !== null && <p className={styles.small}>{t('access.reasonWas', { reason: grant.reason })}</p>}
      <h4>{t('access.looks')}</h4>
      {grant.looks.length === 0 ? (
        <p className={styles.small}>{t('access.noLooks')}</p>
      ) : (
        <ul className={styles.small}>
          {grant.looks.map(({ at, title }) => (
            <li key={`${at} ${title}`}>
              {format.dateTime(at)} · {title}
            </li>
          ))}
        </ul>
      )}
      {onClose && (
        <div className={styles.actions}>
          <Button variant="default" size="compact-md" onClick={onClose}>
            {t('access.closeAction')}
          </Button>
        </div>
      )}
    </li>
  );
}

function AccessForm({ proceedings, onChanged }: Props) {
  const { t } = useTexts();
  const empty = (): AccessDraft => ({
    ...{ opened: false, person: proceedings.people[0]?.name ?? '', documents: [], until: { day: '', time: '18:00' } },
  });
  const { value, change, reset, drop } = useDraft(proceedings.filingId, 'access', empty, isAccess);
  const [tried, setTried] = useState(false);
  const [now] = useState(() => Date.now());
  const granting = useAction();
  if (value === null) return null;
  if (!value.opened)
    return (
      <Button variant="default" size="compact-md" onClick={() => change({ ...value, opened: true })}>
        {t('access.new')}
      </Button>
    );
  const until = instantOf(value.until);
  const wrongDay =
    parseDay(value.until.day) === null
      ? t('proceedings.dayWrong')
      : until !== null && Date.parse(until) <= now
        ? t('proceedings.dayPast')
        : null;
  const wrongTime = parseTime(value.until.time) === null ? t('proceedings.timeWrong') : null;
  const offered = proceedings.caseFile.filter(({ standing }) => standing.state === 'confirmed');
  // a draft may name what is not there any more
  const chosen = value.documents.filter((sha256) => offered.some((document) => document.sha256 === sha256));
  const wrongDocuments = chosen.length === 0 ? t('access.documentsWrong') : null;
  const grant = () => {
    setTried(true);
    if (wrongDay !== null || wrongTime !== null || wrongDocuments !== null || until === null || value.person === '') return;
    void granting.run(
      () => kense().access.grant({ filingId: proceedings.filingId, person: value.person, documents: chosen, until }),
      (after) => {
        reset();
        setTried(false);
        onChanged(after);
      },
    );
  };
  const toggle = (sha256: string, on: boolean) =>
    change({ ...value, documents: on ? [...chosen, sha256] : chosen.filter((one) => one !== sha256) });
  return (
    <form
      className={styles.form}
      aria-label={t('access.new')}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        grant();
      }}
    >
      <NativeSelect
        label={t('access.person')}
        value={value.person}
        data={proceedings.people.map(({ name }) => name)}
        onChange={(event) => change({ ...value, person: event.currentTarget.value })}
      />
      <fieldset className={styles.people}>
        <legend>{t('access.documents')}</legend>
        {tried && wrongDocuments !== null && (
          <p className={styles.error} role="alert">
            {wrongDocuments}
          </p>
        )}
        {offered.map(({ sha256, title }) => (
          <Tick key={sha256} label={title} checked={chosen.includes(sha256)} onChange={(checked) => toggle(sha256, checked)} />
        ))}
        <NotOffered caseFile={proceedings.caseFile} />
      </fieldset>
      <p className={styles.small}>{t('access.until')}</p>
      <MomentFields
        value={value.until}
        onChange={(moment) => change({ ...value, until: moment })}
        dayError={tried ? wrongDay : null}
        timeError={tried ? wrongTime : null}
      />
      {granting.failure && <FailureCard failure={granting.failure} compact />}
      <div className={styles.actions}>
        <Button type="submit" loading={granting.busy}>
          {t('access.action')}
        </Button>
        <Button
          variant="default"
          onClick={() => {
            drop();
            reset();
          }}
        >
          {t('action.cancel')}
        </Button>
      </div>
    </form>
  );
}

/** Papers that the registry does not hold: they cannot be opened to anybody yet. */
function NotOffered({ caseFile }: Pick<Proceedings, 'caseFile'>) {
  const { t } = useTexts();
  const titleId = useId();
  const lacking = caseFile.filter(({ standing }) => standing.state !== 'confirmed');
  if (lacking.length === 0) return null;
  return (
    <div>
      <p id={titleId} className={styles.small}>
        {t('access.notOffered')}
      </p>
      <ul aria-labelledby={titleId}>
        {lacking.map(({ sha256, title, standing }) => (
          <li key={sha256}>
            <bdi>{title}</bdi> <Standing standing={standing} done="" />
          </li>
        ))}
      </ul>
    </div>
  );
}

type WithdrawProps = { readonly grant: GrantView; readonly filingId: string; readonly onClose: (after?: Proceedings) => void };

function WithdrawDialog({ grant, filingId, onClose }: WithdrawProps) {
  const { t } = useTexts();
  return (
    <ReasonDialog
      title={t('access.closeTitle', { name: grant.person })}
      label={t('access.closeReason')}
      action={t('access.closeAction')}
      act={(reason) => kense().access.withdraw({ filingId, grantId: grant.id, reason })}
      onDone={onClose}
      onClose={() => onClose()}
    />
  );
}
