import type { IDataObject } from 'n8n-workflow';
import type { Progress } from '../operations/define';

/** Progress in an object that n8n stores. */
export class StoredProgress implements Progress {
	private readonly stored: IDataObject;

	constructor(stored: IDataObject) {
		this.stored = stored;
	}

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
