import { parse, stringify } from 'flatted';

/** The data of an execution as n8n's database holds it: only what JSON can say is left of it. */
export function storeExecution(data: object): string {
	return stringify(data);
}

/** The data of an execution out of n8n's database. */
export function readExecution<T>(stored: string): T {
	return parse(stored) as T;
}
