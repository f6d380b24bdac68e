import type { INodeProperties } from 'n8n-workflow';
import type { TagRow } from '../../../../meta/publishing/details';
import { cutOffRunOption } from '../../shared/earlierRun';
import { productTagsField, productTagsJsonField, userTagsField, userTagsJsonField } from './tags';

/** What the Options of publishing hold; each operation offers some of it. */
export type PublishOptions = {
	aiLabel?: boolean;
	altText?: string;
	audioId?: string;
	audioName?: string;
	audioVolume?: number;
	collaborators?: unknown;
	coverBinaryField?: string;
	coverUrl?: string;
	locationId?: string;
	maxWait?: number;
	paidPartnership?: boolean;
	productTags?: { tag?: TagRow[] };
	productTagsJson?: unknown;
	shareToFeed?: boolean;
	sponsorIds?: unknown;
	stopBeforeLimit?: boolean;
	thumbOffset?: number;
	trialReel?: string;
	userTags?: { tag?: TagRow[] };
	userTagsJson?: unknown;
	videoVolume?: number;
};

export const captionField: INodeProperties = {
	displayName: 'Caption',
	name: 'caption',
	type: 'string',
	typeOptions: { rows: 4 },
	default: '',
	placeholder: 'e.g. Fresh from the oven #bakery',
	description:
		'At most 2,200 characters, 30 hashtags and 20 @mentions; more than 5 hashtags Instagram may take out or refuse',
};

export const thumbOffsetField: INodeProperties = {
	displayName: 'Thumbnail Offset',
	name: 'thumbOffset',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 0,
	description: 'Moment of the video that is shown as its picture, in milliseconds; a cover image wins over it',
};

export const altTextField: INodeProperties = {
	displayName: 'Alt Text',
	name: 'altText',
	type: 'string',
	default: '',
	description: 'Description of the image for people who cannot see it, at most 1,000 characters',
};

const aiLabel: INodeProperties = {
	displayName: 'AI Label',
	name: 'aiLabel',
	type: 'boolean',
	default: true,
	description: 'Whether to label the post as made with AI',
};

const volume = (displayName: string, name: string, what: string): INodeProperties => ({
	displayName,
	name,
	type: 'number',
	typeOptions: { minValue: 0, maxValue: 100 },
	default: 100,
	description: `Volume of ${what}, from 0 to 100. Needs an audio ID.`,
});

/** Options of everything that stands in the feed. */
const FEED: INodeProperties[] = [
	aiLabel,
	{
		displayName: 'Collaborators',
		name: 'collaborators',
		type: 'string',
		default: '',
		placeholder: 'e.g. customer_one, customer_two',
		description: 'Usernames of up to 3 people who are asked to appear as authors, too, separated by commas',
	},
	{
		displayName: 'Location ID',
		name: 'locationId',
		type: 'string',
		default: '',
		placeholder: 'e.g. 7640348500',
		description: 'ID of a Facebook Page with a place on the map',
	},
	{
		displayName: 'Paid Partnership',
		name: 'paidPartnership',
		type: 'boolean',
		default: true,
		description: 'Whether to label the post as a paid partnership. Facebook Login only.',
	},
	{
		displayName: 'Sponsor IDs',
		name: 'sponsorIds',
		type: 'string',
		default: '',
		placeholder: 'e.g. 17841400000000002',
		description:
			'Instagram IDs of up to 2 sponsors, separated by commas. Labels the post as a paid partnership. Facebook Login only.',
	},
];

