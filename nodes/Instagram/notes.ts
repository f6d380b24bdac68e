import type { IDataObject } from 'n8n-workflow';

/** What an operation notes down about an item, in an object that n8n stores: only what survives JSON. */
export class Notes {
	constructor(private readonly stored: IDataObject) {}

	get<T>(key: string): T | undefined {
		return this.stored[key] as T | undefined;
	}

	has(key: string): boolean {
		return key in this.stored;
	}

	set(key: string, value: object | number | string): void {
		this.stored[key] = value as IDataObject;
	}

	clear(): void {
		for (const key of Object.keys(this.stored)) delete this.stored[key];
	}
}
