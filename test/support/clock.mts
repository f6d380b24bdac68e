/** Only the clock is faked; sockets, promises and n8n's own timers work as ever. Undo with `jest.useRealTimers()`. */
export function setClock(now: number): void {
	jest.useFakeTimers({
		now,
		doNotFake: [
			'nextTick',
			'setImmediate',
			'clearImmediate',
			'setTimeout',
			'clearTimeout',
			'setInterval',
			'clearInterval',
			'queueMicrotask',
			'hrtime',
			'performance',
		],
	});
}
