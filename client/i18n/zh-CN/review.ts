export const review = {
  title: '共享阅片',
};
