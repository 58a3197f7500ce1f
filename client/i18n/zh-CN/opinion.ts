export const opinion = {
  title: '会诊意见',
};
