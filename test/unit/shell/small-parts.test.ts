import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMAND_NAMES } from '../../../main/cli/run-cli.ts';
import { boundsOnScreen, readDeskMemory, writeDeskMemory } from '../../../main/shell/desk-memory.ts';
import { digitOf } from '../../../main/shell/dialogs/digit-of.ts';
import { readOptions } from '../../../main/shell/read-options.ts';
import { RestartBudget } from '../../../main/shell/processes/restart-budget.ts';
import { commandOf, COMMANDS } from '../../../main/shell/run-command-line.ts';
import { safeFileName } from '../../../main/shell/windows/safe-file-name.ts';

const press = (code: string, key: string, held = {}) => ({
  code,
  key,
  shiftKey: false,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  ...held,
});

describe('digits by physical key', () => {
  it.each([
    ['Digit1', '"', '1'],
    ['Digit2', 'ә', '2'],
    ['Digit0', 'қ', '0'],
    ['Digit7', 'ү', '7'],
  ])('%s gives a digit in the Kazakh layout', (code, key, digit) => {
    expect(digitOf(press(code, key))).toBe(digit);
  });

  it('leaves alone what already is a digit, shifted signs, shortcuts, letters and a cursor on the number pad', () => {
    for (const other of [
      press('Digit1', '1'),
      press('Digit1', '!', { shiftKey: true }),
      press('Digit1', '"', { ctrlKey: true }),
      press('Digit1', '"', { altKey: true }),
      press('KeyQ', 'й'),
      press('Numpad4', 'ArrowLeft'),
    ]) {
      expect(digitOf(other)).toBeNull();
    }
  });
});

describe('the budget of restarts', () => {
  it('allows three a minute and more after it', () => {
    const budget = new RestartBudget();
    expect([0, 1000, 2000, 3000].map((at) => budget.take(at))).toEqual([true, true, true, false]);
    expect(budget.take(59_999)).toBe(false);
    expect(budget.take(60_000)).toBe(true);
    expect(budget.take(60_001)).toBe(false);
  });
});

describe('the memory of the desk', () => {
  it('comes back as it was, and is the usual one when it is missing or damaged', () => {
    const dir = mkdtempSync(path.join(os.tmpdir(), 'kense-memory-'));
    try {
      const file = path.join(dir, 'deep/desk.json');
      const usual = { language: 'kk', contrast: false, textSizePercent: 100, bounds: null, maximized: false };
      expect(readDeskMemory(file)).toEqual(usual);
      const look = { language: 'ru', contrast: true, textSizePercent: 150 } as const;
      const memory = { ...look, bounds: { x: 1, y: 2, width: 1400, height: 800 }, maximized: true } as const;
      writeDeskMemory(file, memory);
      expect(readDeskMemory(file)).toEqual(memory);
      writeFileSync(file, readFileSync(file, 'utf8').slice(0, 10));
      expect(readDeskMemory(file)).toEqual(usual);
      writeFileSync(file, '{"language":"xx","contrast":1,"textSizePercent":900,"bounds":{"x":"1"},"maximized":1}');
      expect(readDeskMemory(file)).toEqual(usual);
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  });

  it('puts the window back only where a screen shows its title bar', () => {
    const screens = [{ x: 0, y: 0, width: 1366, height: 768 }];
    const at = (x: number, y: number) => boundsOnScreen({ x, y, width: 1366, height: 768 }, screens);
    expect(at(10, 10)).not.toBeNull();
    expect(at(1300, 0)).toBeNull();
    expect(at(0, 740)).toBeNull();
    expect(at(0, -20)).toBeNull();
    expect(at(1400, 0)).toBeNull();
  });
});

describe('the options of the window', () => {
  it('are read from among the switches of others', () => {
    const options = readOptions(['electron', '.', '--no-sandbox', '--training', '--registry=http://127.0.0.1:1', '--sample-filings=3']);
    expect(options).toMatchObject({
      training: true,
      registryUrl: 'http://127.0.0.1:1',
      profileDir: null,
      enrolmentCode: null,
      sampleFilings: 3,
    });
  });

  it('never let a number of samples through that is none', () => {
    for (const given of ['-1', 'x', '1e9', '2.5']) expect(readOptions([`--sample-filings=${given}`]).sampleFilings).toBe(12);
  });
});

describe('the command line of the installed program', () => {
  it('has every command', () => {
    expect([...COMMANDS].sort()).toEqual([...COMMAND_NAMES].sort());
  });

  it('is meant when the first word is a command', () => {
    expect(commandOf(['/opt/Kense/kense', 'demo', '--json'], true)).toEqual(['demo', '--json']);
    expect(commandOf(['/opt/Kense/kense', '--ozone-platform=headless', 'doctor'], true)).toEqual(['doctor']);
    expect(commandOf(['electron', '.', 'verify', 'a.p7s'], false)).toEqual(['verify', 'a.p7s']);
    expect(commandOf(['electron', '--no-sandbox', 'demo', 'talon', 'check', 'x'], false)).toEqual(['talon', 'check', 'x']);
  });

  it('is not meant by a window option or a file', () => {
    expect(commandOf(['/opt/Kense/kense'], true)).toBeNull();
    expect(commandOf(['electron', 'demo'], false)).toBeNull();
    expect(commandOf(['/opt/Kense/kense', '--training'], true)).toBeNull();
    expect(commandOf(['/opt/Kense/kense', 'letter.pdf', 'demo'], true)).toBeNull();
  });
});

describe('the name of a saved file', () => {
  it.each([
    ['Талап қою.pdf', 'Талап қою.pdf'],
    ['../../etc/passwd', '_.._etc_passwd'],
    ['..\\..\\x.pdf', '_.._x.pdf'],
    ['a/b:c*?"<>|.pdf', 'a_b_c______.pdf'],
    ['\u202Egpj.exe', '_gpj.exe'],
    ['line\nbreak\0.pdf', 'line_break_.pdf'],
    ['CON', '_CON'],
    ['nul.pdf', '_nul.pdf'],
    ['  . ', 'document'],
    ['', 'document'],
    ['.hidden', 'hidden'],
    ['end. ', 'end'],
  ])('%j becomes %j', (given, name) => {
    expect(safeFileName(given)).toBe(name);
  });

  it('is shortened with its ending kept', () => {
    const name = safeFileName(`${'Ә'.repeat(300)}.docx`);
    expect(Array.from(name)).toHaveLength(120);
    expect(name.endsWith('Ә.docx')).toBe(true);
  });
});
