import type { MaterialContent } from '../../archive/material-view.ts';
import type { PictureFile } from '../../archive/study.ts';
import { type DocumentSummary, type DocumentsMaterial, documentTypeOf } from '../../contract/index.ts';

/** The documents of a study, series by series; or the one that is a file by itself. */
export function toDocumentsMaterial({ common, series, instances, file }: MaterialContent): DocumentsMaterial {
  if (file) return { ...common, kind: 'documents', documents: [documentOfFile(file)] };
  const documents = series.flatMap(({ seriesInstanceUid, seriesDescription: description }) =>
    instances
      .filter((instance) => instance.seriesInstanceUid === seriesInstanceUid)
      .map(({ sopInstanceUid, sopClassUid, instanceNumber, pageCount, sizeBytes }) => ({
        documentId: sopInstanceUid,
        type: documentTypeOf(sopClassUid),
        description,
        number: instanceNumber,
        pageCount,
        sizeBytes,
      })),
  );
  return { ...common, kind: 'documents', documents };
}

/** A photograph has no pages; a PDF has. */
function documentOfFile({ sha256, name: description, pageCount, sizeBytes }: PictureFile): DocumentSummary {
  const type = pageCount === null ? 'photograph' : 'pdf';
  return { documentId: sha256, type, description, number: null, pageCount, sizeBytes };
}
