import { useEffect, useRef, useState } from 'react';
import type { HallProgram } from '../../server/contract/demonstration-live.ts';
import type { CutState } from '../../sfu/contract/token.ts';
import { CutSlate } from '../hall/program-view.tsx';
import type { LateReason } from '../hall/use-lateness.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { LivePlayer, type LiveStanding } from './live-player.ts';
import './hls.css';

/** How long what ended a cut takes to arrive: three fragments, and what is kept ahead. */
const DELAY_MS = 8_000;

/** What is on air and all voices, some seconds late, over plain HTTPS. A cut shows at once, and drops what was not played yet. */
export function HlsProgram({
  demonstrationId,
  program,
  cut,
  reason,
}: {
  demonstrationId: string;
  program: HallProgram;
  cut: CutState;
  reason: LateReason;
}) {
  const t = useTexts();
  const shownCut = useLastingCut(cut);
  const [standing, setStanding] = useState<LiveStanding>('waiting');
  const isHidden = shownCut.picture;
  const isOff = useLastingOff(program.main === null);
  return (
    <div className="hall-program hls-program" data-testid="hls" data-standing={standing}>
      <HlsVideo
        // Another cut, another player: nothing that one has loaded is ever shown or heard. One that the sfu was not told of yet has no number of its own.
        key={`${cut.number} ${cut.picture} ${cut.sound}`}
        address={`/api/demonstrations/${demonstrationId}/hls/live.m3u8`}
        isHidden={isHidden}
        isSilent={shownCut.sound}
        onStanding={setStanding}
      />
      {!isHidden && standing !== 'playing' && <p className="hall-slate">{t(`demonstrationHall:hls.${standing}`)}</p>}
      {!isHidden && standing === 'playing' && isOff && (
        <p className="hall-slate">{t('demonstrationHall:program.nothing')}</p>
      )}
      <CutSlate cut={shownCut} />
      <p className="hls-note" role="status">
        {t(`demonstrationHall:hls.because.${reason}`)}
      </p>
    </div>
  );
}

function HlsVideo({
  address,
  isHidden,
  isSilent,
  onStanding,
}: {
  address: string;
  isHidden: boolean;
  isSilent: boolean;
  onStanding: (standing: LiveStanding) => void;
}) {
  const t = useTexts();
  const video = useRef<HTMLVideoElement>(null);
  const [player, setPlayer] = useState<LivePlayer>();
  const [isSilenced, setSilenced] = useState(false);
  useEffect(() => {
    if (!video.current) return undefined;
    const made = new LivePlayer({ video: video.current, address, onStanding, onSilenced: () => setSilenced(true) });
    setPlayer(made);
    return () => made.close();
  }, [address, onStanding]);
  useEffect(() => {
    // Apart from `muted`, which is the browser's and the person's.
    if (video.current) video.current.volume = isSilent ? 0 : 1;
  }, [isSilent]);
  const hear = () => {
    if (video.current) video.current.muted = false;
    setSilenced(false);
    player?.play();
  };
  return (
    <>
      {/* biome-ignore lint/a11y/useMediaCaption: a live operation has no captions. */}
      <video
        ref={video}
        className="hls-video"
        data-hidden={isHidden}
        playsInline
        aria-label={t('demonstrationHall:program.title')}
      />
      {isSilenced && (
        <button type="button" className="button button-primary hls-sound" onClick={hear}>
          {t('call:enableSound')}
        </button>
      )}
    </>
  );
}

/** That nothing is on air counts at once, what comes next only when it has arrived. */
function useLastingOff(isOff: boolean): boolean {
  const [isLasting, setLasting] = useState(isOff);
  useEffect(() => {
    if (isOff) {
      setLasting(true);
      return undefined;
    }
    const timer = setTimeout(() => setLasting(false), DELAY_MS);
    return () => clearTimeout(timer);
  }, [isOff]);
  return isOff || isLasting;
}

/** A cut counts at once, its end only when it has arrived as everything else does. */
function useLastingCut({ number, picture, sound }: CutState): CutState {
  const [lasting, setLasting] = useState({ number, picture, sound });
  const isLess = (lasting.picture && !picture) || (lasting.sound && !sound);
  useEffect(() => {
    const follow = () => setLasting({ number, picture, sound });
    if (!isLess) {
      follow();
      return undefined;
    }
    const timer = setTimeout(follow, DELAY_MS);
    return () => clearTimeout(timer);
  }, [number, picture, sound, isLess]);
  // One that is cut now counts beside one that is just ending.
  return { number, picture: picture || lasting.picture, sound: sound || lasting.sound };
}
