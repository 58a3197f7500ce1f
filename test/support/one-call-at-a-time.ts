import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withFileLock } from '../../sfu/worker/lock.ts';

const LOCK_FILE = join(tmpdir(), 'huizhen-one-call-at-a-time.lock');

/**
 * Files run two at a time; those with sound and picture in browsers never do so together: encoding for two takes more than a machine
 * of two cores has, and what they look for has limits in seconds. To be called first in a file's outermost `describe`;
 * `.setup/test-order.mjs` spreads such files over the run.
 */
export function oneCallAtATime(): void {
  let leave: () => void;
  before('waits for calls of other files', function () {
    this.timeout(0);
    return new Promise<void>((enter, fail) => {
      const stay = () =>
        new Promise<void>((end) => {
          leave = end;
          enter();
        });
      withFileLock(LOCK_FILE, () => undefined, stay).catch(fail);
    });
  });
  after(() => leave());
}
