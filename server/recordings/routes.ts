import type { Asked } from '../access/asked.ts';
import type { Caller } from '../access/caller.ts';
import type { recordingRoutes as contractRoutes } from '../contract/index.ts';
import type { RouteHandlers } from '../http/bind.ts';
import { readKeyImages } from './key-images.ts';
import { startRecording, stopRecording } from './record-use-cases.ts';
import { openReplay, publishReplay, readReplay, retireReplay, saveReplay } from './replay-use-cases.ts';
import type { TimelineParts } from './timeline/parts.ts';
import { readReplayEvents } from './timeline/read-events.ts';

export function recordingRoutes(parts: TimelineParts): Pick<RouteHandlers, keyof typeof contractRoutes> {
  const asked = ({ caller, requestId }: { caller: Caller; requestId: string }): Asked => ({
    caller,
    requestId,
    at: parts.clock(),
  });
  type Call = Parameters<RouteHandlers['demonstration:open-replay']>[0];
  const step = ({ params, body }: Pick<Call, 'params' | 'body'>) => ({ ...params, version: body.version });
  return {
    'demonstration:start-recording': (call) => startRecording(parts, asked(call), call.params.demonstrationId),
    'demonstration:stop-recording': (call) => stopRecording(parts, asked(call), call.params.demonstrationId),
    'demonstration:open-replay': (call) => openReplay(parts, asked(call), step(call)),
    'demonstration:publish-replay': (call) => publishReplay(parts, asked(call), step(call)),
    'demonstration:retire-replay': (call) => retireReplay(parts, asked(call), step(call)),
    'replay:read': (call) => readReplay(parts, asked(call), call.params.demonstrationId),
    'replay:events': (call) => readReplayEvents(parts, asked(call), call.params.demonstrationId, call.query.fromAt),
    'demonstration:key-images': (call) => readKeyImages(parts, asked(call), call.params.demonstrationId),
    'replay:save': (call) => saveReplay(parts, asked(call), call.params.demonstrationId, call.body),
  };
}
