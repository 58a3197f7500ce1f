import type { PictureKind } from '../contract/index.ts';
import { documents } from './documents/reader.ts';
import { ecg } from './ecg/reader.ts';
import { imaging } from './imaging/reader.ts';
import type { PictureReader } from './reader.ts';
import { pathology } from './slide/reader.ts';

/** How each kind of picture is read, in threads: a further kind is one folder and one line here. */
export const pictureReaders: Record<PictureKind, PictureReader> = { imaging, ecg, pathology, documents };
