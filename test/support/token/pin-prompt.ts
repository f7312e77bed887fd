import type { PinPrompt, PinState, PinWay, SigningDisplay } from '../../../main/token/index.ts';

/** A person who answers these PINs one after another, null for a cancel, and is asked no oftener. */
export function promptWith(...pins: (string | null)[]) {
  const asked: { readonly display: SigningDisplay; readonly state: PinState; readonly way: PinWay }[] = [];
  const given: Buffer[] = [];
  const prompt: PinPrompt = async (display, state, way) => {
    asked.push({ display, state, way });
    const pin = pins[asked.length - 1];
    if (pin === undefined) throw new Error('asked once too often');
    if (pin === null) return null;
    given.push(Buffer.from(pin));
    return { pin: given.at(-1)! };
  };
  return { prompt, asked, given };
}

export const DISPLAY: SigningDisplay = { purpose: 'act', title: 'Ұйғарым', lines: ['9900-26-00-2/17'], sha256: 'ab'.repeat(32) };
