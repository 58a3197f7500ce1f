import { z } from 'zod';
import { documents } from './documents.ts';
import { ecg } from './ecg.ts';
import { imaging } from './imaging.ts';
import { pathology } from './pathology.ts';

/**
 * The kinds of picture that a case can hold and a review can show. A further kind is one line here; the compiler then asks for
 * its line in `storage-classes.ts`, `client/pictures/kinds.ts` and in `server/pictures/readers.ts` and `servings.ts`.
 */
export const pictureKinds = { imaging, ecg, pathology, documents };
export type PictureKind = keyof typeof pictureKinds;

const kinds = Object.values(pictureKinds);
const atLeastOne = <T>(list: T[]) => list as [T, ...T[]];

/** Which picture. */
export const Target = z.discriminatedUnion('kind', atLeastOne(kinds.map(({ target }) => target)));
export type Target = z.infer<typeof Target>;

/** What part of a picture is shown and how, free of any screen: two windows of different size show the same thing. */
export const Viewport = z.union(atLeastOne(kinds.map(({ viewport }) => viewport)));
export type Viewport = z.infer<typeof Viewport>;

/** What is attached to a case: pictures of one kind, of one study or one file. */
export const MaterialView = z.discriminatedUnion('kind', atLeastOne(kinds.map(({ material }) => material)));
export type MaterialView = z.infer<typeof MaterialView>;
