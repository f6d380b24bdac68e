import type { Dispatcher } from 'undici';
import type { Deliverer } from './delivery.mts';
import type { FaultBox } from './faults.mts';
import type { Health } from './health.mts';
import type { RequestLog } from './requestLog.mts';
import type { Usage } from './usage.mts';
import type { UserCallbackSender } from './userCallbacks.mts';
import type { World } from '../world/world.mts';

/** Everything one running sandbox shares between its parts. `world` is replaced by a reset. */
export type Context = {
	world: World;
	/** HTTP client for deliveries, challenges and fetched media. */
	agent: Dispatcher;
	requests: RequestLog;
	faults: FaultBox;
	usage: Usage;
	deliverer: Deliverer;
	health: Health;
	userCallbacks: UserCallbackSender;
	/** Throw the world away and seed a new one with the same app and ids. */
	reset(): void;
};
