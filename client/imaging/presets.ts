import type { VoiWindow } from '../../server/formats/image/image.ts';

export type PresetName = 'lung' | 'mediastinum' | 'bone' | 'brain' | 'abdomen';

/** Number keys 1 to 5, in this order; 0 is the file's own. */
export const presetNames: readonly PresetName[] = ['lung', 'mediastinum', 'bone', 'brain', 'abdomen'];

/**
 * Windows in HU as CT workstations ship them: lung, bone and brain as listed by Radiopaedia, "Windowing (CT)"; for the
 * mediastinum it lists 50/350 and for the abdomen 50/400, workstations mostly 40/400 and 60/400, which are taken here.
 */
export const presets: Record<PresetName, VoiWindow> = {
  lung: { center: -600, width: 1500, function: 'LINEAR' },
  mediastinum: { center: 40, width: 400, function: 'LINEAR' },
  bone: { center: 400, width: 1800, function: 'LINEAR' },
  brain: { center: 40, width: 80, function: 'LINEAR' },
  abdomen: { center: 60, width: 400, function: 'LINEAR' },
};
