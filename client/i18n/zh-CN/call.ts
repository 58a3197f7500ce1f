export const call = {
  title: '视频会诊室',
};
