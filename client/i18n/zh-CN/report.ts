export const report = {
  title: '会诊报告',
};
