export { appeal } from './appeal';
export { getAppeal } from './getAppeal';
export { getCatalogs } from './getCatalogs';
export { getTags } from './getTags';
export { search } from './search';
export { setTags } from './setTags';
