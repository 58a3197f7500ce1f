import type { Request } from 'express';
import type { Asked } from '../../access/asked.ts';
import type { Caller } from '../../access/caller.ts';
import { sourceOf } from '../../accounts/origin.ts';
import type { phoneCameraRoutes as contractRoutes } from '../../contract/index.ts';
import type { RouteHandlers } from '../../http/bind.ts';
import { createRateLimit } from '../../runtime/rate-limit.ts';
import { admitPhone, endPhone, invitePhone, listPhones, openPhone, type PhoneParts, watchPhone } from './use-cases.ts';

/** Several telephones behind one hospital's address that come back after a lost line. */
const PER_ADDRESS = { burst: 30, perMinute: 30 };

export function phoneCameraRoutes(parts: PhoneParts): Pick<RouteHandlers, keyof typeof contractRoutes> {
  const { clock } = parts;
  const perAddress = createRateLimit({ ...PER_ADDRESS, now: () => clock().getTime() });
  const count = (request: Request) => perAddress.take(sourceOf(request.ip ?? ''));
  const asked = ({ caller, requestId }: { caller: Caller; requestId: string }): Asked => ({
    caller,
    requestId,
    at: clock(),
  });
  return {
    'phone-camera:invite': (call) => invitePhone(parts, asked(call), call.params.demonstrationId),
    'phone-cameras:list': (call) => listPhones(parts, asked(call), call.params.demonstrationId),
    'phone-camera:watch': (call) => watchPhone(parts, asked(call), call.params),
    'phone-camera:end': (call) => endPhone(parts, asked(call), call.params),
    async 'phone-camera:open'({ body, request, requestId }) {
      count(request);
      return openPhone(parts, { requestId, at: clock() }, body.secret);
    },
    async 'phone-camera:ticket'({ body, request }) {
      count(request);
      return admitPhone(parts, clock(), body);
    },
  };
}
