import { useEffect, useState } from 'react';
import type { DemonstrationLive } from '../../server/contract/demonstration-live.ts';
import type { CutInput } from '../../sfu/contract/token.ts';
import { call } from '../api/http.ts';
import { useNotice } from '../api/link-context.tsx';
import type { HallClient } from '../hall/hall-client.ts';
import { systemClock } from '../review/clock.ts';
import { CutControl, type CutWay } from './cut-control.ts';

const serverWay = (demonstrationId: string): CutWay => ({
  cut: (body) => call('demonstration:cut', { params: { demonstrationId }, body }),
  resume: (body) => call('demonstration:resume-cut', { params: { demonstrationId }, body }),
});

const NOTHING_HELD = () => {};

/**
 * The cut switch of this window. Undefined within the first frame.
 * @param client where the window is in the hall: its own word and ear there, which need no server
 * @param live as the server has it: of use while nothing is heard from the hall
 * @param hold holds back what this window itself sends of the theatre
 */
export function useCutControl(
  demonstrationId: string,
  live: DemonstrationLive | null,
  client?: HallClient,
  hold: (what: CutInput) => void = NOTHING_HELD,
): CutControl | undefined {
  const [made, setMade] = useState<CutControl>();
  useEffect(() => {
    const hall = client && {
      cut: (what: CutInput) => client.cut(what),
      resume: ({ picture, sound }: CutInput) => client.resume({ picture, sound }),
    };
    const server = serverWay(demonstrationId);
    const control = new CutControl({ server, hold, clock: systemClock, ...(hall && { hall }) });
    setMade(control);
    const follow = () => {
      if (client && client.state.phase === 'inside') control.hear(client.state.cut);
    };
    const stop = client?.onState(follow);
    follow();
    return () => {
      stop?.();
      control.close();
    };
  }, [demonstrationId, client, hold]);
  const isInHall = () => client !== undefined && ['inside', 'returning'].includes(client.state.phase);
  const told = live?.cut;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what the server tells anew is news.
  useEffect(() => {
    if (told && !isInHall()) made?.hear(told);
  }, [made, told]);
  const untold = live?.untoldCut ?? null;
  useEffect(() => made?.hearUntold(untold), [made, untold]);
  useNotice('demonstration:cut-changed', (notice) => {
    if (notice.demonstrationId !== demonstrationId) return;
    made?.hearUntold(notice.untoldCut);
    if (!isInHall()) made?.hear(notice.cut);
  });
  return made;
}
