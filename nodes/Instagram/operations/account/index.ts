export { checkConnection } from './checkConnection';
export { discover } from './discover';
export { get } from './get';
export { getInsights } from './getInsights';
export { getMany } from './getMany';
export { getPublishingLimit } from './getPublishingLimit';
