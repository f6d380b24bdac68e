import type { IHttpRequestOptions } from 'n8n-workflow';

/** How a credential reaches HTTP: the `httpRequest` helper that n8n hands to it. */
export type Http = (options: IHttpRequestOptions) => Promise<unknown>;
