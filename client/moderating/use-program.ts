import type { HallProgram } from '../../server/contract/demonstration-live.ts';
import { call } from '../api/http.ts';
import { useLiveAct } from '../hall/use-live-act.ts';

export function usePutOnAir(demonstrationId: string): (program: HallProgram) => Promise<void> {
  const act = useLiveAct(demonstrationId);
  return (program) => act(() => call('demonstration:program', { params: { demonstrationId }, body: program }));
}
