import type { JsonValue, Progress } from '../operations/define';

/** Progress in an object that n8n stores. */
export class StoredProgress implements Progress {
	private readonly stored: Record<string, JsonValue>;

	constructor(stored: Record<string, JsonValue>) {
		this.stored = stored;
	}

	get<T extends JsonValue>(key: string): T | undefined {
		return this.stored[key] as T | undefined;
	}

	has(key: string): boolean {
		return key in this.stored;
	}

	set(key: string, value: JsonValue): void {
		this.stored[key] = value;
	}

	clear(): void {
		for (const key of Object.keys(this.stored)) delete this.stored[key];
	}
}
