import { type ReactNode, useEffect, useState } from 'react';
import type { DemonstrationView } from '../../server/contract/demonstration.ts';
import { Voices } from '../call/voices.tsx';
import { keepAwake } from '../call/wake-lock.ts';
import { PageSkeleton } from '../ui/skeleton.tsx';
import type { HallClient } from './hall-client.ts';
import { endOf, HallEnd } from './hall-end.tsx';
import type { HallState } from './hall-state.ts';
import { type OwnVoice, useOwnVoice } from './own-voice.ts';
import { NOTHING_ON_AIR } from './program-tracks.ts';
import { useHall, useHallState } from './use-hall.ts';
import { type CanPlayLate, type Lateness, useLateness } from './use-lateness.ts';
import { useLiveProgram, usePresence } from './use-presence.ts';

export interface InHall {
  view: DemonstrationView;
  client: HallClient;
  state: HallState;
  voice: OwnVoice;
  lateness: Lateness;
}

const NOBODY: HallState['people'] = [];

/** Goes into the hall and stays: everybody's voices are heard, the person is noted as present, and an end says what it is. */
export function HallVisit({
  view,
  canPlayLate,
  children,
}: {
  view: DemonstrationView;
  canPlayLate: CanPlayLate | null;
  children: (inside: InHall) => ReactNode;
}) {
  const [visit, setVisit] = useState(1);
  const { demonstrationId } = view;
  useLiveProgram(demonstrationId);
  usePresence(demonstrationId, view.actions.includes('enter'));
  return (
    <Visit key={visit} view={view} canPlayLate={canPlayLate} onAgain={() => setVisit(visit + 1)}>
      {children}
    </Visit>
  );
}

function Visit({
  view,
  canPlayLate,
  onAgain,
  children,
}: {
  view: DemonstrationView;
  canPlayLate: CanPlayLate | null;
  onAgain: () => void;
  children: (inside: InHall) => ReactNode;
}) {
  const voice = useOwnVoice();
  const client = useHall(view.demonstrationId, voice.sending);
  useEffect(() => client?.enter(), [client]);
  useEffect(() => {
    const awake = keepAwake();
    return () => awake.close();
  }, []);
  if (!client) return <PageSkeleton />;
  return (
    <Visiting view={view} canPlayLate={canPlayLate} client={client} voice={voice} onAgain={onAgain}>
      {children}
    </Visiting>
  );
}

function Visiting({
  view,
  canPlayLate,
  client,
  voice,
  onAgain,
  children,
}: Omit<InHall, 'state' | 'lateness'> & {
  canPlayLate: CanPlayLate | null;
  onAgain: () => void;
  children: (inside: InHall) => ReactNode;
}) {
  const state = useHallState(client);
  const lateness = useLateness(state, view.live?.program ?? NOTHING_ON_AIR, canPlayLate);
  const { demonstrationId } = view;
  const end = endOf(state);
  const untold = view.live?.untoldCut ?? null;
  useEffect(() => client.hearUntold(untold), [client, untold]);
  const heard = state.cut.sound ? state.people.filter(({ seat }) => seat !== 'theatre') : state.people;
  useEffect(() => {
    if (end) voice.close();
  }, [end, voice]);
  if (end)
    return (
      <HallEnd
        demonstrationId={demonstrationId}
        phase={end}
        failure={state.failure}
        onTakeOver={() => client.enter({ takeOver: true })}
        onAgain={onAgain}
      />
    );
  return (
    <>
      {/* Late, the voices come with the picture: nobody is heard twice. */}
      <Voices people={lateness.reason ? NOBODY : heard} speakerId="" />
      {children({ view, client, state, voice, lateness })}
    </>
  );
}