const REEL: INodeProperties[] = [
	{
		displayName: 'Audio ID',
		name: 'audioId',
		type: 'string',
		default: '',
		placeholder: 'e.g. 18000000000000001',
		description: "Audio of Meta's library to play with the reel. Facebook Login only.",
	},
	{
		displayName: 'Audio Name',
		name: 'audioName',
		type: 'string',
		default: '',
		description: 'New name of the original sound of the reel. It can be changed once.',
	},
	volume('Audio Volume', 'audioVolume', "the library's audio"),
	{
		displayName: 'Cover Binary Field',
		name: 'coverBinaryField',
		type: 'string',
		default: '',
		placeholder: 'e.g. cover',
		description: 'Name of the binary field that holds the cover image, a JPEG of at most 8 MB',
	},
	{
		displayName: 'Cover URL',
		name: 'coverUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://example.com/cover.jpg',
		description: 'Public address of the cover image, a JPEG of at most 8 MB',
	},
	{
		displayName: 'Share to Feed',
		name: 'shareToFeed',
		type: 'boolean',
		default: true,
		description: 'Whether the reel also stands in the feed of the account, beside the Reels tab',
	},
	thumbOffsetField,
	{
		displayName: 'Trial Reel',
		name: 'trialReel',
		type: 'options',
		default: 'MANUAL',
		description: 'Shows the reel to people who do not follow the account first, and decides when it reaches followers',
		options: [
			{ name: 'Share by Hand', value: 'MANUAL', description: 'Somebody shares it in the Instagram app' },
			{
				name: 'Share When It Does Well',
				value: 'SS_PERFORMANCE',
				description: 'Instagram shares it with followers when it does well in its first 72 hours',
			},
		],
	},
	volume('Video Volume', 'videoVolume', "the video's own sound"),
];

/** How long an operation waits for Meta by itself, in seconds: pictures are ready soon, videos take minutes. */
export const WAIT_SECONDS = { image: 60, video: 300 };

/** Options of the operations that publish. */
const publishing = (wait: number): INodeProperties[] => [
	{
		displayName: 'Maximum Wait',
		name: 'maxWait',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: wait,
		description:
			'Seconds to wait for Instagram to process the media. The container outlives the wait: Publish Container finishes it. With On Error set to Continue, the output has its containerId.',
	},
	{
		displayName: 'Stop Before the Limit',
		name: 'stopBeforeLimit',
		type: 'boolean',
		default: true,
		description:
			"Whether to read the account's publishing limit first, and to begin nothing that goes beyond it. Takes one call.",
	},
];

const photoTags = [userTagsField(true), userTagsJsonField];
const productTags = [productTagsField(true), productTagsJsonField];
const shareToFeed = REEL.filter(({ name }) => name === 'shareToFeed');
const OPTIONS = {
	carousel: [...FEED, ...shareToFeed],
	container: [],
	image: [...FEED, altTextField, ...photoTags, ...productTags],
	reel: [...FEED, ...REEL, userTagsField(false), userTagsJsonField, productTagsField(false), productTagsJsonField],
	story: [aiLabel, ...photoTags],
};

const collection = (options: INodeProperties[]): INodeProperties => ({
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [...options].sort((a, b) => a.displayName.localeCompare(b.displayName)),
});

/** The Options of an operation that publishes. */
export function publishOptions(kind: keyof typeof OPTIONS, waitSeconds: number): INodeProperties {
	// A container that somebody names is published once at most, whoever tries.
	const cutOff = kind === 'container' ? [] : [cutOffRunOption];
	return collection([...OPTIONS[kind], ...publishing(waitSeconds), ...cutOff]);
}

/** Which options each type of container has. */
const BY_TYPE: Record<string, INodeProperties[]> = {
	carousel: OPTIONS.carousel,
	carouselItem: [altTextField, thumbOffsetField, ...photoTags, ...productTags],
	image: OPTIONS.image,
	reel: [...FEED, ...REEL, ...photoTags, ...productTags],
	story: OPTIONS.story,
};

/** The Options of all types of containers together, each shown where it belongs. */
export function containerOptions(): INodeProperties {
	const names = [...new Set(Object.values(BY_TYPE).flatMap((options) => options.map(({ name }) => name)))];
	const having = (name: string) =>
		Object.keys(BY_TYPE).filter((type) => BY_TYPE[type].some((option) => option.name === name));
	const found = (name: string) =>
		Object.values(BY_TYPE)
			.flat()
			.find((option) => option.name === name) as INodeProperties;
	return collection(
		names.map((name) => ({ ...found(name), displayOptions: { show: { '/containerType': having(name) } } })),
	);
}
