import type { HallProgram, ProgramLayout, TrackRef } from '../../server/contract/demonstration-live.ts';
import { isSame } from '../hall/program-tracks.ts';

/** Puts a picture on air. The one that was there goes into the corner if this one came from there. */
export function withMain({ layout, main, second }: HallProgram, ref: TrackRef): HallProgram {
  return isSame(second, ref) ? { layout, main: ref, second: main } : { layout, main: ref, second };
}

/** Shows a picture beside the one on air; pressed again it takes it away. */
export function withSecond(program: HallProgram, ref: TrackRef): HallProgram {
  const { layout, main, second } = program;
  if (layout !== 'single' && isSame(second, ref)) return { layout: 'single', main, second: null };
  const both = layout === 'single' ? 'picture-in-picture' : layout;
  // Nothing is shown twice: what was on air makes room.
  if (isSame(main, ref)) return second ? { layout: both, main: second, second: ref } : program;
  return main === null ? { layout, main: ref, second: null } : { layout: both, main, second: ref };
}

/** Another arrangement of the same pictures. */
export function withLayout({ main, second }: HallProgram, layout: ProgramLayout): HallProgram {
  return { layout, main, second: layout === 'single' ? null : second };
}
