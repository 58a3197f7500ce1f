import type { Request } from 'express';
import type { Asked } from '../../access/asked.ts';
import type { Caller } from '../../access/caller.ts';
import { sourceOf } from '../../accounts/origin.ts';
import { type phoneCameraRoutes as contractRoutes, Failure } from '../../contract/index.ts';
import type { RouteHandlers } from '../../http/bind.ts';
import { createRateLimit } from '../../runtime/rate-limit.ts';
import { admitPhone, endPhone, invitePhone, listPhones, openPhone, type PhoneParts, watchPhone } from './use-cases.ts';

/** Of whoever knows no secret. A hospital is one address: those who know theirs are not kept out by others behind it. */
const REFUSALS_PER_ADDRESS = { burst: 30, perMinute: 30 };
/** One telephone that comes back again and again after a lost line. */
const TICKETS_PER_PHONE = { burst: 30, perMinute: 30 };

export function phoneCameraRoutes(parts: PhoneParts): Pick<RouteHandlers, keyof typeof contractRoutes> {
  const { clock } = parts;
  const now = () => clock().getTime();
  const refused = createRateLimit({ ...REFUSALS_PER_ADDRESS, now });
  const perPhone = createRateLimit({ ...TICKETS_PER_PHONE, now });
  async function countRefusals<T>(request: Request, answering: Promise<T>): Promise<T> {
    try {
      return await answering;
    } catch (thrown) {
      if (thrown instanceof Failure && thrown.code === 'not-found') refused.take(sourceOf(request.ip ?? ''));
      throw thrown;
    }
  }
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
    'phone-camera:open': ({ body, request, requestId }) =>
      countRefusals(request, openPhone(parts, { requestId, at: clock() }, body.secret)),
    async 'phone-camera:ticket'({ body, request }) {
      const ticket = await countRefusals(request, admitPhone(parts, clock(), body));
      perPhone.take(body.cameraId);
      return ticket;
    },
  };
}
