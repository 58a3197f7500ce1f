export * from './messages.ts';
export * from './poster.ts';
export * from './recording.ts';
export * from './room.ts';
export * from './rtp.ts';
export * from './token.ts';
export * from './version.ts';
