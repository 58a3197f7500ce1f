import { randomUUID } from 'node:crypto';
import { type AllianceKind, CaseKind, type ReferralRule } from '../contract/index.ts';
import { NO_RESPONSE_TIMES } from '../facilities/agreement.ts';
import type { Alliance } from '../facilities/alliance.ts';
import type { NewAgreement } from '../facilities/store.ts';
import { chinaDate, endOfChinaDay, startOfChinaDay } from '../patients/china-date.ts';
import { demoFacilityId } from './facilities.ts';
import { demoFacilities } from './network.ts';

const DAY_MS = 24 * 3_600_000;
const AGREEMENT_YEARS = 5;

/** Prices of video and written consultations, in 分. */
type Prices = Record<CaseKind, number | null>;
const services = (prices: Prices) => CaseKind.options.map((kind) => ({ kind, priceFen: prices[kind] }));

const LIABILITY =
  '邀请方对患者诊疗承担责任，受邀方对所出具的会诊意见承担责任；会诊意见供邀请方参考（远程医疗服务管理规范（试行），国卫医发〔2018〕25号）。';

/** The one of the demo cases, as it always was, and those of the province around it: in all states that an agreement has. */
export function listDemoAgreements(now: Date): NewAgreement[] {
  const day = (offset: number) => chinaDate(new Date(now.getTime() + offset * DAY_MS));
  const between = (
    inviting: number,
    invited: number,
    days: [from: number, to: number],
    prices: Prices,
  ): NewAgreement => ({
    agreementId: randomUUID(),
    invitingFacilityId: demoFacilityId(inviting),
    invitedFacilityId: demoFacilityId(invited),
    validFrom: startOfChinaDay(day(days[0])).toISOString(),
    validTo: endOfChinaDay(day(days[1])).toISOString(),
    services: services(prices),
    liabilityText: LIABILITY,
  });
  return [
    {
      agreementId: randomUUID(),
      invitingFacilityId: demoFacilities.county.facilityId,
      invitedFacilityId: demoFacilities.province.facilityId,
      validFrom: now.toISOString(),
      validTo: new Date(Date.UTC(now.getUTCFullYear() + AGREEMENT_YEARS, 0, 1)).toISOString(),
      services: services({ video: 30_000, written: 15_000 }),
      responseTimes: { ...NO_RESPONSE_TIMES, emergency: { acceptMin: 10, answerMin: 20 } },
      liabilityText: LIABILITY,
    },
    between(11, 2, [-300, 900], { video: 50_000, written: 20_000 }),
    between(12, 2, [-340, 52], { video: 50_000, written: null }),
    between(21, 11, [-200, 500], { video: 10_000, written: 0 }),
    between(22, 11, [-345, 27], { video: 10_000, written: 0 }),
    between(23, 12, [-360, 12], { video: 8_000, written: 4_000 }),
    between(24, 12, [-800, -70], { video: 8_000, written: 4_000 }),
    { ...between(25, 12, [10, 375], { video: null, written: null }), signatures: { inviting: null, invited: null } },
    between(34, 21, [-100, 265], { video: 0, written: 0 }),
  ];
}

const ALL_KINDS = ['outpatient', 'inpatient', 'examination'] as const;

/** Referrals up from each member to the hub, and back down for rehabilitation. */
const upAndDown = (hub: number, members: readonly number[]): ReferralRule[] =>
  members.flatMap((member) => [
    { fromId: demoFacilityId(member), toId: demoFacilityId(hub), kinds: [...ALL_KINDS] },
    { fromId: demoFacilityId(hub), toId: demoFacilityId(member), kinds: ['rehabilitation'] },
  ]);

export function listDemoAlliances(now: Date): Alliance[] {
  const fromDay = chinaDate(new Date(now.getTime() - 365 * DAY_MS));
  const alliance = (name: string, kind: AllianceKind, hub: number, members: readonly number[]): Alliance => ({
    allianceId: randomUUID(),
    name,
    kind,
    hubId: demoFacilityId(hub),
    fromDay,
    toDay: null,
    members: members.map((member) => ({ facilityId: demoFacilityId(member), fromDay, toDay: null })),
    referrals: upAndDown(hub, members),
    version: 1,
    changedAt: now.toISOString(),
  });
  return [
    alliance('青溪县紧密型县域医共体', 'medical-community', 1, [31, 32, 33]),
    alliance('北江省胸部肿瘤专科联盟', 'specialty-alliance', 2, [11, 12, 1, 23]),
    alliance('鹤鸣市远程心电协作网', 'collaboration-network', 12, [23, 24, 25, 36]),
  ];
}
