import type { Login, UserCallbacks } from '../world/app.mts';

/** One call of an app's deauthorize or data deletion callback, and what came of it. */
export type UserCallback = {
	at: string;
	kind: keyof UserCallbacks;
	login: Login;
	appId: string;
	/** The app-scoped id of the person or account. */
	userId: string;
	url: string;
	status?: number;
	/** Where the person can see how the deletion goes, and under which code. */
	answer?: { url: string; confirmation_code: string };
	/** What Meta does not accept about the answer. */
	problem?: string;
};

/**
 * Tells apps that somebody removed them, or wants their data deleted.
 * @see https://developers.facebook.com/docs/development/create-an-app/app-dashboard/data-deletion-callback
 */
export type UserCallbackSender = {
	/** Start listening to the world as it is now (again, after a reset). */
	attach(): void;
	list(): UserCallback[];
};
