import { HallGate } from '../../hall/hall-gate.tsx';
import { canPlayLate } from '../../hls/live-player.ts';
import { Watching } from '../../watching/watching.tsx';

/** The page of whoever watches a demonstration: audience, experts and the patient's advocate. */
export function WatchPage() {
  return (
    <HallGate title="demonstrationHall:title.watch" canPlayLate={canPlayLate}>
      {(inside) => <Watching {...inside} />}
    </HallGate>
  );
}
