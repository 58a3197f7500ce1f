import type { Express, Request, Response } from 'express';
import { z } from 'zod';
import type { Asked } from '../../access/asked.ts';
import { type HomeAddress, homeAddress, openHome, type PictureHome } from '../../archive/picture-home.ts';
import type { Studies } from '../../archive/studies.ts';
import { Failure, PictureId, type SlideView } from '../../contract/index.ts';
import { signalOf } from '../../http/abort-signal.ts';
import { answer, type RouteHandlers } from '../../http/bind.ts';
import { answerImmutable } from '../../http/immutable.ts';
import { parseInput } from '../../runtime/parse.ts';
import { HomeParams, homePaths, type PictureParts } from '../parts.ts';
import { localFiles } from '../seen-file.ts';
import type { Asker } from '../thread/pool.ts';
import { getSlide, type SeenSlide } from './access.ts';
import { slideTasks } from './tasks.ts';

const Slide = HomeParams.extend({ slideId: PictureId, revision: z.string().regex(/^[0-9a-f]{16}$/) });
const Number32 = z
  .string()
  .regex(/^\d{1,9}$/)
  .transform(Number);
const Tile = z.object({
  level: Number32,
  /** Deep Zoom's file name: `column_row.format`. The format says nothing: the tile comes as the slide holds it. */
  name: z
    .string()
    .regex(/^\d{1,9}_\d{1,9}\.(jpeg|jpg|png)$/)
    .transform((name) => name.split(/[_.]/, 2).map(Number)),
});
const Associated = z.object({ index: Number32 });

type SlideParts = Pick<PictureParts, 'studies' | 'imaging' | 'clock' | 'findShown'>;

export function slideRoutes(parts: SlideParts): Pick<RouteHandlers, 'slide:read' | 'shown-slide:read'> {
  const asked = ({ caller, requestId }: Omit<Asked, 'at'>): Asked => ({ caller, requestId, at: parts.clock() });
  return {
    'slide:read': (call) => readSlide(parts, asked(call), call.params, call.response),
    'shown-slide:read': (call) => readSlide(parts, asked(call), call.params, call.response),
  };
}

async function readSlide(
  { studies, imaging, findShown }: SlideParts,
  asked: Asked,
  { slideId, ...address }: HomeAddress & { slideId: string },
  response: Response,
): Promise<SlideView> {
  const home = await openHome(studies.stores, findShown, asked, address);
  const seen = await getSlide(studies.stores, home, slideId);
  await recordSlide(studies, asked, home, slideId);
  const slide = await imaging.run(
    slideTasks,
    'pathology:slide',
    await filesOf(studies, seen),
    askerOf(asked, response),
  );
  const associated = slide.associated.filter((image) => isOpenTo(seen, image.kind));
  return { slideId, revision: seen.revision, ...slide, associated };
}

const recordSlide = ({ recordRead }: Studies, asked: Asked, { basis, consultationId }: PictureHome, slideId: string) =>
  recordRead(asked, { basis, subjectKind: 'slide', subjectId: slideId, consultationId });

const askerOf = ({ caller }: Asked, response: Response): Asker => ({
  owner: caller.accountId,
  signal: signalOf(response),
});

const isOpenTo = ({ showsLabels }: Pick<SeenSlide, 'showsLabels'>, kind: string) => kind === 'thumbnail' || showsLabels;

async function filesOf(studies: Studies, { files }: SeenSlide) {
  return { files: await localFiles(studies.files, files) };
}

type Answer = (
  asked: Asked,
  seen: SeenSlide & { home: PictureHome },
  request: Request,
  response: Response,
) => Promise<void>;

/** What a slide shows. Whether the caller may see it is asked for every tile. */
export function mountSlides(
  app: Express,
  { log, clock, studies, imaging, findShown, authenticate }: PictureParts,
): void {
  const root = 'slides/:slideId/:revision';
  const get = (path: string, name: string, answerWith: Answer) =>
    app.get(homePaths(root + path), (request, response) =>
      answer(log, `slide:${name}`, response, async (requestId) => {
        const asked = { caller: await authenticate(request), requestId, at: clock() };
        const { slideId, revision, ...address } = parseInput(Slide, request.params);
        const home = await openHome(studies.stores, findShown, asked, homeAddress(address));
        const seen = await getSlide(studies.stores, home, slideId);
        if (seen.revision !== revision) throw new Failure('not-found', 'the slide is made of other files by now');
        await recordSlide(studies, asked, home, slideId);
        await answerWith(asked, { ...seen, home }, request, response);
      }),
    );

  get('/slide_files/:level/:name', 'tile', async (asked, seen, request, response) => {
    const { level, name } = parseInput(Tile, request.params);
    const [column = 0, row = 0] = name;
    await answerImmutable(request, response, [seen.revision, 'tile', `${level}/${column}/${row}`], async () =>
      imaging.run(
        slideTasks,
        'pathology:tile',
        { ...(await filesOf(studies, seen)), level, column, row },
        askerOf(asked, response),
      ),
    );
  });

  get('/thumbnail', 'thumbnail', (asked, seen, request, response) =>
    answerImmutable(request, response, [seen.revision, 'thumbnail'], async () =>
      imaging.run(slideTasks, 'pathology:thumbnail', await filesOf(studies, seen), askerOf(asked, response)),
    ),
  );

  get('/associated/:index', 'associated', async (asked, seen, request, response) => {
    const { index } = parseInput(Associated, request.params);
    const { slideId } = parseInput(Slide, request.params);
    const { basis, consultationId } = seen.home;
    const files = await filesOf(studies, seen);
    const { associated } = await imaging.run(slideTasks, 'pathology:slide', files, askerOf(asked, response));
    const image = associated[index];
    // Whoever may not see it does not learn that it is there.
    if (!image || !isOpenTo(seen, image.kind)) throw new Failure('not-found', 'no such picture');
    const subjectId = `${slideId}/${image.kind}`;
    await studies.recordRead(asked, { basis, subjectKind: 'slide-label', subjectId, consultationId });
    await answerImmutable(request, response, [seen.revision, 'associated', String(index)], () =>
      imaging.run(slideTasks, 'pathology:associated', { ...files, index }, askerOf(asked, response)),
    );
  });
}
