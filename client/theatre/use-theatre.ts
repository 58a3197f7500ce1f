import { useEffect, useEffectEvent, useState, useSyncExternalStore } from 'react';
import type { DemonstrationView } from '../../server/contract/demonstration.ts';
import { reportFault } from '../api/failures.ts';
import { useSession } from '../api/session.tsx';
import { askForHardware, type HardwareEncoder } from '../call/hardware-encoder.ts';
import { watchPermissions } from '../call/permission-watch.ts';
import { keepAwake } from '../call/wake-lock.ts';
import type { HallClient } from '../hall/hall-client.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { createPhoneLinks } from '../phone-camera/phone-links.ts';
import { systemClock } from '../review/clock.ts';
import { noteArrangements } from './arrangement-notes.ts';
import { startPosters } from './poster-sending.ts';
import { startTakingBack } from './taking-back.ts';
import { takeBackPhones } from './taking-back-phones.ts';
import { TheatreInputs, type TheatreInputsState } from './theatre-inputs.ts';
import { createTheatreMemory } from './theatre-memory.ts';
import { TheatreSound, type TheatreSoundState } from './theatre-sound.ts';

export interface Theatre {
  inputs: TheatreInputs;
  sound: TheatreSound;
  /** What this computer encodes. */
  hardware: HardwareEncoder;
}

/** The theatre's cameras and sound for one visit to its page. Undefined within the first frame. */
export function useTheatre({ demonstrationId, actions }: DemonstrationView): Theatre | undefined {
  const t = useTexts();
  const mayArrange = actions.includes('arrange-inputs');
  const phoneName = useEffectEvent(() => t('theatre:phone.name'));
  const [made, setMade] = useState<Theatre>();
  useEffect(() => {
    const { mediaDevices: devices } = navigator;
    const memory = createTheatreMemory(localStorage);
    const openPhoneLink = createPhoneLinks(demonstrationId, reportFault);
    const inputs = new TheatreInputs({ devices, memory, watchPermissions, openPhoneLink });
    const sound = new TheatreSound({ devices, memory });
    const awake = keepAwake();
    setMade({ inputs, sound, hardware: askForHardware() });
    inputs.start().catch(reportError);
    sound.start().catch(reportError);
    return () => {
      awake.close();
      inputs.close();
      sound.close();
    };
  }, [demonstrationId]);
  useEffect(() => {
    if (!made || !mayArrange) return undefined;
    return takeBackPhones({ demonstrationId, inputs: made.inputs, name: phoneName(), clock: systemClock });
  }, [demonstrationId, made, mayArrange]);
  return made;
}

export function useInputs(inputs: TheatreInputs): TheatreInputsState {
  return useSyncExternalStore(inputs.onState, () => inputs.state);
}

export function useSound(sound: TheatreSound): TheatreSoundState {
  return useSyncExternalStore(sound.onState, () => sound.state);
}

/** What is sent and masked here is written into the audit trail as long as anybody can see it. */
export function useArrangementNotes(
  { demonstrationId, actions }: Pick<DemonstrationView, 'demonstrationId' | 'actions'>,
  inputs: TheatreInputs,
  client: HallClient | undefined,
): void {
  const mayArrange = actions.includes('arrange-inputs');
  useEffect(
    () =>
      client && mayArrange
        ? noteArrangements({
            demonstrationId,
            inputs,
            isOnAir: () => client.state.phase === 'inside' || client.state.phase === 'returning',
            clock: systemClock,
          })
        : undefined,
    [demonstrationId, mayArrange, inputs, client],
  );
}

/** While it is live, one small picture of what is on air stands at the server for whoever's line carries none that moves; what is hidden is taken back from all who see it late. */
export function usePosters(
  { demonstrationId, live }: Pick<DemonstrationView, 'demonstrationId' | 'live'>,
  inputs: TheatreInputs,
  client: HallClient | undefined,
): void {
  const { accountId } = useSession().person;
  const program = useEffectEvent(() => (live?.beganAt ? live.program : null));
  useEffect(
    () =>
      client &&
      startPosters({ demonstrationId, inputs, client, accountId, program: () => program(), clock: systemClock }),
    [demonstrationId, inputs, client, accountId],
  );
  useEffect(
    () => startTakingBack({ demonstrationId, inputs, isLive: () => program() !== null, clock: systemClock }),
    [demonstrationId, inputs],
  );
}
