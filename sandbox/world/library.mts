import type { World } from './world.mts';

/** Fill Meta's audio library: two pieces of music, and an original sound of an account. */
export function seedLibrary(world: World): void {
	const pieces = [
		{ type: 'music', title: 'Morning Bread', artist: 'The Ovens', durationMs: 182_000 },
		{ type: 'music', title: 'Flour Waltz', artist: 'Grain Trio', durationMs: 95_000 },
		{ type: 'original_sound', title: 'Kneading', artist: 'sandbox_bakery', durationMs: 14_000 },
	] as const;
	pieces.forEach((piece, index) => {
		const id = `77000000000000${index + 1}`;
		world.audio.set(id, { id, ...piece });
	});
}
