import { MantineProvider } from '@mantine/core';
import type { Failure } from '../../shared/result.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { FailureCard } from '../ui/failure-card.tsx';
import { windowTheme } from '../ui/theme/window-theme.ts';

/** The window could not learn where it is: says so instead of staying white. */
export function StartFailure({ failure, onRetry }: { readonly failure: Failure; readonly onRetry: () => void }) {
  const { t } = useTexts();
  return (
    <MantineProvider theme={windowTheme} withCssVariables={false} withGlobalClasses={false} forceColorScheme="light">
      <main>
        <h1 className="visually-hidden">{t('app.name')}</h1>
        <FailureCard failure={failure} onRetry={onRetry} />
      </main>
    </MantineProvider>
  );
}
