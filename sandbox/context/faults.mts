/** A planned failure of the next matching calls. */
export type Fault = {
	id: string;
	method?: string;
	/** Tested on the path after host and version. */
	path: RegExp;
	times: number;
	/** Matching calls that are let through before. */
	skip?: number;
	status?: number;
	error?: {
		code: number;
		error_subcode?: number;
		type?: string;
		is_transient?: boolean;
		message?: string;
	};
	delayMs: number;
	/** The call takes effect at once, but its answer takes this many ms. */
	answerDelayMs?: number;
	/** Of an upload: cut the connection once this many bytes of the body have come. */
	afterBytes?: number;
	/** Cut the connection before the call takes effect, or after (a lost answer). */
	reset?: 'before' | 'after';
	/** The call takes effect first, and then `status` and `error` are answered. */
	afterEffect?: boolean;
	/** The call takes effect, but what comes back is no JSON, or breaks off in the middle. */
	answer?: 'malformed' | 'truncated';
};

/** The planned failures of a sandbox. */
export type FaultBox = {
	plan(fault: Omit<Fault, 'id'>): string;
	/** The fault for this call, used up by one. */
	take(method: string, path: string): Fault | undefined;
	clear(): void;
};

/** An empty box. */
export function createFaultBox(): FaultBox {
	let faults: Fault[] = [];
	let count = 0;
	return {
		plan(fault) {
			count += 1;
			const id = `fault-${count}`;
			faults.push({ ...fault, id });
			return id;
		},
		take(method, path) {
			const fault = faults.find(
				(one) => one.times > 0 && (!one.method || one.method.toUpperCase() === method) && one.path.test(path),
			);
			if (fault?.skip) {
				fault.skip -= 1;
				return undefined;
			}
			if (fault) fault.times -= 1;
			return fault;
		},
		clear: () => {
			faults = [];
		},
	};
}
