/** Locks and second factors of all accounts of the platform. */
export const accountSecurity = {
  intro:
    '全平台账号的锁定与两步验证。不填写时列出现在被锁定的账号；操作须写明原因，由审计管理员查看，并记入该人员的变更记录。',
  search: '姓名、拼音或账号',
  locked: '现在被锁定的账号',
  none: { title: '现在没有被锁定的账号', text: '连续输错密码或验证码的账号会锁定 15 分钟，期间显示在这里。' },
  columns: { lock: '锁定', factor: '两步验证', acts: '操作' },
  notLocked: '未锁定',
  since: '{{since}} 起，至 {{until}}',
  places_one: '{{count}} 处',
  places_other: '{{count}} 处',
  factor: { true: '已启用', false: '未启用' },
  unlock: {
    label: '解除锁定',
    text: '{{name}} 输错的密码和验证码不再计数，可以立即再次登录。请先核实确为本人。',
    done: '已解除{{name}}的锁定',
  },
  'reset-factor': {
    label: '停用两步验证',
    text: '停用后，{{name}} 的所有登录立即退出，只凭密码即可登录，直到重新设置。请先核实确为本人；系统会通知本人。',
    done: '已停用{{name}}的两步验证',
  },
};
