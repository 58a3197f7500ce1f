declare module 'cornerstone-core' {
  const cornerstone: import('./types.ts').CornerstoneCore;
  export default cornerstone;
}
