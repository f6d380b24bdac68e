import type { App } from '../../world/app.mts';
import type { NodeType } from '../engine/select.mts';

/** The app itself. */
export const appNode: NodeType<App> = {
	name: 'Application',
	on: 'app',
	defaults: ['category', 'link', 'name', 'id'],
	fields: {
		id: (app) => app.id,
		name: (app) => app.name,
		category: () => 'Business',
		link: (app) => `https://www.facebook.com/games/?app_id=${app.id}`,
	},
};
