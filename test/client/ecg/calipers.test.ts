import assert from 'node:assert/strict';
import { marchOut, qtcBazett, qtcFridericia, rateOfRr, readCaliper } from '../../../client/ecg/calipers.ts';
import { seeded } from '../../support/mutations.ts';

describe('ECG calipers', () => {
  it('give the interval, the rate and the voltage between their legs, whichever was set first', () => {
    const caliper = { startMs: 1200, endMs: 2000, startUv: -100, endUv: 900 };
    assert.deepEqual(readCaliper(caliper), { durationMs: 800, ratePerMinute: 75, amplitudeUv: 1000 });
    const turned = { startMs: 2000, endMs: 1200, startUv: 900, endUv: -100 };
    assert.deepEqual(readCaliper(turned), { durationMs: 800, ratePerMinute: 75, amplitudeUv: -1000 });
    assert.equal(readCaliper({ ...caliper, endMs: 1200 }).ratePerMinute, undefined);
  });

  it('turn RR into a rate', () => {
    assert.equal(rateOfRr(1000), 60);
    assert.equal(rateOfRr(600), 100);
    for (const none of [0, -5, Number.NaN, Number.POSITIVE_INFINITY]) assert.equal(rateOfRr(none), undefined);
  });

  it('correct QT by Bazett and by Fridericia', () => {
    // At 60 a minute nothing is corrected.
    assert.equal(qtcBazett(400, 1000), 400);
    assert.equal(qtcFridericia(400, 1000), 400);
    // RR 640 ms: √0.64 = 0.8. RR 512 ms: ∛0.512 = 0.8.
    assert.ok(Math.abs((qtcBazett(360, 640) ?? 0) - 450) < 1e-9);
    assert.ok(Math.abs((qtcFridericia(360, 512) ?? 0) - 450) < 1e-9);
    // What the device of the sample `ecg_12lead.dcm` says of QT 368 at RR 982: 370 (it rounds, or uses another RR).
    assert.equal(Math.round(qtcFridericia(368, 982) ?? 0), 370);
    assert.equal(qtcBazett(0, 800), undefined);
    assert.equal(qtcBazett(400, 0), undefined);
    assert.equal(qtcFridericia(Number.NaN, 800), undefined);
  });

  it('march out both ways in equal steps, over the whole sheet and not beyond (seeded)', () => {
    assert.deepEqual(marchOut({ startMs: 1000, endMs: 1800 }, 0, 4000), [200, 1000, 1800, 2600, 3400]);
    const random = seeded(3);
    for (let round = 0; round < 500; round += 1) {
      const startMs = random() * 10_000;
      const endMs = startMs + (random() - 0.5) * 3000;
      const step = Math.abs(endMs - startMs);
      if (step < 25) continue;
      const times = marchOut({ startMs, endMs }, 0, 10_000);
      for (const [index, time] of times.entries()) {
        assert.ok(time >= 0 && time <= 10_000);
        if (index > 0) assert.ok(Math.abs(time - (times[index - 1] ?? 0) - step) < 1e-6);
      }
      assert.ok(times.some((time) => Math.abs(time - startMs) < 1e-6));
      assert.ok((times[0] ?? 0) < step && (times.at(-1) ?? 0) > 10_000 - step);
    }
  });

  it('without width march nowhere, and never without end', () => {
    assert.deepEqual(marchOut({ startMs: 500, endMs: 500 }, 0, 10_000), [500]);
    assert.deepEqual(marchOut({ startMs: 500, endMs: 500.001 }, 0, 10_000), [500, 500.001]);
  });
});
