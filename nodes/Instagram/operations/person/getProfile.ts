import { MetaError, trace } from '../../../meta/errors';
import { operation } from '../define';
import { simplify } from '../fields';
import { personField, personOf } from '../messageFields';

const FIELDS = 'name,username,profile_pic,follower_count,is_user_follow_business,is_business_follow_user,is_verified_user';
/** Meta's number for a person who has not agreed to share the profile. */
const NO_CONSENT = 230;

/** @see https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/user-profile */
export const getProfile = operation({
	value: 'getProfile',
	name: 'Get Profile',
	action: 'Get the profile of a person',
	description:
		'Read name, username, picture and followers of a person who wrote to the account or tapped a button there, and whether they follow it. A comment alone is not enough. The link to the picture works for a few days.',
	fields: [personField, simplify],
	run: async (ctx) => {
		const personId = personOf(ctx);
		const call = { method: 'GET', path: `/${encodeURIComponent(personId)}`, query: { fields: FIELDS } } as const;
		const profile = await ctx.graph(call).catch((error: Error) => {
			if (!(error instanceof MetaError) || error.facts.error?.code !== NO_CONSENT) throw error;
			throw ctx.fail(
				'This person has not agreed to share their profile',
				`Meta gives a profile only after the person wrote a message or tapped an ice breaker or a menu item; a comment is not enough. If they did, check that the messaging capability of the credential is on. ${trace(error.facts)}`,
			);
		});
		if (!ctx.param('simplify', true)) return profile;
		return {
			id: profile.id ?? personId,
			username: profile.username ?? null,
			name: profile.name ?? null,
			pictureUrl: profile.profile_pic ?? null,
			followers: profile.follower_count ?? null,
			followsAccount: profile.is_user_follow_business ?? null,
			isFollowedByAccount: profile.is_business_follow_user ?? null,
			isVerified: profile.is_verified_user ?? null,
		};
	},
});
