/** Starts the list somewhere else, so that nothing always follows the same thing. */
export function rotated<T>(items: T[], by: number): T[] {
	return items.map((_, index) => items[(index + by) % items.length]);
}
