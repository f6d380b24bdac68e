import { MetaError, trace } from '../../../meta/errors/metaError';
import { NO_CONSENT, PROFILE_FIELDS, simplifyProfile } from '../../../meta/messages/person';
import { operation } from '../define';
import { simplify } from '../shared/listing';
import { metaId } from '../shared/metaId';
import { personField } from '../shared/personField';
import { graphPath } from '../../../meta/graph/path';

/** @see https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/user-profile */
export const getProfile = operation({
	value: 'getProfile',
	name: 'Get Profile',
	action: 'Get the profile of a person',
	description:
		'Read name, username, picture and followers of a person who wrote to the account or tapped a button there, and whether they follow it. A comment alone is not enough. The link to the picture works for a few days.',
	fields: [personField, simplify],
	run: async (ctx) => {
		const personId = metaId(ctx, 'personId', 'Person');
		const call = {
			method: 'GET',
			path: graphPath`/${personId}`,
			query: { fields: PROFILE_FIELDS },
			mayLackFields: true,
		} as const;
		const profile = await ctx.graph(call).catch((error: Error) => {
			if (!(error instanceof MetaError) || error.facts.error?.code !== NO_CONSENT) throw error;
			throw ctx.fail(
				'This person has not agreed to share their profile',
				`Meta gives a profile only after the person wrote a message or tapped an ice breaker or a menu item; a comment is not enough. If they did, check that the messaging capability of the credential is on. ${trace(error.facts)}`,
			);
		});
		return ctx.param('simplify', true) ? simplifyProfile(profile, personId) : profile;
	},
});
