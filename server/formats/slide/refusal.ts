import { Failure } from '../../contract/failure.ts';

/** What stands in the file contradicts itself or the format. */
export const damaged = (message: string, cause?: unknown) =>
  new Failure('invalid-message', message, { reason: 'file-damaged', cause });

/** Something lies behind the end of the file. */
export const truncated = (message: string) => new Failure('invalid-message', message, { reason: 'file-truncated' });

/** A slide, but in a form that is not read here. */
export const unsupported = (message: string) =>
  new Failure('invalid-message', message, { reason: 'slide-encoding-unsupported' });

/** Of a slide only pictures beside it, or none that says to be the slide itself. */
export const onlyLabel = (message: string) => new Failure('invalid-message', message, { reason: 'slide-only-label' });

export const notSlide = (message: string) => new Failure('invalid-message', message, { reason: 'not-slide' });
