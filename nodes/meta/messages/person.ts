import type { IDataObject } from 'n8n-workflow';

/** Every field of a person that Meta documents for Instagram. */
export const PROFILE_FIELDS =
	'name,username,profile_pic,follower_count,is_user_follow_business,is_business_follow_user,is_verified_user';

/** Meta's number for a person who has not agreed to share the profile. */
export const NO_CONSENT = 230;

/**
 * A person as a workflow needs them.
 * @see https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/user-profile
 */
export function simplifyProfile(profile: IDataObject, personId: string): IDataObject {
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
}
