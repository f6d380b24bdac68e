import type { NodeType } from '../engine/select.mts';

/** Somebody by id and username: an author, an owner, a participant. */
export type Party = { id: string; username: string };

/** What can be asked about somebody who is named beside something else. */
export const partyNode: NodeType<Party> = {
	name: 'User',
	defaults: ['username', 'id'],
	fields: { id: ({ id }) => id, username: ({ username }) => username },
};
