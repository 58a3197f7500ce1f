import { useEffect, useState, useSyncExternalStore } from 'react';
import type { CutInput } from '../../sfu/contract/token.ts';
import { failureText } from '../i18n/failure-text.ts';
import { useTexts } from '../i18n/use-texts.ts';
import type { CutControl } from './cut-control.ts';
import './cut-switch.css';

const ALL: CutInput = { picture: true, sound: true };
const PARTS = {
  picture: { picture: true, sound: false },
  sound: { picture: false, sound: true },
} as const satisfies Record<string, CutInput>;

/** Cuts by one press; ending a cut takes two, so that nobody is on air by a slip of the hand. */
export function CutSwitch({
  control,
  hasKey = false,
  isTheatre = false,
}: {
  control: CutControl;
  /** The page listens to the space bar as well. */
  hasKey?: boolean;
  /** What is cut is sent from this window. */
  isTheatre?: boolean;
}) {
  const t = useTexts();
  const { number, cut, isUntold, failure } = useSyncExternalStore(control.onState, () => control.state);
  const [askedOf, setAskedOf] = useState<number>();
  const isAsking = askedOf === number;
  const isAny = cut.picture || cut.sound;
  const isAll = cut.picture && cut.sound;
  // Elsewhere than in the theatre nothing is held back before hall or server have answered.
  const isDone = isTheatre || !isUntold;
  const which = isAll ? 'all' : cut.picture ? 'picture' : 'sound';
  const resume = () => {
    setAskedOf(undefined);
    void control.resume(cut);
  };
  return (
    <div className="cut-switch" data-testid="cut-switch" data-cut={isAny ? which : 'none'}>
      <button
        type="button"
        className="cut-switch-all"
        {...(hasKey && { 'aria-keyshortcuts': 'Space' })}
        disabled={isAll}
        onClick={() => control.cut(ALL)}
      >
        <b>{t(isAll && isDone ? 'theatre:cut.allIsCut' : 'theatre:cut.all')}</b>
        {!isAll && hasKey && <span>{t('theatre:cut.key')}</span>}
      </button>
      {!isAny && (
        <div className="cut-switch-parts">
          {(['picture', 'sound'] as const).map((part) => (
            <button key={part} type="button" className="button" onClick={() => control.cut(PARTS[part])}>
              {t(`theatre:cut.${part}`)}
            </button>
          ))}
        </div>
      )}
      <div role="status">
        {isAny && isDone && <p className="cut-switch-state">{t(`theatre:cut.state.${which}`)}</p>}
        {isUntold && (
          <p className="cut-switch-state">{t(isTheatre ? 'theatre:cut.untold' : 'theatre:cut.untoldElsewhere')}</p>
        )}
        {failure && <p className="cut-switch-state">{failureText(failure)}</p>}
      </div>
      {isAny && (
        <div className="cut-switch-parts">
          {isAsking ? (
            <ConfirmResume onResume={resume} onStay={() => setAskedOf(undefined)} />
          ) : (
            <button type="button" className="button" onClick={() => setAskedOf(number)}>
              {t('theatre:cut.resume')}
            </button>
          )}
        </div>
      )}
    </div>
  );
}

/** A double press on what asked ends no cut, nor does a held Enter. */
const NOT_BEFORE_MS = 700;

function ConfirmResume({ onResume, onStay }: { onResume: () => void; onStay: () => void }) {
  const t = useTexts();
  const [isReady, setReady] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setReady(true), NOT_BEFORE_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <>
      {/* What had the focus is gone: the next key must find a place that changes nothing. */}
      <button type="button" className="button" ref={focusOn} onClick={onStay}>
        {t('theatre:cut.stayCut')}
      </button>
      <button type="button" className="button button-primary" disabled={!isReady} onClick={onResume}>
        {t('theatre:cut.confirmResume')}
      </button>
    </>
  );
}

function focusOn(element: HTMLElement | null): void {
  element?.focus();
}
