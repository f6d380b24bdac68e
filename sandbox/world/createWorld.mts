import { createClock } from './clock.mts';
import type { WorldEvent } from './events.mts';
import { seedLibrary } from './library.mts';
import type { Settings } from './options.mts';
import { seedWorld } from './seed.mts';
import { createTokenStore } from './tokens.mts';
import type { World } from './world.mts';

/** A fresh, seeded world. */
export function createWorld(settings: Settings, baseUrl: string): World {
	const clock = createClock();
	const listeners: Array<(event: WorldEvent) => void> = [];
	const world: World = {
		clock,
		settings,
		tokens: createTokenStore(clock),
		apps: new Map(),
		users: new Map(),
		systemUsers: new Map(),
		businesses: new Map(),
		pages: new Map(),
		accounts: new Map(),
		customers: new Map(),
		threads: new Map(),
		messages: new Map(),
		media: new Map(),
		comments: new Map(),
		publicPosts: new Map(),
		publicComments: new Map(),
		mentions: [],
		containers: new Map(),
		assets: new Map(),
		catalogs: new Map(),
		upcomingEvents: new Map(),
		hashtags: new Map(),
		audio: new Map(),
		attachments: new Map(),
		codes: new Map(),
		instagramCodes: new Map(),
		locale: settings.locale,
		baseUrl,
		emit: (event) => listeners.forEach((listener) => listener(event)),
		listen: (listener) => listeners.push(listener),
	};
	seedWorld(world);
	seedLibrary(world);
	return world;
}
