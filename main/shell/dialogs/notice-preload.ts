import { ipcRenderer } from 'electron';
import { ANSWER_MESSAGE, QUESTION_MESSAGE, READY_MESSAGE, type NoticeQuestion } from './dialog-messages.ts';
import { dressPage } from './dress-page.ts';

/** Drives the notice page, which has no script of its own. Escape closes the window, which counts as no answer. */
function show(notice: NoticeQuestion): void {
  dressPage(notice);
  const heading = document.getElementById('heading');
  if (heading) heading.textContent = notice.heading;
  const paragraphs = notice.body.map((text) => Object.assign(document.createElement('p'), { textContent: text }));
  document.getElementById('body')?.replaceChildren(...paragraphs);
  const buttons = notice.actions.map(({ id, label }, place) => {
    const button = Object.assign(document.createElement('button'), { textContent: label, className: place === 0 ? 'primary' : '' });
    button.addEventListener('click', () => ipcRenderer.send(ANSWER_MESSAGE, id));
    return button;
  });
  document.getElementById('actions')?.replaceChildren(...buttons);
  buttons[0]?.focus();
}

ipcRenderer.once(QUESTION_MESSAGE, (_event, notice: NoticeQuestion) => show(notice));
window.addEventListener('DOMContentLoaded', () => ipcRenderer.send(READY_MESSAGE));
window.addEventListener('keydown', (press) => {
  if (press.key === 'Escape') ipcRenderer.send(ANSWER_MESSAGE, null);
});
