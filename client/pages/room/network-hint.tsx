import { useTexts } from '../../i18n/use-texts.ts';

/** From here on talk turns awkward (ITU-T G.114 counts 150 ms one way as unnoticed, 400 ms as the limit). */
const SLOW_FROM_MS = 400;

/** How the way to the media service is, in words. */
export function NetworkHint({ reachable, rttMs }: { reachable: boolean; rttMs: number | null }) {
  const t = useTexts();
  const state =
    reachable && rttMs !== null ? (rttMs >= SLOW_FROM_MS ? 'slow' : 'good') : rttMs === null ? 'checking' : 'bad';
  return (
    <p className="preview-network" role="status" data-testid="network" data-state={state}>
      <span className="preview-dot" aria-hidden="true" />
      <span>
        <b>{t(`room:preview.network.${state}`)}</b> {t(`room:preview.networkText.${state}`, { rttMs: rttMs ?? 0 })}
      </span>
    </p>
  );
}
