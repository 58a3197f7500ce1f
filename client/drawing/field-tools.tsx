import { FieldShape } from '../../server/contract/field-drawing.ts';
import { useTexts } from '../i18n/use-texts.ts';
import type { FieldDrawing } from './use-field-drawing.ts';
import './field-layer.css';

/** For whoever may draw on the live picture: what the pen draws, and away with all of it. */
export function FieldTools({ drawing }: { drawing: FieldDrawing }) {
  const t = useTexts();
  const { mayDraw, tool, strokes, choose, clear } = drawing;
  if (!mayDraw) return null;
  return (
    <div className="field-tools" role="toolbar" aria-label={t('showing:field.title')} data-testid="field-tools">
      {FieldShape.options.map((shape) => (
        <button
          key={shape}
          type="button"
          className="button"
          aria-pressed={tool === shape}
          onClick={() => choose(tool === shape ? null : shape)}
        >
          {t(`showing:field.${shape}`)}
        </button>
      ))}
      <button type="button" className="button" disabled={strokes.length === 0} onClick={clear}>
        {t('showing:field.clear')}
      </button>
    </div>
  );
}
