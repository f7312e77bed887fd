import { ipcRenderer } from 'electron';
import { ANSWER_MESSAGE, QUESTION_MESSAGE, READY_MESSAGE, type PinQuestion } from './dialog-messages.ts';
import { digitOf } from './digit-of.ts';
import { dressPage } from './dress-page.ts';

/**
 * Drives the PIN page, which has no script of its own. The PIN goes to the shell as bytes; the field is emptied on submit, on
 * cancel and whenever the window loses the focus.
 */
function part<T extends HTMLElement>(id: string, kind: new () => T): T {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`the page has no ${id}`);
  return found;
}

function takePin(field: HTMLInputElement): Uint8Array {
  const pin = new TextEncoder().encode(field.value);
  field.value = '';
  return pin;
}

function fill(question: PinQuestion): void {
  dressPage(question);
  const say = (id: string, text: string) => (part(id, HTMLElement).textContent = text);
  say('purpose', question.purpose);
  say('heading', question.heading);
  say('field-label', question.fieldLabel);
  say('show', question.show);
  say('ok', question.ok);
  say('cancel', question.cancel);
  say('hint', question.hint);
  say('hash-label', question.hashLabel);
  say('hash', question.hash?.replace(/(.{8})/g, '$1 ').trim() ?? '');
  part('hash-row', HTMLElement).hidden = question.hash === null;
  for (const id of ['field-label', 'field-row']) part(id, HTMLElement).hidden = question.onReader;
  part('lines', HTMLElement).replaceChildren(
    ...question.lines.map((line) => Object.assign(document.createElement('li'), { textContent: line })),
  );
}

function ask(question: PinQuestion): void {
  fill(question);
  const field = part('field', HTMLInputElement);
  const okButton = part('ok-button', HTMLButtonElement);
  const show = part('show', HTMLButtonElement);
  const warning = part('warning', HTMLElement);
  let confirmed = question.confirmFinal === null;
  let capsLock = false;

  const refresh = () => {
    okButton.disabled = field.value === '' && !question.onReader;
    warning.textContent = capsLock ? question.capsLock : (question.warning ?? '');
  };
  const hide = () => {
    field.type = 'password';
    show.setAttribute('aria-pressed', 'false');
  };
  const reveal = () => {
    field.type = 'text';
    show.setAttribute('aria-pressed', 'true');
  };
  const cancel = () => {
    takePin(field).fill(0);
    ipcRenderer.send(ANSWER_MESSAGE, null);
  };

  field.addEventListener('input', refresh);
  field.addEventListener('keydown', (press) => {
    capsLock = press.getModifierState('CapsLock') && /^[^\d]$/u.test(press.key);
    const digit = digitOf(press);
    if (digit !== null) {
      press.preventDefault();
      field.setRangeText(digit, field.selectionStart ?? field.value.length, field.selectionEnd ?? field.value.length, 'end');
    }
    refresh();
  });
  show.addEventListener('pointerdown', reveal);
  for (const end of ['pointerup', 'pointerleave', 'blur'] as const) show.addEventListener(end, hide);
  show.addEventListener('keydown', (press) => (press.code === 'Space' ? reveal() : undefined));
  show.addEventListener('keyup', hide);
  window.addEventListener('blur', () => {
    takePin(field).fill(0);
    hide();
    refresh();
  });
  window.addEventListener('keydown', (press) => (press.key === 'Escape' ? cancel() : undefined));
  part('cancel-button', HTMLButtonElement).addEventListener('click', cancel);
  part('form', HTMLFormElement).addEventListener('submit', (event) => {
    event.preventDefault();
    if (field.value === '' && !question.onReader) return;
    if (!confirmed) {
      confirmed = true;
      warning.textContent = question.confirmFinal;
      return;
    }
    const pin = takePin(field);
    hide();
    okButton.disabled = true;
    ipcRenderer.send(ANSWER_MESSAGE, pin);
    pin.fill(0);
  });
  refresh();
  (question.onReader ? okButton : field).focus();
}

ipcRenderer.once(QUESTION_MESSAGE, (_event, question: PinQuestion) => ask(question));
window.addEventListener('DOMContentLoaded', () => ipcRenderer.send(READY_MESSAGE));
