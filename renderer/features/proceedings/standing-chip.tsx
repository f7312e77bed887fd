import type { StandingView } from '../../../shared/contract/index.ts';
import { textCodeOf } from '../sync/parked-actions.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { Chip } from '../../ui/chip.tsx';
import styles from './proceedings.module.css';

const SHAPES = { waiting: 'busy', refused: 'warn', confirmed: 'ok' } as const;

/** How far it is; why the registry did not take it, and where that is put right. */
export function Standing({ standing, done }: { readonly standing: StandingView; readonly done: string }) {
  const { t, named } = useTexts();
  return (
    <>
      <Chip shape={SHAPES[standing.state]}>{standing.state === 'confirmed' ? done : t(`proceedings.standing.${standing.state}`)}</Chip>
      {standing.state === 'refused' && (
        <p className={styles.refused}>
          {named('parked', `${textCodeOf(standing.code ?? '')}.why`)} {t('proceedings.refusedWhere')}
        </p>
      )}
    </>
  );
}
