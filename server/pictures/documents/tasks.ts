import { readFile } from 'node:fs/promises';
import type { DocumentType } from '../../contract/document-types.ts';
import { Failure } from '../../contract/failure.ts';
import { readDicomFile } from '../../formats/dicom/dicom-file.ts';
import { parsedAttributes } from '../../formats/dicom/parsed-attributes.ts';
import { readContentTree } from '../../formats/document/content-tree.ts';
import { encapsulatedDocument } from '../../formats/document/encapsulated.ts';
import { recogniseDocument } from '../../formats/document/recognise.ts';
import type { LocalFile } from '../thread/tasks.ts';

export interface DocumentContent {
  mediaType: string;
  bytes: Uint8Array;
}

const MEDIA_TYPES: Record<string, string> = { pdf: 'application/pdf', jpeg: 'image/jpeg', png: 'image/png' };

export const documentTasks = {
  /** What is shown of a document. @throws Failure not-found: nothing of it is. */
  async 'documents:content'({
    path,
    instanceType,
  }: LocalFile & { instanceType: DocumentType | null }): Promise<DocumentContent> {
    const file = new Uint8Array(await readFile(path));
    if (instanceType === null) return { mediaType: MEDIA_TYPES[recogniseDocument(file) ?? ''] ?? '', bytes: file };
    const { dataset } = readDicomFile(file);
    switch (instanceType) {
      case 'pdf':
        return { mediaType: 'application/pdf', bytes: encapsulatedDocument(dataset).slice() };
      case 'structured-report':
      case 'key-object-selection': {
        const text = JSON.stringify(readContentTree(parsedAttributes(dataset)));
        return { mediaType: 'application/json', bytes: new TextEncoder().encode(text) };
      }
      default:
        throw new Failure('not-found', 'nothing of this document is shown');
    }
  },
};
