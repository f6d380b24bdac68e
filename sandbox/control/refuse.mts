import type { App } from '../world/app.mts';
import type { Account, Customer } from '../world/types.mts';
import type { World } from '../world/world.mts';
import { accountByUsername } from '../world/world.mts';

/** An error of the control API itself, answered as JSON with this HTTP status. */
export function refuse(statusCode: number, message: string): Error {
	return Object.assign(new Error(message), { statusCode });
}

/** The account with this username, or 404. */
export function needAccount(world: World, username: unknown): Account {
	const account = accountByUsername(world, String(username));
	if (!account) throw refuse(404, `There is no account ${String(username)}.`);
	return account;
}

/** The customer with this username, or 404. */
export function needCustomer(world: World, username: string): Customer {
	const customer = world.customers.get(username);
	if (!customer) throw refuse(404, `There is no customer ${username}.`);
	return customer;
}

/** The app with this id, or 404. */
export function needApp(world: World, id: string): App {
	const app = world.apps.get(id);
	if (!app) throw refuse(404, `There is no app ${id}.`);
	return app;
}
