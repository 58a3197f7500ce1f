import type { PictureKind } from '../contract/index.ts';
import { documents } from './documents/serving.ts';
import { ecg } from './ecg/serving.ts';
import { imaging } from './imaging/serving.ts';
import type { PictureServing } from './serving.ts';
import { pathology } from './slide/serving.ts';

/** How each kind of picture is handed out: a further kind is one folder and one line here. */
export const pictureServings: Record<PictureKind, PictureServing> = { imaging, ecg, pathology, documents };
