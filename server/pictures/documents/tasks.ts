import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import type { DocumentType } from '../../contract/document-types.ts';
import type { DocumentText } from '../../contract/documents.ts';
import { Failure } from '../../contract/failure.ts';
import { readDicomFile } from '../../formats/dicom/dicom-file.ts';
import { parsedAttributes } from '../../formats/dicom/parsed-attributes.ts';
import { readContentTree } from '../../formats/document/content-tree.ts';
import { encapsulatedDocument } from '../../formats/document/encapsulated.ts';
import { readPdfText } from '../../formats/document/pdf.ts';
import { recogniseDocument } from '../../formats/document/recognise.ts';
import type { LocalFile } from '../thread/tasks.ts';
import { openNodePdfReader } from './node-pdf-reader.ts';

export interface DocumentContent {
  mediaType: string;
  bytes: Uint8Array;
}

const CMAPS = `${dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'))}/cmaps/`;
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

  /** All that it says in letters, seen or not; of a photograph nothing. */
  async 'documents:text'(local: LocalFile & { instanceType: DocumentType | null }): Promise<string> {
    const { mediaType, bytes } = await documentTasks['documents:content'](local);
    if (mediaType === 'application/pdf') return readPdfText(bytes, openNodePdfReader, CMAPS);
    if (mediaType !== 'application/json') return '';
    const { title, lines } = JSON.parse(new TextDecoder().decode(bytes)) as DocumentText;
    return [title, ...lines.map(({ name, text }) => `${name} ${text}`)].join('\n');
  },
};
