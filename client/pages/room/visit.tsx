import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { ConsultationView } from '../../../server/contract/consultation.ts';
import type { Failure } from '../../../server/contract/failure.ts';
import { consultationQuery } from '../../api/consultations.ts';
import { toFailure } from '../../api/failures.ts';
import { call as ask } from '../../api/http.ts';
import { useNotice } from '../../api/link-context.tsx';
import { type Call, useCall, useRoomState } from '../../call/use-call.ts';
import { preloadReview } from '../../review/preload.ts';
import { PageSkeleton } from '../../ui/skeleton.tsx';
import { EndScreen } from './end-screen.tsx';
import { Preview } from './preview.tsx';
import { Workspace } from './workspace.tsx';

export function Visit({ view, onAgain }: { view: ConsultationView; onAgain: () => void }) {
  const call = useCall(view.consultationId);
  return call ? <Visiting view={view} call={call} onAgain={onAgain} /> : <PageSkeleton />;
}

function Visiting({ view, call, onAgain }: { view: ConsultationView; call: Call; onAgain: () => void }) {
  const { client, media } = call;
  const { consultationId } = view;
  const queries = useQueryClient();
  const state = useRoomState(client);
  const [starting, setStarting] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const callActive = view.call !== null && view.call.endedAt === null;

  useEffect(() => preloadReview(view.materials), [view.materials]);
  useEffect(() => {
    if (callActive) client.look();
  }, [client, callActive]);
  useNotice('call:ended', (ended) => {
    if (ended.consultationId === consultationId && state.phase !== 'outside' && state.phase !== 'elsewhere')
      client.end();
  });
  const isOver = !['outside', 'elsewhere', 'joining', 'inside', 'returning'].includes(state.phase);
  useEffect(() => {
    if (!isOver) return;
    // The light of a camera in a room that one has left would be alarming.
    media.close();
    if (document.fullscreenElement) void document.exitFullscreen();
  }, [isOver, media]);

  async function enter() {
    setFailure(undefined);
    setStarting(true);
    try {
      if (!callActive) {
        await ask('call:start', { params: { consultationId } });
        void queries.invalidateQueries({ queryKey: consultationQuery(consultationId).queryKey });
      }
      client.enter();
    } catch (thrown) {
      setFailure(toFailure(thrown));
    } finally {
      setStarting(false);
    }
  }

  if (isOver) return <EndScreen view={view} state={state} onAgain={onAgain} />;
  if (state.phase === 'outside' || state.phase === 'elsewhere')
    return (
      <Preview
        view={view}
        media={media}
        state={state}
        callActive={callActive}
        busy={starting}
        failure={failure}
        onEnter={() => void enter()}
        onTakeOver={() => client.enter({ takeOver: true })}
      />
    );
  return <Workspace view={view} call={call} state={state} />;
}
