import { useState } from 'react';
import type { MaskedPart, ReplayDraft, ReplayView } from '../../server/contract/recording.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { clockText } from './clock-text.ts';

interface PartsProps {
  view: ReplayView;
  isBusy: boolean;
  /** @returns whether it was kept */
  save(changes: Partial<ReplayDraft>): Promise<boolean>;
}

/** From here to there: cut out, with its time, or with the picture black or the sound silent. */
export function PartTools({ view, atMs, isBusy, save }: PartsProps & { atMs: number }) {
  const t = useTexts();
  const [begun, setBegun] = useState<{ as: 'cut' | 'mask'; fromMs: number }>();
  const instant = (ms: number) => new Date(Date.parse(view.fromAt) + ms).toISOString();
  const at = clockText(atMs);
  if (!begun)
    return (
      <div className="replay-buttons">
        {(['cut', 'mask'] as const).map((as) => (
          <button
            key={as}
            type="button"
            className="button"
            disabled={isBusy}
            onClick={() => setBegun({ as, fromMs: atMs })}
          >
            {t(`replay:review.${as}From`, { at })}
          </button>
        ))}
      </div>
    );
  const { as, fromMs } = begun;
  const part = { fromAt: instant(fromMs), toAt: instant(atMs) };
  const span = { from: clockText(fromMs), to: at };
  const put = async (changes: Partial<ReplayDraft>) => {
    if (await save(changes)) setBegun(undefined);
  };
  const mask = (masks: Pick<MaskedPart, 'picture' | 'sound'>) =>
    void put({ maskedParts: [...view.maskedParts, { ...part, ...masks }] });
  const isForward = atMs > fromMs;
  const end = (text: string, onClick: () => void) => (
    <button type="button" className="button button-primary" disabled={isBusy || !isForward} onClick={onClick}>
      {text}
    </button>
  );
  return (
    <div className="replay-buttons">
      {as === 'cut' && end(t('replay:review.cutTo', span), () => void put({ cutParts: [...view.cutParts, part] }))}
      {as === 'mask' && (
        <>
          {end(t('replay:review.maskPicture', span), () => mask({ picture: true, sound: false }))}
          {end(t('replay:review.maskSound', span), () => mask({ picture: false, sound: true }))}
        </>
      )}
      <button type="button" className="button" onClick={() => setBegun(undefined)}>
        {t('cancel')}
      </button>
    </div>
  );
}

/** What is cut out and masked so far; each can be taken back until it is published. */
export function HiddenParts({ view, isBusy, save }: PartsProps) {
  const t = useTexts();
  const { cutParts, maskedParts, mayEdit } = view;
  const clockOf = (at: string) => clockText(Date.parse(at) - Date.parse(view.fromAt));
  const span = ({ fromAt, toAt }: { fromAt: string; toAt: string }) => ({ from: clockOf(fromAt), to: clockOf(toAt) });
  const keep = (text: string, changes: Partial<ReplayDraft>) =>
    mayEdit && (
      <button type="button" className="button" disabled={isBusy} onClick={() => void save(changes)}>
        {text}
      </button>
    );
  return (
    <>
      {cutParts.map((part) => (
        <li key={`cut ${part.fromAt}`}>
          <span>{t('replay:review.cut', span(part))}</span>
          {keep(t('replay:review.keep'), { cutParts: cutParts.filter((one) => one !== part) })}
        </li>
      ))}
      {maskedParts.map((part) => (
        <li key={`masked ${part.fromAt} ${part.picture}`}>
          <span>{t(part.picture ? 'replay:review.maskedPicture' : 'replay:review.maskedSound', span(part))}</span>
          {keep(t('replay:review.unmask'), { maskedParts: maskedParts.filter((one) => one !== part) })}
        </li>
      ))}
    </>
  );
}
