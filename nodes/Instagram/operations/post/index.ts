export { createContainer } from './createContainer';
export { getContainer } from './getContainer';
export { publishCarousel } from './publishCarousel';
export { publishContainer } from './publishContainer';
export { publishImage } from './publishImage';
export { publishReel } from './publishReel';
export { publishStory } from './publishStory';
