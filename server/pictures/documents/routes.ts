import type { Express } from 'express';
import { homeAddress, openHome } from '../../archive/picture-home.ts';
import { PictureId } from '../../contract/index.ts';
import { signalOf } from '../../http/abort-signal.ts';
import { answer } from '../../http/bind.ts';
import { answerImmutable } from '../../http/immutable.ts';
import { parseInput } from '../../runtime/parse.ts';
import { HomeParams, homePaths, type PictureParts } from '../parts.ts';
import { getDocument } from './access.ts';
import { documentTasks } from './tasks.ts';

const Params = HomeParams.extend({ documentId: PictureId });
/** Raised when a report would be read otherwise than before, so that nobody keeps the old reading. */
const READING_VERSION = '1';

/** The pages, the photograph or the text of a document. */
export function mountDocuments(
  app: Express,
  { log, clock, studies, imaging, findShown, authenticate }: PictureParts,
): void {
  app.get(homePaths('documents/:documentId'), (request, response) =>
    answer(log, 'document:read', response, async (requestId) => {
      const asked = { caller: await authenticate(request), requestId, at: clock() };
      const { documentId, ...address } = parseInput(Params, request.params);
      const home = await openHome(studies.stores, findShown, asked, homeAddress(address));
      const { basis, consultationId } = home;
      const { file, instanceType } = await getDocument(studies.stores, home, documentId);
      await studies.recordRead(asked, { basis, subjectKind: 'document', subjectId: documentId, consultationId });
      const { sha256, sizeBytes } = file;
      // A browser that is sent here shows nothing by itself: what a stranger's file wants to do, it does not do in our origin.
      response.set('content-disposition', 'attachment');
      await answerImmutable(request, response, [sha256, 'document', READING_VERSION], async () => {
        const path = await studies.files.localPath(sha256);
        return imaging.run(
          documentTasks,
          'documents:content',
          { path, sizeBytes, instanceType },
          { owner: asked.caller.accountId, signal: signalOf(response) },
        );
      });
    }),
  );
}
