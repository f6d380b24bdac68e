import { account } from './account';
import { address } from './address';
import { app } from './app';
import { appMode } from './appMode';
import { callLimits } from './callLimits';
import { clock } from './clock';
import { dataAccess } from './dataAccess';
import type { Check } from './define';
import { grantedAssets } from './grantedAssets';
import { graphVersion } from './graphVersion';
import { instagramLink } from './instagramLink';
import { messageAccess } from './messageAccess';
import { pageRole } from './pageRole';
import { permissionChecks } from './permissions';
import { publishingLimit } from './publishingLimit';
import { subscribedFields } from './subscribedFields';
import { tokenValid } from './token';
import { webhook } from './webhook';

/** Every check, in the order of the report: the login, what it may do, the account, events. */
export const checks: Check[] = [
	account,
	tokenValid,
	dataAccess,
	app,
	appMode,
	...permissionChecks,
	grantedAssets,
	pageRole,
	instagramLink,
	messageAccess,
	publishingLimit,
	callLimits,
	address,
	webhook,
	subscribedFields,
	graphVersion,
	clock,
];
