import { type ReactNode, useState } from 'react';
import type { DemonstrationAction } from '../../server/contract/demonstration.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { reasonOf } from '../review/use-marks.ts';
import { ShowingPane } from './showing-pane.tsx';
import type { Showing } from './use-showing.ts';
import { WithdrawButton } from './withdraw-button.tsx';
import './showing.css';

const SHARES = ['program', 'even', 'showing'] as const;
type Share = (typeof SHARES)[number];

/** The program, and beside it what is shown of the pictures. Which of both has more room everybody chooses for themselves. */
export function BesideProgram({
  showing,
  actions,
  isOpen,
  onClose,
  children,
}: {
  showing: Showing;
  /** What the person may do with the demonstration. */
  actions: readonly DemonstrationAction[];
  /** Opened by somebody who may show, before anything is shown. */
  isOpen?: boolean;
  onClose?: () => void;
  children: ReactNode;
}) {
  const t = useTexts();
  const [share, setShare] = useState<Share>('even');
  const isShown = showing.material !== null || (isOpen === true && showing.mayShow);
  return (
    <div className="beside-program" data-showing={isShown} data-share={share}>
      {children}
      {showing.refusal !== undefined && (
        <p className="showing-refused" role="alert">
          {reasonOf(showing.refusal)}
        </p>
      )}
      {isShown && (
        <div className="beside-program-showing">
          <fieldset className="showing-shares">
            <legend className="visually-hidden">{t('showing:share.title')}</legend>
            {SHARES.map((one) => (
              <button key={one} type="button" aria-pressed={share === one} onClick={() => setShare(one)}>
                {t(`showing:share.${one}`)}
              </button>
            ))}
            {showing.material && actions.includes('withdraw-check') && (
              <WithdrawButton demonstrationId={showing.demonstrationId} materialId={showing.material.materialId} />
            )}
          </fieldset>
          <ShowingPane showing={showing} onClose={onClose} />
        </div>
      )}
    </div>
  );
}
