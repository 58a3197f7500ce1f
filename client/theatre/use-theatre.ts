import { useEffect, useState, useSyncExternalStore } from 'react';
import { watchPermissions } from '../call/permission-watch.ts';
import { keepAwake } from '../call/wake-lock.ts';
import { TheatreInputs, type TheatreInputsState } from './theatre-inputs.ts';
import { createTheatreMemory } from './theatre-memory.ts';
import { TheatreSound, type TheatreSoundState } from './theatre-sound.ts';

export interface Theatre {
  inputs: TheatreInputs;
  sound: TheatreSound;
}

/** The theatre's cameras and sound for one visit to its page. Undefined within the first frame. */
export function useTheatre(): Theatre | undefined {
  const [made, setMade] = useState<Theatre>();
  useEffect(() => {
    const { mediaDevices: devices } = navigator;
    const memory = createTheatreMemory(localStorage);
    const inputs = new TheatreInputs({ devices, memory, watchPermissions });
    const sound = new TheatreSound({ devices, memory });
    const awake = keepAwake();
    setMade({ inputs, sound });
    inputs.start().catch(reportError);
    sound.start().catch(reportError);
    return () => {
      awake.close();
      inputs.close();
      sound.close();
    };
  }, []);
  return made;
}

export function useInputs(inputs: TheatreInputs): TheatreInputsState {
  return useSyncExternalStore(inputs.onState, () => inputs.state);
}

export function useSound(sound: TheatreSound): TheatreSoundState {
  return useSyncExternalStore(sound.onState, () => sound.state);
}
