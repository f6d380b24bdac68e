import type { Locale } from '../../world/locales.mts';
import { localise } from '../../world/locales.mts';
import type { Login } from '../../world/app.mts';

/** Codes about the token itself: dead, missing, not exchangeable. */
const TOKEN_CODES = [190, 452, 2500];

/** Everything that distinguishes one refusal from another. */
export type GraphErrorSpec = {
	code: number;
	message: string;
	subcode?: number;
	type?: string;
	/** HTTP status; by default 400, as Meta answers nearly every refusal. */
	status?: number;
	transient?: boolean;
	userTitle?: string;
	userMessage?: string;
	/** Told before Meta knows for whom, and therefore in English to everybody. */
	untranslated?: true;
};

/** A refusal in Meta's envelope (Graph API guide "Handle Errors"). */
export class GraphError extends Error {
	readonly spec: GraphErrorSpec;

	constructor(spec: GraphErrorSpec) {
		super(spec.message);
		this.spec = spec;
	}

	/** On graph.instagram.com all but token problems are an `IGApiException`. */
	private typeOn(login: Login): string {
		const { code, type = 'OAuthException' } = this.spec;
		return login === 'instagram' && !TOKEN_CODES.includes(code) ? 'IGApiException' : type;
	}

	/** HTTP status of the answer. */
	get status(): number {
		return this.spec.status ?? 400;
	}

	/** graph.instagram.com names neither the number nor, of a field, the kind of node (reported from live use). */
	private messageOn(login: Login): string {
		const { code, message } = this.spec;
		if (login === 'facebook') return message;
		return code === 100 ? message.replace(/^\(#100\) (Tried accessing nonexisting field \(\w+\)).*$/, '$1') : message;
	}

	/** The body of the answer, in the language and with the type names of the host. */
	envelope(traceId: string, locale: Locale = 'en_US', login: Login = 'facebook'): { error: Record<string, unknown> } {
		const { code, subcode, transient, untranslated } = this.spec;
		const { message, userTitle, userMessage } = localise(untranslated ? 'en_US' : locale, code, {
			...this.spec,
			message: this.messageOn(login),
		});
		return {
			error: {
				message,
				type: this.typeOn(login),
				code,
				...(subcode !== undefined && { error_subcode: subcode }),
				...(transient !== undefined && { is_transient: transient }),
				...(userTitle !== undefined && { error_user_title: userTitle }),
				...(userMessage !== undefined && { error_user_msg: userMessage }),
				fbtrace_id: traceId,
			},
		};
	}
}

const METHOD_TYPE = 'GraphMethodException';

/** 100: a parameter is missing, unknown or malformed. */
export function invalidParam(message: string, subcode?: number): GraphError {
	return new GraphError({ code: 100, subcode, message: `(#100) ${message}` });
}

/** 100: a field or edge that this kind of node does not have, in Meta's own words (reported from live use). */
export function unknownField(field: string, node: string): GraphError {
	return invalidParam(`Tried accessing nonexisting field (${field}) on node type (${node})`);
}

/** 100/33: no such object, or one that the token may not see. */
export function objectMissing(method: string, id: string): GraphError {
	return new GraphError({
		code: 100,
		subcode: 33,
		type: METHOD_TYPE,
		message: `Unsupported ${method.toLowerCase()} request: object '${id}' is missing, out of reach of this token, or has no such operation`,
	});
}

/** 803: an alias that names nothing. */
export function unknownAlias(alias: string): GraphError {
	return new GraphError({
		code: 803,
		status: 404,
		message: `(#803) Some of the aliases asked for are unknown: ${alias}`,
	});
}

/** 2500: path segments that lead nowhere. */
export function unknownPath(path: string): GraphError {
	return new GraphError({ code: 2500, untranslated: true, message: `Unknown path components: ${path}` });
}

/** 190: a Page call with another kind of token. */
export function pageTokenRequired(): GraphError {
	return new GraphError({
		code: 190,
		untranslated: true,
		message: '(#190) This method must be called with a Page Access Token',
	});
}

/** 10: the token lacks a permission. */
export function permissionDenied(scopes: string[]): GraphError {
	return new GraphError({
		code: 10,
		status: 403,
		message: `(#10) The app lacks permission for this action: ${scopes.join(', ')}`,
	});
}

/** 200: a Page permission is missing. */
export function pagePermissionDenied(scopes: string[]): GraphError {
	return new GraphError({
		code: 200,
		status: 403,
		message: `(#200) Missing permission: ${scopes.join(', ')}`,
	});
}

/** 200: the person lacks the task on the Page that a permission needs. */
export function taskMissing(scopes: string[]): GraphError {
	return new GraphError({
		code: 200,
		status: 403,
		message: `(#200) The person lacks the task on this Page that is needed for ${scopes.join(', ')}`,
	});
}

/** 100, GraphMethodException: app secret proof missing or wrong. */
export function proofError(message: string): GraphError {
	return new GraphError({ code: 100, type: METHOD_TYPE, untranslated: true, message });
}

/** 2500: no token at all. */
export function tokenMissing(): GraphError {
	return new GraphError({
		code: 2500,
		untranslated: true,
		message: 'An active access token must be used to query information about the current user.',
	});
}

/** 1: the secret of an app is not that of this app. */
export function secretWrong(): GraphError {
	return new GraphError({ code: 1, untranslated: true, message: 'Error validating client secret.' });
}

/**
 * Errors of the publishing table: always HTTP 400, with texts for people.
 * @see https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/error-codes
 */
export function publishingError(code: number, subcode: number, message: string, transient = false): GraphError {
	return new GraphError({
		code,
		subcode,
		message,
		transient,
		userTitle: message,
		userMessage: `${message}.`,
	});
}
