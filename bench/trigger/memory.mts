import { once } from 'node:events';
import { repeated, turnedAway, type Kind } from './kinds.mts';
import type { Side } from './sides.mts';

/** Deliveries that start nothing, one kind after the other. */
const KINDS: Kind[] = [...Object.values(turnedAway), repeated];
const STEPS = 10;
/** Until then n8n and V8 are still warming up. */
const WARM_UP = 2_000;
const MB = 1024 * 1024;

/** Bytes on n8n's heap after a full collection of garbage, by Node's inspector. */
async function heapOf(inspector: string): Promise<number> {
	const socket = new WebSocket(inspector);
	await once(socket, 'open');
	let id = 0;
	const call = async (method: string): Promise<{ usedSize?: number }> => {
		const own = ++id;
		socket.send(JSON.stringify({ id: own, method }));
		for (;;) {
			const [event] = (await once(socket, 'message')) as [{ data: string }];
			const answer = JSON.parse(event.data) as { id?: number; result?: { usedSize?: number } };
			if (answer.id === own) return answer.result ?? {};
		}
	};
	await call('HeapProfiler.collectGarbage');
	const { usedSize } = await call('Runtime.getHeapUsage');
	socket.close();
	if (usedSize === undefined) throw new Error("Node's inspector told no heap size");
	return usedSize;
}

/** @returns megabytes on the heap, before the deliveries and after each tenth of them */
export async function measureMemory(side: Side, deliveries: number): Promise<number[]> {
	let index = 0;
	const next: Kind['next'] = (target) => KINDS[index++ % KINDS.length].next(target);
	await side.fire(next, (sent) => sent < WARM_UP);
	const sizes = [await heapOf(side.inspector)];
	for (let step = 1; step <= STEPS; step++) {
		await side.fire(next, (sent) => sent < deliveries / STEPS);
		sizes.push(await heapOf(side.inspector));
		console.error(`memory: ${(deliveries / STEPS) * step} deliveries`);
	}
	return sizes.map((bytes) => bytes / MB);
}
