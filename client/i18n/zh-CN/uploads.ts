export const uploads = {
  title: '上传',
};
