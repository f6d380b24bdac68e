import { audioEndpoints } from '../edges/audio.mts';
import { collaborationEndpoints } from '../edges/collaborations.mts';
import { hashtagEndpoints } from '../edges/hashtags.mts';
import { likeEndpoints } from '../edges/likes.mts';
import { mentionEndpoints } from '../edges/mentions.mts';
import { productEndpoints } from '../edges/products.mts';
import { upcomingEventEndpoints } from '../edges/upcomingEvents.mts';
import { attachmentEndpoints } from '../edges/attachments.mts';
import { businessEndpoints } from '../edges/businesses.mts';
import { commentEndpoints } from '../edges/comments.mts';
import { conversationEndpoints } from '../edges/conversations.mts';
import { insightEndpoints } from '../edges/insights.mts';
import { mediaEndpoints } from '../edges/media.mts';
import { messageEndpoints } from '../edges/messages.mts';
import { messengerProfileEndpoints } from '../edges/messengerProfile.mts';
import { moderationEndpoints } from '../edges/moderation.mts';
import { peopleEndpoints } from '../edges/people.mts';
import { publishingEndpoints } from '../edges/publishing.mts';
import { subscribedAppsEndpoints } from '../edges/subscribedApps.mts';
import { subscriptionEndpoints } from '../edges/subscriptions.mts';
import { threadControlEndpoints } from '../edges/threadControl.mts';
import { welcomeFlowEndpoints } from '../edges/welcomeFlows.mts';
import type { Endpoint } from '../engine/endpoint.mts';

/** Every edge of the simulated Graph, one row each. */
export const endpoints: Endpoint[] = [
	...peopleEndpoints,
	...businessEndpoints,
	...subscriptionEndpoints,
	...subscribedAppsEndpoints,
	...messageEndpoints,
	...attachmentEndpoints,
	...threadControlEndpoints,
	...messengerProfileEndpoints,
	...welcomeFlowEndpoints,
	...moderationEndpoints,
	...conversationEndpoints,
	...publishingEndpoints,
	...mediaEndpoints,
	...insightEndpoints,
	...commentEndpoints,
	...mentionEndpoints,
	...likeEndpoints,
	...hashtagEndpoints,
	...collaborationEndpoints,
	...productEndpoints,
	...upcomingEventEndpoints,
	...audioEndpoints,
];
