import { type PointerEvent, useEffect, useRef, useState } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import '../ui/form-parts.css';

/** Of the picture that is kept, whatever the size on the screen. */
const WIDTH_PX = 1200;
const HEIGHT_PX = 480;
const LINE_PX = 6;

/** A box to sign in, with a finger, a pen or the mouse. Whoever cannot is told to take a photograph of the paper. */
export function SignaturePad({ busy, onKeep }: { busy: boolean; onKeep: (picture: Blob) => void }) {
  const t = useTexts();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [isEmpty, setEmpty] = useState(true);
  useEffect(() => clear(canvas.current), []);

  function placeOf(event: PointerEvent<HTMLCanvasElement>): [x: number, y: number] {
    const box = event.currentTarget.getBoundingClientRect();
    return [((event.clientX - box.left) / box.width) * WIDTH_PX, ((event.clientY - box.top) / box.height) * HEIGHT_PX];
  }

  function begin(event: PointerEvent<HTMLCanvasElement>): void {
    if (busy || !event.isPrimary || event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const pen = event.currentTarget.getContext('2d');
    const [x, y] = placeOf(event);
    pen?.beginPath();
    pen?.moveTo(x, y);
    // A dot is a stroke too.
    pen?.lineTo(x, y);
    pen?.stroke();
    setEmpty(false);
  }

  function go(event: PointerEvent<HTMLCanvasElement>): void {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const pen = event.currentTarget.getContext('2d');
    pen?.lineTo(...placeOf(event));
    pen?.stroke();
  }

  return (
    <div className="signature-pad">
      <p className="form-hint" id="signature-hint">
        {t('consents:pad.hint')}
      </p>
      <canvas
        ref={canvas}
        width={WIDTH_PX}
        height={HEIGHT_PX}
        role="img"
        aria-label={t('consents:pad.label')}
        aria-describedby="signature-hint"
        data-testid="signature-pad"
        onPointerDown={begin}
        onPointerMove={go}
      />
      <p className="consent-buttons">
        <button
          type="button"
          className="button button-primary"
          disabled={isEmpty || busy}
          onClick={() => canvas.current?.toBlob((picture) => picture && onKeep(picture), 'image/png')}
        >
          {busy ? t('consents:sending') : t('consents:pad.keep')}
        </button>
        <button
          type="button"
          className="button"
          disabled={isEmpty || busy}
          onClick={() => {
            clear(canvas.current);
            setEmpty(true);
          }}
        >
          {t('consents:pad.clear')}
        </button>
      </p>
    </div>
  );
}

/** Dark on white, whatever the page looks like: it is printed and looked at on other screens. */
function clear(canvas: HTMLCanvasElement | null): void {
  const pen = canvas?.getContext('2d');
  if (!pen) return;
  pen.fillStyle = '#ffffff';
  pen.fillRect(0, 0, WIDTH_PX, HEIGHT_PX);
  pen.strokeStyle = '#12233f';
  pen.lineWidth = LINE_PX;
  pen.lineCap = 'round';
  pen.lineJoin = 'round';
}
