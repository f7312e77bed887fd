import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App, type Start } from './app/app.tsx';
import { applySettings } from './app/apply-settings.ts';
import { kense, settle } from './api/kense.ts';
import { startTexts } from './i18n/start-texts.ts';
import { StartFailure } from './app/start-failure.tsx';
import { fail, type Failure, type Result } from '../shared/result.ts';
import './ui/styles.css';

const root = createRoot(document.getElementById('root')!);

async function ask(): Promise<Result<Start>> {
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

function showFailure(failure: Failure): void {
  root.render(<StartFailure failure={failure} onRetry={() => void start()} />);
}

async function start(): Promise<void> {
  const answer = 'kense' in window ? await ask() : fail('core-stopped');
  await startTexts(answer.ok ? answer.value.settings.language : 'kk');
  if (!answer.ok) {
    showFailure(answer.error);
    return;
  }
  applySettings(answer.value.settings);
  root.render(
    <StrictMode>
      <App start={answer.value} />
    </StrictMode>,
  );
}

void start();
