import assert from 'node:assert/strict';
import {
  GRACE_MS,
  type Interval,
  intersect,
  presenceOf,
  type Stretch,
  secondsOf,
  servedOf,
} from '../../../server/demonstrations/attendance.ts';
import { toCsv } from '../../../server/demonstrations/attendance-routes.ts';
import { createRandom } from '../../support/random.ts';

const START = Date.parse('2026-12-01T01:00:00.000Z');
const at = (seconds: number): string => new Date(START + seconds * 1000).toISOString();
const stretch = (from: number, to: number, hasLeft = true): Stretch => ({
  fromAt: at(from),
  lastSeenAt: at(to),
  toAt: at(to),
  hasLeft,
});
const seconds = (intervals: readonly Interval[]): [number, number][] =>
  intervals.map(({ fromMs, toMs }) => [(fromMs - START) / 1000, (toMs - START) / 1000]);

describe('who was there', () => {
  it('[DM13] counts a person once, however many windows they have', () => {
    assert.deepEqual(seconds(presenceOf([stretch(0, 100), stretch(50, 200), stretch(60, 70)])), [[0, 200]]);
    assert.deepEqual(seconds(presenceOf([stretch(50, 200), stretch(0, 100)])), [[0, 200]], 'in any order');
    assert.deepEqual(presenceOf([]), []);
  });

  it('[DM13] takes a lost line that is back within the grace for no absence, and leaving for one', () => {
    const grace = GRACE_MS / 1000;
    assert.deepEqual(seconds(presenceOf([stretch(0, 100, false), stretch(100 + grace, 300)])), [[0, 300]]);
    assert.deepEqual(seconds(presenceOf([stretch(0, 100, false), stretch(101 + grace, 300)])), [
      [0, 100],
      [101 + grace, 300],
    ]);
    assert.deepEqual(seconds(presenceOf([stretch(0, 100, true), stretch(102, 300)])), [
      [0, 100],
      [102, 300],
    ]);
    // One window was lost while the other one, left before, says nothing about it.
    assert.deepEqual(seconds(presenceOf([stretch(0, 100, false), stretch(10, 90, true), stretch(150, 200)])), [
      [0, 200],
    ]);
  });

  it('[DM13] counts an open window to when the server saw it last, and no further', () => {
    const open = { fromAt: at(0), lastSeenAt: at(60), toAt: null, hasLeft: false };
    assert.deepEqual(seconds(presenceOf([open])), [[0, 60]]);
  });

  it('[DM13] counts only what lies in the time in which it was live', () => {
    const live = [{ fromMs: START + 50_000, toMs: START + 150_000 }];
    const there = presenceOf([stretch(0, 100), stretch(120, 400)]);
    assert.deepEqual(seconds(intersect(there, live)), [
      [50, 100],
      [120, 150],
    ]);
    assert.equal(secondsOf(intersect(there, live)), 80);
    assert.deepEqual(intersect(there, []), []);
  });

  it('[DM13] takes from the live time that in which no server was up, whoever was connected before and after', () => {
    const live = { fromMs: START, toMs: START + 6_000_000 };
    const served = (...noted: [number, number][]) =>
      seconds(
        servedOf(
          live,
          noted.map(([from, to]) => ({ fromAt: at(from), toAt: at(to) })),
        ),
      );
    const grace = GRACE_MS / 1000;
    assert.deepEqual(served(), [[0, 6000]], 'from before it was noted');
    assert.deepEqual(served([0, 5980]), [[0, 6000]]);
    assert.deepEqual(served([0, 1000], [1000 + grace, 5980]), [[0, 6000]], 'a restart');
    assert.deepEqual(served([0, 1000], [2200, 5980]), [
      [0, 1000],
      [2200, 6000],
    ]);
    assert.deepEqual(served([2200, 5980], [990, 2300], [0, 1000]), [[0, 6000]], 'of several servers, in any order');
    assert.deepEqual(served([0, 0], [1200, 3000]), [[1200, 3000]], 'one died as it began, and at the end none was up');
    assert.deepEqual(served([3000, 7000]), [[0, 6000]], 'noted first while it was live');
  });

  it('[DM13] agrees with a clock that looks each second, for any windows at random', () => {
    for (let seed = 1; seed <= 400; seed += 1) {
      const random = createRandom(seed);
      const windows = Array.from({ length: 1 + random.below(8) }, () => {
        const from = random.below(600);
        return stretch(from, from + random.below(120), random.below(2) === 0);
      });
      const merged = seconds(presenceOf(windows));
      const covered = (second: number) =>
        windows.some((one) => one.fromAt <= at(second) && at(second) < (one.toAt ?? ''));
      const isIn = (second: number) => merged.some(([from, to]) => from <= second && second < to);
      for (let second = 0; second < 750; second += 1)
        if (covered(second)) assert.ok(isIn(second), `seed ${seed}: second ${second} was seen`);
        else if (isIn(second)) {
          // A gap that counts lies behind a lost window, and is no longer than the grace.
          const before = windows.filter((one) => (one.toAt ?? '') <= at(second)).map((one) => one.toAt ?? '');
          const ended = before.toSorted().at(-1) ?? assert.fail(`seed ${seed}: ${second} before anybody came`);
          const lost = windows.some((one) => one.toAt === ended && !one.hasLeft);
          assert.ok(lost && Date.parse(at(second)) - Date.parse(ended) < GRACE_MS, `seed ${seed}: second ${second}`);
        }
      for (const [index, [from, to]] of merged.entries()) {
        assert.ok(from < to, `seed ${seed}`);
        assert.ok(from > (merged[index - 1]?.[1] ?? -1), `seed ${seed}: apart and in order`);
      }
      const cut = random.below(700);
      const halves = [
        [{ fromMs: START, toMs: START + cut * 1000 }],
        [{ fromMs: START + cut * 1000, toMs: START + 1_000_000 }],
      ];
      const all = presenceOf(windows);
      const sum = halves.reduce((total, half) => total + secondsOf(intersect(all, half)), 0);
      assert.equal(sum, secondsOf(all), `seed ${seed}: no second is lost or counted twice`);
    }
  });

  it('[DM14] is a table in which nothing runs as a formula, and which spreadsheets read as Chinese', () => {
    const person = { accountId: '', role: 'trainee' as const, specialty: null, facilityId: '' };
    const text = toCsv(
      {
        people: [
          {
            person: { ...person, name: '=HYPERLINK("http://x")', title: '@SUM(1)', facilityName: '县医院,"分院"' },
            enrolledAt: '2026-12-01T16:30:00.000Z',
            withdrawnAt: null,
            firstAt: null,
            lastAt: null,
            presentS: 90,
            isPresent: false,
            checksAsked: 0,
            checksAnswered: 0,
            qualifies: true,
            points: 1.5,
            correction: null,
            mayCorrect: false,
          },
        ],
        liveS: 100,
      },
      'zh-CN',
    );
    assert.ok(text.startsWith('\uFEFF姓名,'));
    const line = text.split('\r\n')[1] ?? '';
    assert.ok(!/(^|,)"?[=@+-]/.test(line), line);
    assert.ok(
      line.includes('2026-12-02 00:30') &&
        line.includes('"县医院,""分院"""') &&
        line.endsWith(',1.5,0,0,90%,合格,1.5,'),
      line,
    );
  });
});
