import { ACCOUNT } from '../support.mts';

export const FLORIST = 'sandbox_florist';
export const NONE = 'none';

/** The same fields at both accounts. */
export function both(fields: string) {
	return { [ACCOUNT]: fields, [FLORIST]: fields };
}

export const ALL_WRITES = ['POST callback', `POST ${ACCOUNT}`, `POST ${FLORIST}`];
export const MESSAGES = { callback: '/webhook/main messages', accounts: both('messages') };
