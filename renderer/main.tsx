import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { fail, type Result } from '../shared/result.ts';
import { kense, settle } from './api/kense.ts';
import { App, type Start } from './app/app.tsx';
import { applySettings } from './app/apply-settings.ts';
import { TornWindow } from './app/torn-window.tsx';
import { StartFailure } from './app/start-failure.tsx';
import { startTexts } from './i18n/start-texts.ts';
import { keepFocusThroughLoading } from './ui/focus-through-loading.ts';
import './ui/styles.css';

const root = createRoot(document.getElementById('root') ?? document.body);

keepFocusThroughLoading(document);

async function ask(): Promise<Result<Start>> {
  if (!('kense' in window)) return fail('core-stopped');
  const [office, reference, settings, session] = await Promise.all([
    settle(kense().office.get({})),
    settle(kense().reference.get({})),
    settle(kense().settings.get({})),
    settle(kense().session.get({})),
  ]);
  if (!office.ok) return office;
  if (!reference.ok) return reference;
  if (!settings.ok) return settings;
  if (!session.ok) return session;
  return { ok: true, value: { office: office.value, reference: reference.value, settings: settings.value, session: session.value } };
}

async function start(): Promise<void> {
  const answer = await ask();
  await startTexts(answer.ok ? answer.value.settings.language : 'kk');
  if (!answer.ok) {
    root.render(<StartFailure failure={answer.error} onRetry={() => void start()} />);
    return;
  }
  applySettings(answer.value.settings);
  root.render(
    <StrictMode>
      {location.search === '?document' ? (
        <TornWindow settings={answer.value.settings} training={answer.value.office.mode === 'training'} />
      ) : (
        <App start={answer.value} />
      )}
    </StrictMode>,
  );
}

void start();
