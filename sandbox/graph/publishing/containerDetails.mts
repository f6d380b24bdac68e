import type { Account, ContainerDetails, ContainerKind, UserTag } from '../../world/types.mts';
import { accountByUsername } from '../../world/world.mts';
import type { Call } from '../engine/call.mts';
import { checkAltText, checkCollaborators, checkLocation, checkUserTags, readCaption } from './captionRules.mts';
import { listParam, textParam } from './containerParams.mts';
import { invalidParam, publishingError } from '../engine/errors.mts';
import { readProductTags } from './productRules.mts';
import { readEnum } from '../engine/params.mts';
import { needScopes } from '../engine/tasks.mts';

const SHOP_SCOPES = ['catalog_management', 'instagram_shopping_tag_products'];
const MAX_SPONSORS = 2;

const checkTrial = (call: Call): void => {
	const trial = call.params.trial_params as Record<string, unknown> | undefined;
	if (trial === undefined) return;
	const strategies = ['MANUAL', 'SS_PERFORMANCE'];
	if (readEnum('graduation_strategy', trial.graduation_strategy, strategies) === undefined)
		throw invalidParam('Param trial_params needs a graduation_strategy');
};

const isVolume = (value: unknown): boolean =>
	value === undefined || (Number.isFinite(Number(value)) && Number(value) >= 0 && Number(value) <= 100);

/** Audio of the library; whether it may be used is not told before. */
const readAudio = (call: Call): string | undefined => {
	const audio = call.params.audio_configuration as Record<string, unknown> | undefined;
	if (audio === undefined) return undefined;
	if (!call.world.audio.has(String(audio.audio_id))) throw invalidParam('Param audio_configuration names no audio');
	if (!isVolume(audio.audio_volume) || !isVolume(audio.video_volume))
		throw invalidParam('Volumes in audio_configuration lie between 0 and 100');
	return String(audio.audio_id);
};

const checkSponsors = (call: Call): void => {
	const sponsors = listParam(call, 'branded_content_sponsor_ids').map(String);
	if (sponsors.length > MAX_SPONSORS)
		throw invalidParam(`Param branded_content_sponsor_ids has more than ${MAX_SPONSORS} ids`);
	if (sponsors.some((id) => !call.world.accounts.has(id))) throw invalidParam('INSTAGRAM_PLATFORM_API__INVALID_PARAM');
};

const isPublic = (call: Call, username: string): boolean =>
	!(accountByUsername(call.world, username)?.isPrivate ?? call.world.customers.get(username)?.isPrivate);

const readUserTags = (call: Call, kind: ContainerKind, isVideo: boolean): UserTag[] => {
	const tags = listParam(call, 'user_tags');
	const positions = isVideo ? 'refused' : kind === 'STORIES' ? 'optional' : 'required';
	checkUserTags(call, tags, positions);
	const read = tags.map((tag) => tag as UserTag);
	const hidden = read.find(({ username }) => !isPublic(call, username));
	if (hidden) throw publishingError(100, 2207018, `The user ${hidden.username} is private`);
	return read;
};

/**
 * Check everything about a container beside its media.
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/media
 */
export function readDetails(call: Call, account: Account, kind: ContainerKind, isVideo: boolean): ContainerDetails {
	const caption = readCaption(call);
	checkAltText(textParam(call, 'alt_text') ?? '');
	const collaborators = listParam(call, 'collaborators');
	checkCollaborators(call, collaborators);
	const userTags = readUserTags(call, kind, isVideo);
	const location = textParam(call, 'location_id');
	if (location !== undefined) checkLocation(call, location);
	const productTags = listParam(call, 'product_tags');
	if (call.params.product_tags !== undefined) needScopes(call, SHOP_SCOPES);
	if (Number(call.params.thumb_offset ?? 0) < 0) throw publishingError(1, 2207057, 'The thumb_offset is out of bounds');
	checkSponsors(call);
	checkTrial(call);
	return {
		caption,
		altText: textParam(call, 'alt_text'),
		shareToFeed: call.params.share_to_feed !== false,
		aiGenerated: call.params.is_ai_generated === true,
		userTags,
		collaborators: collaborators.map(String),
		productTags: readProductTags(call.world, account, productTags, isVideo),
		audioId: readAudio(call),
	};
}
