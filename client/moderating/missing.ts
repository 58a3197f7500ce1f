import type { HallProgram } from '../../server/contract/demonstration-live.ts';
import type { HallState } from '../hall/hall-state.ts';
import { findPicture } from '../hall/program-tracks.ts';

/** What whoever watches would not see or hear yet. */
export function missingOf(program: HallProgram | undefined, { people, cut }: Pick<HallState, 'people' | 'cut'>) {
  const theatre = people.filter(({ seat }) => seat === 'theatre');
  const voices = theatre.flatMap(({ voice }) => voice ?? []);
  const isSent = theatre.some(({ pictures }) => pictures.some(({ paused }) => !paused));
  const main = program?.main ?? null;
  const chosen = findPicture({ people }, main);
  return [
    ...(theatre.length === 0 ? (['theatre'] as const) : []),
    ...(theatre.length > 0 && !isSent ? (['picture'] as const) : []),
    ...(theatre.length > 0 && voices.length === 0 ? (['sound'] as const) : []),
    ...(voices.length > 0 && voices.every(({ paused }) => paused) ? (['voice'] as const) : []),
    ...(main === null ? (['program'] as const) : []),
    ...(main !== null && isSent && (!chosen || chosen.track.paused) ? (['chosen'] as const) : []),
    ...(cut.picture || cut.sound ? (['cut'] as const) : []),
  ];
}
