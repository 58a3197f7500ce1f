import type { Express, Request, Response } from 'express';
import { z } from 'zod';
import { HlsName } from '../../sfu/contract/hls.ts';
import type { Asked } from '../access/asked.ts';
import type { Caller } from '../access/caller.ts';
import { Failure, Id } from '../contract/index.ts';
import { answer } from '../http/bind.ts';
import { parseInput } from '../runtime/parse.ts';
import { createHls, type HlsParts } from './hls-use-cases.ts';
import { playlistOf } from './playlist.ts';
import { Refusals } from './refusals.ts';

const PATH = '/api/demonstrations/:demonstrationId/hls';
const OfHall = z.object({ demonstrationId: Id });
const Playing = z.object({ playing: HlsName.optional() });
const Fragment = OfHall.extend({ name: HlsName });
const ACCESS_PATH = '/api/hls-access';
/** What nginx has in hand when it asks whether somebody may have its copy, as the browser wrote it: nothing in it is decoded. */
const KEPT_PATH = /^\/api\/demonstrations\/([^/?]+)\/hls\/([^/?]+)(?:\?.*)?$/;

/** `GET` of the playlist of a live demonstration and of its fragments, for whoever may be in its hall; `DELETE` takes back what was made. */
export function bindHls(app: Express, parts: HlsParts & { authenticate(request: Request): Promise<Caller> }): void {
  const hls = createHls(parts);
  const refusals = new Refusals(parts.log);
  const bind = (
    path: string,
    name: string,
    work: (asked: Asked, request: Request, response: Response) => Promise<void>,
    method: 'get' | 'delete' = 'get',
  ) =>
    app[method](path, (request, response) =>
      answer(
        parts.log,
        name,
        response,
        async (requestId) => {
          const caller = await parts.authenticate(request);
          await work({ caller, requestId, at: parts.clock() }, request, response);
        },
        (code) => method === 'get' && refusals.count(demonstrationOf(request), code),
      ),
    );

  bind(`${PATH}/live.m3u8`, 'demonstration:hls', async (asked, request, response) => {
    const { demonstrationId } = parseInput(OfHall, request.params);
    const { playing } = parseInput(Playing, request.query);
    const playlist = playlistOf(await hls.readPlaylist(asked, demonstrationId, playing));
    response.set('cache-control', 'no-store').type('application/vnd.apple.mpegurl').send(playlist);
  });
  bind(
    PATH,
    'demonstration:take-hls-back',
    async (asked, request, response) => {
      await hls.takeBack(asked, parseInput(OfHall, request.params).demonstrationId);
      response.sendStatus(204);
    },
    'delete',
  );
  bind(ACCESS_PATH, 'demonstration:hls-access', async (asked, request, response) => {
    const [, demonstrationId, name] = KEPT_PATH.exec(request.get('x-original-uri') ?? '') ?? [];
    const kept = Fragment.safeParse({ demonstrationId, name });
    if (!kept.success) throw new Failure('forbidden', 'no address of a fragment');
    try {
      await hls.requireFragment(asked, kept.data.demonstrationId, kept.data.name);
    } catch (thrown) {
      // nginx knows two refusals, and takes all else for a fault of the server.
      const isRefused = thrown instanceof Failure && ['not-found', 'conflict'].includes(thrown.code);
      throw isRefused ? new Failure('forbidden', thrown.message) : thrown;
    }
    response.status(204).set('cache-control', 'no-store').end();
  });
  bind(`${PATH}/:name`, 'demonstration:hls-fragment', async (asked, request, response) => {
    const { demonstrationId, name } = parseInput(Fragment, request.params);
    const bytes = await hls.readFragment(asked, demonstrationId, name);
    // A shared PC keeps nothing of it; nginx asks for each person before it hands out its copy.
    response.set({ 'cache-control': 'no-store', 'content-type': 'video/mp4' }).send(Buffer.from(bytes));
  });
}

/** undefined: of none. */
function demonstrationOf(request: Request): string | undefined {
  const [, kept] = KEPT_PATH.exec(request.get('x-original-uri') ?? '') ?? [];
  return Id.safeParse(kept ?? request.params['demonstrationId']).data;
}
