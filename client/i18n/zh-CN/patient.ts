export const patient = {
  title: '患者信息',
  noName: '姓名未填写',
  id: 'ID {{id}}',
  and: '、',
  examinedOn: '检查日期 {{date}}',
  other: '患者不符！图像文件：{{files}}；本会诊患者：{{patient}}。不一致：{{fields}}。请停止阅片并核对。',
  several: '同一检查内含不同患者的文件：{{files}}。请核对后再阅片。',
  unverified: '文件中的患者：{{file}}（未能自动核对）',
  unnamed: '图像文件未注明患者',
  field: { name: '姓名', sex: '性别', birthDate: '出生日期', idNumber: '证件号' },
};
