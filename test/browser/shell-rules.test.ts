import assert from 'node:assert/strict';
import { offeredButtons } from '../../client/pages/case/case-buttons.ts';
import { parseSignInSearch, signInAddress } from '../../client/pages/sign-in/sign-in-address.ts';
import { addressOfCase } from '../../client/pages/work-list/lists.ts';
import { ageOf } from '../../client/patient/age.ts';
import type { Awaiting, Meeting } from '../../server/contract/case-kinds.ts';
import type { ConsultationAction, ConsultationSummary } from '../../server/contract/consultation.ts';
import { compareNames } from '../../server/formats/dicom/same-patient.ts';

let made = 0;
function line(awaiting: Awaiting, more: Partial<ConsultationSummary> = {}): ConsultationSummary {
  made += 1;
  return {
    consultationId: `00000000-0000-4000-8000-${String(made).padStart(12, '0')}`,
    caseNumber: `HZ-${made}`,
    state: 'submitted',
    awaiting,
    since: '2026-01-10T08:00:00Z',
    urgency: 'routine',
    patientLabel: '张*',
    patientSex: 'male',
    patientAgeYears: 61,
    wantedSpecialty: '放射科',
    kind: 'video',
    examinations: [],
    diagnosisLabel: '',
    requesterName: '李春梅',
    requesterFacilityName: '青溪县人民医院',
    specialistName: null,
    callActive: false,
    submittedAt: '2026-01-10T08:00:00Z',
    changedAt: '2026-01-10T08:00:00Z',
    needsMe: false,
    actions: [],
    ...more,
  };
}

describe('the work list', () => {
  it('opens a draft where it is written, and only for whoever may write it', () => {
    assert.match(addressOfCase(line('submission', { actions: ['edit'] })), /\/edit$/);
    assert.doesNotMatch(addressOfCase(line('submission')), /\/edit$/);
    assert.doesNotMatch(addressOfCase(line('completion', { actions: ['edit'] })), /\/edit$/);
  });
});

describe('a case', () => {
  it('offers one button for each page, the call before the rest', () => {
    const offered = (actions: ConsultationAction[], hasPictures: boolean, meeting: Meeting = 'needed') =>
      offeredButtons({ actions, meeting, hasPictures });
    const all: ConsultationAction[] = ['chat', 'review', 'start-call', 'join-call', 'write-opinion', 'sign'];
    assert.deepEqual(offered(all, true), ['join-call', 'write-opinion', 'review']);
    assert.deepEqual(offered(['read-report', 'acknowledge', 'review'], false), ['acknowledge']);
    assert.deepEqual(offered([], true), []);
  });

  it('that is answered in writing offers to write first, and a call besides', () => {
    const actions: ConsultationAction[] = ['start-call', 'write-opinion', 'cancel'];
    const offered = (meeting: Meeting) => offeredButtons({ actions, meeting, hasPictures: false });
    assert.deepEqual(offered('needed'), ['start-call', 'write-opinion', 'cancel']);
    assert.deepEqual(offered('possible'), ['write-opinion', 'start-call', 'cancel']);
  });

  it('tells the age in years, of small children in months or days', () => {
    const today = new Date('2026-02-28T16:00:00Z');
    assert.deepEqual(ageOf('1958-03-02', today), { key: 'age', count: { years: 67 } });
    assert.deepEqual(ageOf('1958-03-01', today), { key: 'age', count: { years: 68 } });
    assert.deepEqual(ageOf('2024-02-29', today), { key: 'ageMonths', count: { months: 24 } });
    assert.deepEqual(ageOf('2026-02-27', today), { key: 'ageDays', count: { days: 2 } });
    assert.deepEqual(ageOf('2026-03-01', today), { key: 'ageDays', count: { days: 0 } });
    assert.equal(ageOf('2026-03-02', today), undefined);
    assert.equal(ageOf('', today), undefined);
    assert.deepEqual(ageOf('2026-02-28', new Date('2026-02-28T15:59:59Z')), { key: 'ageDays', count: { days: 0 } });
  });

  it('notices images of somebody else, whatever way the name is written in them', () => {
    assert.equal(compareNames('Zhang^San=张^三', '张三'), 'same');
    assert.equal(compareNames('张三', ' 张 三 '), 'same');
    assert.equal(compareNames('WANG^XIAODONG=王^小東=', '王小東'), 'same');
    assert.equal(compareNames('Zhang^San=张^三', '张山'), 'differs');
    // Another script: a warning at every romanised name would soon be read over.
    assert.equal(compareNames('LIDC-IDRI-0314', '张三'), 'unknown');
  });
});

describe('the way to the sign-in page and back', () => {
  it('leads back to the page that was asked for', () => {
    const address = signInAddress({ from: '/consultations/abc/report', ended: 'expired' });
    assert.deepEqual(parseSignInSearch(new URL(address, 'http://x').searchParams), {
      from: '/consultations/abc/report',
      ended: 'expired',
    });
    assert.equal(signInAddress({ from: '/' }), '/sign-in');
  });

  it('never leads out of the application, whatever a link says', () => {
    for (const from of [
      'https://elsewhere.example',
      '//elsewhere.example',
      '/\\elsewhere.example',
      'javascript:alert(1)',
      '',
    ])
      assert.equal(parseSignInSearch(new URLSearchParams({ from })).from, undefined, from);
    assert.equal(parseSignInSearch(new URLSearchParams({ ended: '<b>' })).ended, undefined);
  });
});
