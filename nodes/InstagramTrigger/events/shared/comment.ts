import type { IDataObject } from 'n8n-workflow';
import { id, ownObject, text, words, type Field } from './shape';
import { isObject } from './values';

const media = (key: string) => (value: IDataObject) => (isObject(value.media) ? value.media[key] : undefined);

/** Meta documents both keys and sends either. */
export function commentIdOf(value: IDataObject): unknown {
	return value.id ?? value.comment_id;
}

/** The `comment` of an item, the same below posts and in live videos. */
export const commentField: Field = ownObject((value) => value, 'The comment', {
	id: id(commentIdOf, 'The comment: answer, hide or delete it with this ID'),
	text: words('text', 'What was written'),
	username: text((value) => (isObject(value.from) ? value.from.username : undefined), 'Who wrote it'),
	parentId: id('parent_id', 'The comment that it answers'),
	mediaId: id(media('id'), 'Post, reel or live video; for albums, ask for the comment to learn the album'),
	mediaType: text(media('media_product_type'), '`FEED`, `REELS`, `STORY`, `AD`, `LIVE`'),
	adId: id(media('ad_id'), 'Ad below which it stands'),
	adTitle: text(media('ad_title'), 'Title of the ad'),
	originalMediaId: id(media('original_media_id'), 'Post that the ad was made of'),
});
