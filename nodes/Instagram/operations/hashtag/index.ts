export { getRecentPosts } from './getRecentPosts';
export { getSearched } from './getSearched';
export { getTopPosts } from './getTopPosts';
export { search } from './search';
