import type { INodeProperties } from 'n8n-workflow';

/** Picture or video, where an operation takes both. */
export const mediaTypeField: INodeProperties = {
	displayName: 'Media Type',
	name: 'mediaType',
	type: 'options',
	default: 'image',
	description: 'Kind of the file',
	options: [
		{ name: 'Image', value: 'image', description: 'A JPEG of at most 8 MB' },
		{ name: 'Video', value: 'video', description: 'An MP4 or MOV with H.264 or HEVC video and AAC sound' },
	],
};

/** A field with one more condition for being shown. */
export function showFor(name: string, values: string[], field: INodeProperties): INodeProperties {
	return {
		...field,
		displayOptions: { ...field.displayOptions, show: { [name]: values, ...field.displayOptions?.show } },
	};
}

/** A field that belongs to pictures or to videos only. */
export function showForType(type: 'image' | 'video', field: INodeProperties): INodeProperties {
	return showFor('mediaType', [type], field);
}

export const containerIdField: INodeProperties = {
	displayName: 'Container ID',
	name: 'containerId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. 17889455560051444',
	description: 'ID of a media container, from Create Container or from the error of an operation that publishes',
};

/** What a container can be made for. */
export type ContainerType = 'carousel' | 'carouselItem' | 'image' | 'reel' | 'story';

export const containerTypeField: INodeProperties = {
	displayName: 'Container Type',
	name: 'containerType',
	type: 'options',
	default: 'image',
	description: 'What the container becomes',
	options: [
		{ name: 'Carousel', value: 'carousel', description: 'Several items, which have containers of their own' },
		{ name: 'Carousel Item', value: 'carouselItem', description: 'An image or a video of a carousel' },
		{ name: 'Image', value: 'image', description: 'A post with one image' },
		{ name: 'Reel', value: 'reel', description: 'A video as a reel' },
		{ name: 'Story', value: 'story', description: 'An image or a video as a story' },
	],
};

/** One address field for pictures and videos. */
export const mediaUrlField: INodeProperties = {
	displayName: 'Media URL',
	name: 'mediaUrl',
	type: 'string',
	required: true,
	displayOptions: { show: { source: ['url'] } },
	default: '',
	placeholder: 'e.g. https://example.com/picture.jpg',
	description: 'Public address of the file: a JPEG, or an MP4 or MOV for videos. Meta downloads it from there.',
};

export const childrenField: INodeProperties = {
	displayName: 'Item Container IDs',
	name: 'children',
	type: 'string',
	required: true,
	displayOptions: { show: { containerType: ['carousel'] } },
	default: '',
	placeholder: 'e.g. 17889455560051444, 17889455560051445',
	description:
		'Containers of the type Carousel Item, 2 to 10, in the order in which people see them, separated by commas',
};
