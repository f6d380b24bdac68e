import type { IDataObject } from 'n8n-workflow';
import { ALT_TEXT_MAX_CHARACTERS, CAPTION_MAX_CHARACTERS } from '../../../meta/constants';
import { publishOnce, waitForContainer } from '../../../meta/publishing';
import { operation, type RunContext } from '../define';

type Options = { altText?: string; maxWait?: number };

/** Meta downloads the image itself, so the address must be one that it can use. */
function checkUrl(url: string, fail: RunContext['fail']): void {
	const usable = URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
	if (!usable) throw fail(`"${url}" is not a web address`, 'Enter the full public URL of a JPEG image, beginning with https://.');
}

function checkLength(name: string, value: string, max: number, fail: RunContext['fail']): void {
	const length = [...value].length;
	if (length > max) throw fail(`The ${name} has ${length} characters; Instagram takes at most ${max}`, 'Shorten it.');
}

/** The post is live: whatever goes wrong from here on must not make the item fail, or a retry would publish again. */
async function readPost(graph: RunContext['graph'], id: string | undefined): Promise<IDataObject> {
	if (!id) return { permalink: null };
	return await graph({ method: 'GET', path: `/${id}`, query: { fields: 'permalink,timestamp' } }).catch(() => ({ permalink: null }));
}

/** @see https://developers.facebook.com/docs/instagram-platform/content-publishing */
export const publishImage = operation({
	value: 'publishImage',
	name: 'Publish Image',
	action: 'Publish an image',
	description: 'Publish a JPEG image from a URL as a post, and return its link',
	fields: [
		{
			displayName: 'Image URL',
			name: 'imageUrl',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. https://example.com/picture.jpg',
			description: 'Public address of a JPEG of at most 8 MB, between 4:5 and 1.91:1. Meta downloads it from there.',
		},
		{
			displayName: 'Caption',
			name: 'caption',
			type: 'string',
			typeOptions: { rows: 4 },
			default: '',
			description: 'At most 2,200 characters, 30 hashtags and 20 @mentions',
		},
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					displayName: 'Alt Text',
					name: 'altText',
					type: 'string',
					default: '',
					description: 'Description of the image for people who cannot see it, at most 1,000 characters',
				},
				{
					displayName: 'Maximum Wait',
					name: 'maxWait',
					type: 'number',
					typeOptions: { minValue: 1 },
					default: 60,
					description: 'Seconds to wait for Instagram to process the image',
				},
			],
		},
	],
	run: async ({ account, fail, graph, isCancelled, param }) => {
		const imageUrl = param('imageUrl').trim();
		const caption = param('caption', '');
		const { altText = '', maxWait = 60 } = param<Options>('options', {});
		checkUrl(imageUrl, fail);
		checkLength('caption', caption, CAPTION_MAX_CHARACTERS, fail);
		checkLength('alt text', altText, ALT_TEXT_MAX_CHARACTERS, fail);
		const accountId = account().id;
		const { id } = await graph({
			method: 'POST',
			path: `/${accountId}/media`,
			body: { image_url: imageUrl, ...(caption ? { caption } : {}), ...(altText ? { alt_text: altText } : {}) },
			repeatable: true,
		});
		const containerId = String(id);
		const context = { graph, fail, isCancelled, accountId, deadline: Date.now() + maxWait * 1000 };
		await waitForContainer(context, containerId);
		const postId = await publishOnce(context, containerId, caption);
		const { permalink, timestamp } = await readPost(graph, postId);
		return { id: postId ?? null, permalink, caption, timestamp: timestamp ?? null, containerId };
	},
});
