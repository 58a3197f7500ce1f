import assert from 'node:assert/strict';
import { demonstrationActions, standingsOf } from '../../../server/access/demonstrations.ts';
import type { DemonstrationAction, Role } from '../../../server/contract/index.ts';
import {
  assessed,
  credited,
  replayOpened,
  replayPublished,
  replayRetired,
} from '../../../server/demonstrations/after-the-end.ts';
import {
  asked,
  begun,
  cancelled,
  consentWithdrawn,
  type Demonstration,
  ended,
  enrolmentClosed,
  enrolmentReopened,
  moved,
  opened,
  saved,
  sentBack,
  signedOff,
  toDraft,
} from '../../../server/demonstrations/demonstration.ts';
import { AT, AWAY, gapsIn, HOME, id, whole } from '../../support/demonstration-plan.ts';
import { createRandom } from '../../support/random.ts';

describe('the rules of a demonstration, walked at random', () => {
  const ROLES: Record<string, { role: Role; facilityId: string }> = {
    surgeon: { role: 'surgeon', facilityId: HOME },
    colleague: { role: 'surgeon', facilityId: HOME },
    coordinator: { role: 'coordinator', facilityId: HOME },
    theatre: { role: 'surgeon', facilityId: HOME },
    ethics: { role: 'physician', facilityId: HOME },
    moderator: { role: 'specialist', facilityId: AWAY },
    deputy: { role: 'coordinator', facilityId: AWAY },
    advocate: { role: 'physician', facilityId: HOME },
    watcher: { role: 'trainee', facilityId: AWAY },
    officer: { role: 'facility-admin', facilityId: HOME },
  };
  const DECIDES = { assess: 'assessment', credit: 'credit' } as const;
  /** What open windows left behind is known. */
  const SETTLED = new Date(AT.getTime() + 60_000);
  /** What each act makes, as its use case does. */
  const STEPS: Partial<Record<DemonstrationAction, (one: Demonstration, at: Date) => Demonstration>> = {
    'ask-sign-off': asked,
    'sign-theatre': (one, at) => signedOff(one, 'theatre', { accountId: id('theatre'), at }),
    'sign-ethics': (one, at) => signedOff(one, 'ethics', { accountId: id('ethics'), at }),
    'send-back': (one, at) => sentBack(one, '再议', at),
    'open-enrolment': opened,
    'close-enrolment': enrolmentClosed,
    'reopen-enrolment': enrolmentReopened,
    move: (one, at) => moved(one, { startsAt: one.startsAt, endsAt: one.endsAt, room: `${one.room}'` }, at),
    begin: begun,
    end: ended,
    assess: (one, at) =>
      assessed(one, { by: id('moderator'), at: at.toISOString(), liveS: 60, requiredPercent: 80, remark: '' }),
    credit: (one, at) => credited(one, { by: id('officer'), at: at.toISOString(), pointsTenths: 10 }),
    'open-replay': replayOpened,
    'publish-replay': replayPublished,
    'retire-replay': replayRetired,
    cancel: (one, at) => cancelled(one, '改期', at),
    edit: (one, at) => saved(one, { ...toDraft(one), capacity: (one.capacity ?? 0) + 1 }, { by: id('surgeon'), at }),
  };

  it('[DM1] never goes live unsigned, without consent or by whoever may not, and always ends', () => {
    const seen = new Set<string>();
    for (let seed = 1; seed <= 900; seed += 1) {
      const random = createRandom(seed);
      let one = whole();
      let isConsented = true;
      let enrolled = false;
      const trail: string[] = [one.state];
      for (let turn = 0; turn < 120; turn += 1) {
        if (random.below(60) === 0 && isConsented) {
          isConsented = false;
          one = consentWithdrawn(one, AT)?.next ?? one;
        } else {
          const name = random.pick(Object.keys(ROLES));
          const role = ROLES[name] ?? assert.fail(name);
          const standing = {
            actor: { accountId: id(name), licence: 'valid' as const, ...role },
            demonstration: one,
            isEnrolled: name === 'watcher' && enrolled,
            isInvited: name === 'watcher',
            administersEnrolled: false,
            administersHome: name === 'officer',
            facts: {
              gaps: gapsIn(one, { isConsented }),
              enrolledCount: 0,
              hallReady: true,
              isRecordConsented: true,
              isRecorded: true,
              isTeachConsented: isConsented,
              isUnchecked: false,
              at: SETTLED,
            },
          };
          const actions = demonstrationActions(standing);
          if (standingsOf(standing).length === 0) assert.deepEqual(actions, [], `seed ${seed}`);
          if (name === 'colleague') assert.deepEqual(actions, [], `seed ${seed}: a colleague`);
          if (actions.length === 0) continue;
          const action = random.pick(actions);
          // Else hardly any comes to its end.
          if (action === 'cancel' && random.below(6) > 0) continue;
          if (action === 'enrol' || action === 'withdraw') enrolled = action === 'enrol';
          const before = one;
          one = STEPS[action]?.(one, AT) ?? one;
          if (one.credit) assert.ok(one.assessment, `seed ${seed}: credited without an assessment`);
          if (action === 'assess' || action === 'credit')
            assert.equal(before[DECIDES[action]], null, `seed ${seed}: twice`);
          if (before.state === one.state) continue;
          if (one.state === 'live')
            assert.ok(isConsented && one.signOffs.theatre && one.signOffs.ethics, `seed ${seed}: ${trail.join(' ')}`);
        }
        if (trail.at(-1) !== one.state) trail.push(one.state);
      }
      assert.ok(!(one.state === 'live' && !isConsented), `seed ${seed}: live without consent`);
      seen.add(trail.join(' → '));
    }
    assert.ok(
      [...seen].some((trail) => trail.startsWith('planned → approved → enrolling → live → ended')),
      [...seen].join('\n'),
    );
    assert.ok([...seen].some((trail) => trail.endsWith('enrolling → cancelled')));
    assert.ok([...seen].some((trail) => trail.endsWith('ended → replay-review → published → retired')));
    assert.ok([...seen].some((trail) => trail.includes('ended → assessed → credited → replay-review')));
  });
});
