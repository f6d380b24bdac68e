/** Starts the list somewhere else, so that nothing always follows the same thing. */
export const rotated = <T,>(items: T[], by: number): T[] => items.map((_, index) => items[(index + by) % items.length]);
