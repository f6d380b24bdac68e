export type * from './accounts.mts';
export type * from './messaging.mts';
export type * from './posts.mts';
export type * from './publishing.mts';
