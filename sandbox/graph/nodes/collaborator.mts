import type { Collaborator, Media } from '../../world/types.mts';
import { accountByUsername } from '../../world/world.mts';
import type { Call } from '../engine/call.mts';
import type { FieldRequest } from '../engine/fields.mts';
import type { NodeType } from '../engine/select.mts';
import { selectNode } from '../engine/select.mts';

/** Somebody who was invited to a post (type ShadowIGMediaCollaborators). */
const collaboratorNode: NodeType<Collaborator> = {
	name: 'ShadowIGMediaCollaborators',
	defaults: ['id', 'username', 'invite_status'],
	fields: {
		// People who are no professional accounts have no id that would lead anywhere.
		id: ({ username }, { call }) => accountByUsername(call.world, username)?.id,
		username: ({ username }) => username,
		invite_status: ({ status }) => status,
	},
};

/** Everybody who was invited to a post, with their answers. */
export async function collaboratorList(
	call: Call,
	media: Media,
	fields?: FieldRequest[],
): Promise<Record<string, unknown>> {
	const data: unknown[] = [];
	for (const one of media.collaborators) data.push(await selectNode(collaboratorNode, one, fields, call));
	return { data };
}
