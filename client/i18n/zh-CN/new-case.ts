export const newCase = {
  title: '新建会诊',
};
