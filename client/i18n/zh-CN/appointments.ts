import type { AppointmentState } from '../../../server/contract/appointments.ts';

/** Where and as what somebody works, for them and for those who administer it. */
export const appointments = {
  title: '任职',
  new: '为已有账号者添加任职',
  newText: '对方已在其他机构有账号时使用。请向本人核对账号与姓名，两者都相符才能添加；账号仍由原机构管理。',
  submitNew: '添加任职',
  added: '已为 {{name}} 添加任职',
  department: '科室',
  fromDay: '起始日期',
  toDay: '截止日期',
  toDayHint: '含当日，至当日 24:00；留空为长期。',
  daysFault: '截止日期早于起始日期',
  main: '主任职（账号由此机构管理）',
  from: '自 {{day}}',
  to: '至 {{day}}',
  endedAt: '{{at}} 终止',
  state: { upcoming: '未开始', 'in-force': '在任', ended: '已结束' } satisfies Record<AppointmentState, string>,
  edit: '更改',
  editAt: '{{facility}}的任职',
  end: '立即终止',
  endText: '{{name}} 在{{facility}}的权限随即失效，以此任职登录的窗口与通话将中断。账号与其他任职不受影响。',
  resume: '恢复任职',
  resumeText: '{{name}} 在{{facility}}的任职将恢复；如原截止日期已过，恢复为长期。',
  notOurs: '此账号由其他机构管理，您只管理其在贵机构的任职。',
  ended: {
    title: '任职已经结束',
    others: '您在{{facility}}的任职（{{role}}）已经结束。您还有其他任职，请选择要进入的一个。',
    none: '您在{{facility}}的任职（{{role}}）已经结束，目前没有其他在任的岗位。如有疑问，请联系所在机构的管理员。',
  },
};
