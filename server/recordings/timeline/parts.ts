import type { OpenParts } from '../../showing/open-use-case.ts';
import type { RecordingParts } from '../parts.ts';

/** Of what shows pictures. */
export type TimelineParts = RecordingParts & Pick<OpenParts, 'work' | 'showables' | 'recordRead'>;
