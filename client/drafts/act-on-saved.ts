import { Failure } from '../../server/contract/failure.ts';
import type { Autosave } from './autosave.ts';

/**
 * First saves what is typed, then carries out an act on the version that the server then has. It is made on what stands on the page, or not
 * at all: nobody signs, closes or ends something else than they see.
 * @throws Failure why what is typed is not with the server, or that of the act
 */
export async function actOnSaved<T, Result>(
  autosave: Autosave<T>,
  act: (version: number) => Promise<Result>,
): Promise<Result> {
  if (await autosave.flush()) return act(autosave.snapshot.version);
  const { state } = autosave.snapshot;
  if (state.kind === 'refused' || state.kind === 'retrying') throw state.failure;
  throw new Failure('conflict', 'what is typed is not saved', { reason: 'version-outdated' });
}
