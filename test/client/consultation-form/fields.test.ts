import assert from 'node:assert/strict';
import { parseBirthDate, todayInChina } from '../../../client/consultation-form/birth-date.ts';
import { readFreeEntry } from '../../../client/consultation-form/diagnosis-entry.ts';
import { findGaps, type GapFacts } from '../../../client/consultation-form/gaps.ts';
import { withIdNumber } from '../../../client/consultation-form/id-number.ts';
import { ageAt } from '../../../client/report/age-at.ts';
import { quoted } from '../../../client/report/page-margins.ts';
import { findGaps as findServerGaps } from '../../../server/cases/application.ts';
import type { ConsultationDraft } from '../../../server/contract/index.ts';
import { completeDraft } from '../../support/case-journey.ts';
import { signedConsent } from '../../support/signed-consent.ts';
import { seeded } from '../../support/upload-world.ts';

const facts: GapFacts = { today: '2026-01-02', specialties: ['放射科'] };
const WOMAN = '11010519491231002X';

describe('a birth date as people type it', () => {
  for (const typed of ['19560312', '1956-3-12', '1956.03.12', '1956/3/12', '1956年3月12日', ' １９５６－０３－１２ '])
    it(`“${typed}”`, () => assert.equal(parseBirthDate(typed), '1956-03-12'));
  for (const typed of ['', '1956', '1956-02-30', '19561312', '56-3-12', '1956-3-', '2023-02-29'])
    it(`is not “${typed}”`, () => assert.equal(parseBirthDate(typed), undefined));

  it('today is the day in China, also where the computer still has the day before', () => {
    assert.equal(todayInChina(new Date('2026-01-01T17:00:00Z')), '2026-01-02');
  });

  it('an age counts the birthday itself', () => {
    assert.equal(ageAt('1960-02-29', '2026-02-28T10:00:00Z'), 65);
    assert.equal(ageAt('1960-02-29', '2026-03-01T10:00:00Z'), 66);
    assert.equal(ageAt('2026-01-01', '2026-01-01T10:00:00Z'), 0);
    assert.equal(ageAt('', '2026-01-01T10:00:00Z'), undefined);
  });
});

describe('an ID number that fills in the form', () => {
  const empty = { name: '', sex: null, birthDate: '', idNumber: '', phone: '' } as const;

  it('fills empty fields and follows a corrected number', () => {
    const first = withIdNumber(empty, '230125196002291212');
    assert.deepEqual([first.birthDate, first.sex], ['1960-02-29', 'male']);
    const second = withIdNumber(first, '11010519491231002x');
    assert.deepEqual([second.idNumber, second.birthDate, second.sex], [WOMAN, '1949-12-31', 'female']);
  });

  it('leaves what a person typed, and a wrong number fills in nothing', () => {
    const typed = withIdNumber({ ...empty, birthDate: '1950-01-01', sex: 'male' }, WOMAN);
    assert.deepEqual([typed.birthDate, typed.sex], ['1950-01-01', 'male']);
    assert.equal(withIdNumber(empty, '110105194912310021').birthDate, '');
  });
});

describe('what a request still lacks', () => {
  it('nothing, when it is complete', () => assert.deepEqual(findGaps(completeDraft, facts), []));

  it('the specialty, when the chosen hospital does not offer it', () => {
    assert.deepEqual(findGaps(completeDraft, { ...facts, specialties: ['心内科'] }), [
      { field: 'wantedSpecialty', problem: 'specialty-not-offered' },
    ]);
  });

  it('the form names whatever the server would refuse, and lets through what it would take', () => {
    const random = seeded(4);
    const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
    for (let round = 0; round < 500; round += 1) {
      const draft: ConsultationDraft = {
        ...completeDraft,
        patient: {
          name: pick(['张建国', '', '  ']),
          sex: pick(['male', 'female', 'unknown', null] as const),
          birthDate: pick(['1960-02-29', '1949-12-31', '', '2999-01-01', '1960-2-29', '1960-02-30']),
          idNumber: pick(['230125196002291212', WOMAN, '', '123', '110105194912310021']),
          phone: pick(['13800001234', '010-12345678', '', '123']),
        },
        question: pick(['?', ' ']),
        historySummary: pick(['x', '']),
        diagnosis: pick([completeDraft.diagnosis, []]),
        invitedFacilityId: pick([completeDraft.invitedFacilityId, null]),
        wantedSpecialty: pick(['放射科', '']),
        urgency: pick(['routine', null] as const),
      };
      const here = new Set<string>(findGaps(draft, facts).map(({ field }) => field));
      const there = findServerGaps(draft, facts.today);
      const unsaid = there.filter((field) => !here.has(field));
      assert.deepEqual(unsaid, [], `refused by the server without a word in the form: ${JSON.stringify(draft)}`);
      assert.equal(here.size === 0, there.length === 0, JSON.stringify(draft));
    }
  });

  it('the consent, until somebody has signed by name', () => {
    const consent = signedConsent(' ');
    assert.deepEqual(findGaps({ ...completeDraft, consent }, facts), [
      { field: 'consent', problem: 'consent-name-missing' },
    ]);
    assert.deepEqual(findGaps({ ...completeDraft, consent: null }, facts), [
      { field: 'consent', problem: 'consent-not-given' },
    ]);
  });
});

describe('a diagnosis that is not in the list', () => {
  it('is a code and its name', () => {
    assert.deepEqual(readFreeEntry(' j18.9  社区获得性肺炎 '), { code: 'J18.9', display: '社区获得性肺炎' });
    assert.deepEqual(readFreeEntry('C34.100X001 肺癌'), { code: 'C34.100x001', display: '肺癌' });
  });
  it('needs no code; a code alone needs its name', () => {
    assert.deepEqual(readFreeEntry(' 发热待查：感染？ '), { code: '', display: '发热待查：感染？' });
    assert.deepEqual(readFreeEntry('J1 肺炎'), { code: '', display: 'J1 肺炎' });
    assert.deepEqual(readFreeEntry('Fever of unknown origin'), { code: '', display: 'Fever of unknown origin' });
    assert.equal(readFreeEntry('Ｊ18.9'), undefined);
    assert.equal(readFreeEntry('  '), undefined);
  });
});

describe('a name in the running head of the print', () => {
  it('cannot end the string or the style sheet', () => {
    assert.equal(quoted('a"b\\c\nd</style>'), '"a\\22 b\\5c c\\a d\\3c /style>"');
  });
});
