import type { SfuControl } from '../../sfu/control.ts';
import type { DemonstrationParts } from '../demonstrations/parts.ts';
import type { RecordingFiles } from './files.ts';

export interface RecordingParts extends DemonstrationParts {
  sfu: Pick<SfuControl, 'startRecording' | 'stopRecording' | 'findRecording'>;
  files: RecordingFiles;
}
