import { randomUUID } from 'node:crypto';
import type { RouteName } from '../../../server/contract/index.ts';
import { facilityDraft } from '../../support/facility-world.ts';
import { hashOf } from '../../support/images.ts';

const OPINION = { version: 0, findings: '', diagnosis: [], recommendations: [], keyImages: [] };
export const SHA256 = hashOf(new Uint8Array());
const REASON = { version: 1, reason: '资料不全' };

/** What a well-formed request of each route that is about a case says. */
export const BODIES: Partial<Record<RouteName, unknown>> = {
  'consultation:save': {
    version: 1,
    patient: {},
    question: '',
    historySummary: '',
    diagnosis: [],
    invitedFacilityId: null,
    wantedSpecialty: '',
    urgency: 'routine',
    kind: 'video',
    consent: { signer: 'patient', signerName: '', given: false },
  },
  'consultation:submit': { version: 1 },
  'consultation:cancel': REASON,
  'consultation:accept': { version: 1 },
  'consultation:decline': REASON,
  'consultation:ask-supplement': REASON,
  'consultation:answer-in-writing': REASON,
  'consultation:invite': { accountId: randomUUID() },
  'consultation:remove-participant': { reason: '不再参与' },
  'upload:announce': { name: 'x', sizeBytes: 1, sha256: SHA256 },
  'opinion:save': OPINION,
  'report:sign': { version: 1, password: 'x' },
  'report:amend': { version: 1, kind: 'corrected', reason: '笔误' },
  'report:acknowledge': { version: 1, adoptions: [] },
  'patient:add-identifier': { kind: 'phone', number: '13800001234' },
  'patient:merge': { mergedId: randomUUID(), reason: '同一人' },
  'facility:save': { ...facilityDraft(), version: 1 },
  'facility:move': { version: 1, parentId: null },
  'facility:close': REASON,
  'facility:reopen': { version: 1 },
  'facility:merge': { ...REASON, intoId: randomUUID() },
  'agreement:save': {
    version: 1,
    fromDay: '2027-01-01',
    toDay: '2027-12-31',
    services: [],
    responseTimes: {
      emergency: { acceptMin: null, answerMin: null },
      urgent: { acceptMin: null, answerMin: null },
      routine: { acceptMin: null, answerMin: null },
    },
    liabilityText: '',
  },
  'import:apply': { from: 0, skipFaulty: false },
  'agreement:sign': { version: 1, side: 'invited' },
  'agreement:end': REASON,
  'alliance:save': {
    version: 1,
    name: '联盟',
    kind: 'medical-community',
    fromDay: '2027-01-01',
    toDay: null,
    members: [],
    referrals: [],
  },
  'person:edit': { name: '某人', title: '', role: 'trainee', specialty: null, facilityId: randomUUID(), revision: 1 },
  'person:disable': { reason: '离职' },
  'security-key:remove': { password: 'a guess', proof: { kind: 'recovery-code', code: 'ABCDE-FGHJK' } },
  'person:reset-factor': { reason: '手机丢失' },
};
/** What a list cannot be asked without. */
export const QUERIES: Partial<Record<RouteName, Record<string, string>>> = { 'facilities:search': { q: '县' } };
/** Routes that are open to anyone, or are about nobody but the caller. */
export const OWN: RouteName[] = [
  'sign-in:options',
  'session:open',
  'session:read',
  'session:close',
  'session:close-all',
  'token:mint',
  'partners:list',
  'diagnoses:search',
  'media:read',
  'one-time-link:read',
  'network:found',
  'password:set',
  'password:change',
  'own-sessions:list',
  'own-sessions:end-others',
  'sign-ins:list',
  'pending-sign-in:read',
  'session:confirm',
  'second-factor:read',
  'totp:begin',
  'totp:confirm',
  'totp:remove',
  'recovery-codes:make',
  'second-factor:prove',
  'pending-sign-in:challenge',
  'second-factor:challenge',
  'security-key:begin',
  'security-key:add',
];
