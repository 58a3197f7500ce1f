import { type CSSProperties, useEffect } from 'react';
import type { ConsultationView } from '../../../server/contract/consultation.ts';
import { useLink } from '../../api/link-context.tsx';
import { useSession } from '../../api/session.tsx';
import { othersOf, type RoomState } from '../../call/room-state.ts';
import { type Call, useMediaState } from '../../call/use-call.ts';
import { Voices } from '../../call/voices.tsx';
import { keepAwake } from '../../call/wake-lock.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { keepFinding, keepKeyImage } from '../../opinion/keep-key-image.ts';
import type { KeyImagePicture } from '../../review/key-image.ts';
import { ReviewPanel } from '../../review/review-panel.tsx';
import { Controls } from './controls.tsx';
import { PeoplePane } from './people-pane.tsx';
import { RoomBar } from './room-bar.tsx';
import { Separator } from './separator.tsx';
import { Side } from './side.tsx';
import { useLayout } from './use-layout.ts';
import './room.css';
import './room-phone.css';

/** The room itself: images large, people, chat, opinion and case beside them. */
export function Workspace({ view, call, state }: { view: ConsultationView; call: Call; state: RoomState }) {
  const t = useTexts();
  const link = useLink();
  const { person: me } = useSession();
  const devices = useMediaState(call.media);
  const layout = useLayout();
  const people = othersOf(state.people, me.accountId);
  useEffect(() => {
    const lock = keepAwake();
    return () => lock.close();
  }, []);
  const style = { '--side': `${layout.sideWidthPx}px` } as CSSProperties;
  return (
    <main className="room" data-testid="room" data-phase={state.phase} data-media={state.media}>
      <RoomBar view={view} state={state} microphone={devices.microphone} />
      <div className="room-main" data-swapped={layout.swapped} style={style}>
        <section className="room-images" aria-label={t('room:images')}>
          {view.materials.length === 0 ? (
            <p className="room-alone">{t('room:noMaterials')}</p>
          ) : (
            <ReviewPanel
              consultationId={view.consultationId}
              materials={view.materials}
              me={me}
              link={link}
              identity={view}
              mayAnnotate={view.actions.includes('annotate')}
              {...(view.actions.includes('write-opinion') && {
                onKeyImage: (picture: KeyImagePicture) => keepKeyImage(view.consultationId, picture),
                onInsert: (sentence: string) => keepFinding(view.consultationId, sentence),
              })}
            />
          )}
        </section>
        <Separator layout={layout} />
        <PeoplePane me={me} people={people} state={state} client={call.client} devices={devices} />
        <div className="room-under">
          <Voices people={people} speakerId={devices.speakerId} />
          <Controls view={view} call={call} devices={devices} layout={layout} />
        </div>
        <Side view={view} me={me} layout={layout} />
      </div>
    </main>
  );
}
