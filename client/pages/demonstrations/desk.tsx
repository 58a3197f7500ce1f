import { HallGate } from '../../hall/hall-gate.tsx';
import { Desk } from '../../moderating/desk.tsx';

/** The page of moderator and deputy: each has all of the desk, so that one may leave at any time. */
export function DeskPage() {
  return (
    <HallGate title="demonstrationHall:title.desk" needs="choose-program">
      {(inside) => <Desk {...inside} />}
    </HallGate>
  );
}
