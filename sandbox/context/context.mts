import type { Dispatcher } from 'undici';
import type { FaultBox } from './faults.mts';
import type { RequestLog } from './requestLog.mts';
import type { Usage } from '../graph/engine/usage.mts';
import type { Deliverer } from '../webhooks/deliverer.mts';
import type { Health } from '../webhooks/health.mts';
import type { UserCallbackSender } from '../webhooks/userCallbacks.mts';
import type { World } from '../world/world.mts';

/** Everything one running sandbox shares between its parts. `world` is replaced by a reset. */
export interface Context {
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
}
