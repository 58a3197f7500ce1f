import type { DemonstrationView } from '../../server/contract/demonstration.ts';
import type { HallClient } from '../hall/hall-client.ts';
import type { HallState } from '../hall/hall-state.ts';
import { CutSwitch } from './cut-switch.tsx';
import { useCutControl } from './use-cut-control.ts';

/** The cut switch of a window in the hall, for whoever may cut there. */
export function HallCut({ view, client, state }: { view: DemonstrationView; client: HallClient; state: HallState }) {
  const control = useCutControl(view.demonstrationId, view.live, client);
  return state.mayCut && control ? (
    <div className="cut-switch-pane">
      <CutSwitch control={control} />
    </div>
  ) : null;
}
