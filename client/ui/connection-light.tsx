import { useLinkState } from '../api/link-context.tsx';
import { useTexts } from '../i18n/use-texts.ts';
import './connection-light.css';

/** The state of the line in colour and in words; the words hide only where all is well. */
export function ConnectionLight() {
  const t = useTexts();
  const state = useLinkState();
  return (
    <span className="connection-light" data-state={state} role="status" title={t(`link.${state}Hint`)}>
      <span className="connection-light-dot" aria-hidden="true" />
      <span className={state === 'connected' ? 'visually-hidden' : undefined}>{t(`link.${state}`)}</span>
    </span>
  );
}
