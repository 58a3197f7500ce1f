import type { ScaleBar } from './corner-elements.ts';
import { createSoftwareCanvas, type SharpCanvas } from './sharp-canvas.ts';
import type { ExportedPicture } from './viewer.ts';

/** As large on the printed page. */
const TEXT_PX = 11;
const MARGIN_PX = 8;
const LETTERS = '"Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", sans-serif';

/** A canvas of its own for a picture that leaves the page. */
export function createExportCanvas(widthPx: number, heightPx: number): Pick<SharpCanvas, 'canvas' | 'context'> {
  const made = createSoftwareCanvas();
  made.canvas.width = widthPx;
  made.canvas.height = heightPx;
  return made;
}

/** @throws where the browser cannot make a picture of it. */
export async function pngOf(canvas: HTMLCanvasElement): Promise<ExportedPicture> {
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (!blob) throw new Error('the browser could not make a picture of the canvas');
  return { blob, widthPx: canvas.width, heightPx: canvas.height };
}

/** Sets letters of the size of the printed page. @param scale canvas pixels in a CSS pixel of the page. @returns the margin around them. */
export function setLetters(context: CanvasRenderingContext2D, scale: number, colour: string): number {
  context.font = `${TEXT_PX * scale}px ${LETTERS}`;
  context.fillStyle = colour;
  return MARGIN_PX * scale;
}

type Across = 'left' | 'center' | 'right';
type Down = 'top' | 'middle' | 'bottom';

/** Writes on a picture, at its edges, with a dark edge around each letter. */
export interface Lettering {
  write(lines: string[], down: Down, across: Across): void;
  /** In the lower right corner. `lengthPx`: on the canvas. */
  scaleBar(bar: ScaleBar, look: { thickPx: number; outlined: boolean; label: 'right' | 'center' }): void;
}

export function createLettering(context: CanvasRenderingContext2D, scale: number, colour: string): Lettering {
  const { width, height } = context.canvas;
  const margin = setLetters(context, scale, colour);
  const lineHeight = TEXT_PX * 1.35 * scale;
  context.lineWidth = 3 * scale;
  context.lineJoin = 'round';
  context.strokeStyle = '#000000';
  const x = { left: margin, center: width / 2, right: width - margin };
  const y = { top: margin, middle: height / 2, bottom: height - margin };
  const writeAt = (lines: string[], left: number, top: number): void => {
    for (const [row, line] of lines.entries()) {
      context.strokeText(line, left, top + row * lineHeight);
      context.fillText(line, left, top + row * lineHeight);
    }
  };
  return {
    write(lines, down, across) {
      context.textAlign = across;
      context.textBaseline = down;
      writeAt(lines, x[across], y[down] - (down === 'bottom' ? (lines.length - 1) * lineHeight : 0));
    },
    scaleBar({ lengthPx, label }, look) {
      const thick = look.thickPx * scale;
      const left = x.right - lengthPx;
      if (look.outlined) context.strokeRect(left, y.bottom - thick, lengthPx, thick);
      context.fillRect(left, y.bottom - thick, lengthPx, thick);
      context.textAlign = look.label;
      context.textBaseline = 'bottom';
      const middle = look.label === 'right' ? x.right : left + lengthPx / 2;
      writeAt([label], middle, y.bottom - thick - 4 * scale);
    },
  };
}
