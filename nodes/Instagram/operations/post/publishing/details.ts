import type { IDataObject } from 'n8n-workflow';
import {
	captionWarning,
	checkAltText,
	checkCaption,
	collaboratorsOf,
	listOf,
	productTagsOf,
	PUBLISHING_LIMITS,
	userTagsOf,
	type Positions,
	type TagRow,
} from '../../../../meta/publishing/details';
import { asList, readJsonField } from '../../../../meta/input/json';
import type { RunContext } from '../../define';
import type { PublishOptions } from './options';

/** A list of tags from its rows, and from JSON. */
function tagRows(ctx: RunContext, what: string, rows: { tag?: TagRow[] } | undefined, json: unknown): TagRow[] {
	if (json === undefined || json === '') return rows?.tag ?? [];
	return [...(rows?.tag ?? []), ...(asList(ctx.fail, what, readJsonField(ctx.fail, what, json)) as TagRow[])];
}

/** What Meta offers with Facebook Login only is said before any call. */
function needFacebook({ connection, fail }: RunContext, what: string): void {
	if (connection.kind !== 'instagram') return;
	throw fail(
		`Meta does not offer "${what}" with Instagram Login`,
		'Take the option out, or choose a credential of Facebook Login.',
	);
}

/** Tags of people and products in Meta's shape. */
export function readTags(
	ctx: RunContext,
	{ productTags, productTagsJson, userTags, userTagsJson }: PublishOptions,
	positions: Positions,
): IDataObject {
	const people = userTagsOf(ctx.fail, tagRows(ctx, 'User Tags (JSON)', userTags, userTagsJson), positions);
	const products = productTagsOf(
		ctx.fail,
		tagRows(ctx, 'Product Tags (JSON)', productTags, productTagsJson),
		positions === 'none' ? 'none' : 'needed',
	);
	if (products.length > 0) needFacebook(ctx, 'Product Tags');
	return {
		...(people.length > 0 ? { user_tags: people } : {}),
		...(products.length > 0 ? { product_tags: products } : {}),
	};
}

function readAudio(ctx: RunContext, { audioId, audioName, audioVolume, videoVolume }: PublishOptions): IDataObject {
	const id = String(audioId ?? '').trim();
	const name = String(audioName ?? '').trim();
	const renamed = name ? { audio_name: name } : {};
	if (!id) return renamed;
	needFacebook(ctx, 'Audio ID');
	const volumes = { audio_volume: audioVolume, video_volume: videoVolume };
	for (const [key, value] of Object.entries(volumes)) {
		if (value === undefined || (value >= 0 && value <= 100)) continue;
		throw ctx.fail(`The ${key.replace('_', ' ')} is ${value}; Instagram takes 0 to 100`, 'Choose a number in between.');
	}
	return { ...renamed, audio_configuration: { audio_id: id, ...volumes } };
}

function readPartnership(ctx: RunContext, { paidPartnership, sponsorIds }: PublishOptions): IDataObject {
	const sponsors = listOf(sponsorIds);
	if (sponsors.length > PUBLISHING_LIMITS.sponsors)
		throw ctx.fail(
			`There are ${sponsors.length} sponsors; Instagram takes at most ${PUBLISHING_LIMITS.sponsors}`,
			'Remove some.',
		);
	if (sponsors.length === 0 && !paidPartnership) return {};
	needFacebook(ctx, 'Paid Partnership');
	return { is_paid_partnership: true, ...(sponsors.length > 0 ? { branded_content_sponsor_ids: sponsors } : {}) };
}

/** Meta's parameters of the Options, without media; those that an operation does not offer are absent by themselves. */
export function readDetails(ctx: RunContext, options: PublishOptions, positions: Positions): IDataObject {
	const { aiLabel, altText = '', collaborators, locationId, shareToFeed, thumbOffset, trialReel } = options;
	checkAltText(ctx.fail, altText);
	if ((thumbOffset ?? 0) < 0) throw ctx.fail(`The thumbnail offset is ${thumbOffset} ms`, 'Use 0 or more.');
	const authors = collaboratorsOf(ctx.fail, collaborators);
	const location = String(locationId ?? '').trim();
	return {
		...(altText ? { alt_text: altText } : {}),
		...(location ? { location_id: location } : {}),
		...(authors.length > 0 ? { collaborators: authors } : {}),
		...readTags(ctx, options, positions),
		...readAudio(ctx, options),
		...readPartnership(ctx, options),
		...(shareToFeed === undefined ? {} : { share_to_feed: shareToFeed }),
		...(thumbOffset === undefined ? {} : { thumb_offset: thumbOffset }),
		...(trialReel ? { trial_params: { graduation_strategy: trialReel } } : {}),
		...(aiLabel ? { is_ai_generated: true } : {}),
	};
}

/** The caption, within Meta's limits; what may become of it all the same is said beside the output. */
export function readCaption({ fail, param, warn }: RunContext): string {
	const caption = param('caption', '');
	checkCaption(fail, caption);
	const warning = captionWarning(caption);
	if (warning) warn(warning);
	return caption;
}
