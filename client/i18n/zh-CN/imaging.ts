export const imaging = {
  title: '影像',
};
