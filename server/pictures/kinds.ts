import { documents } from '../documents/case/kind.ts';
import { ecg } from '../ecg/case/kind.ts';
import { imaging } from '../imaging/case/kind.ts';
import { pathology } from '../pathology/case/kind.ts';
import type { PictureKinds } from './kind.ts';

/** What the server does with each kind of picture: a further kind is one folder and one line here. */
export const pictureKinds: PictureKinds = { imaging, ecg, pathology, documents };
