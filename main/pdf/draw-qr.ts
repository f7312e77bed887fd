import QRCode from 'qrcode';
import type { Sheet } from './sheet.ts';
import { INK, MM } from './sheet.ts';

const QUIET_MODULES = 4;
const MIN_SIDE_MM = 25;
/** Smaller modules are lost by an office printer and a cheap telephone. */
const MIN_MODULE_MM = 0.5;

/** The code as a square of modules with error correction M, its quiet zone not included. */
export function qrMatrix(text: string): { readonly size: number; readonly dark: (row: number, column: number) => boolean } {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' });
  return { size: modules.size, dark: (row, column) => modules.get(row, column) === 1 };
}

/** The side of the drawn code with its quiet zone, in points; at least 25 mm for the code itself. */
export function qrSide(text: string): number {
  const { size } = qrMatrix(text);
  return moduleSide(size) * (size + 2 * QUIET_MODULES);
}

const moduleSide = (size: number): number => Math.max(MIN_MODULE_MM, MIN_SIDE_MM / size) * MM;

/** Draws the code as one filled shape, so that no printer leaves hair lines between its modules. */
export function drawQr(sheet: Sheet, text: string, left: number, top: number, alt: string): void {
  const { doc } = sheet;
  const { size, dark } = qrMatrix(text);
  const side = moduleSide(size);
  const draw = (): void => {
    for (let row = 0; row < size; row++) {
      for (let column = 0; column < size; column++) {
        if (!dark(row, column)) continue;
        const start = column;
        while (column + 1 < size && dark(row, column + 1)) column++;
        doc.rect(left + (start + QUIET_MODULES) * side, top + (row + QUIET_MODULES) * side, (column + 1 - start) * side, side);
      }
    }
    doc.fill(INK);
  };
  sheet.tag('Figure', draw, { alt });
}
