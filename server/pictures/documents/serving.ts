import type { PictureServing } from '../serving.ts';
import { toDocumentsMaterial } from './material.ts';
import { readDocumentsText } from './material-text.ts';
import { mountDocuments } from './routes.ts';

export const documents: PictureServing = {
  toMaterial: toDocumentsMaterial,
  mount: mountDocuments,
  readText: readDocumentsText,
};
