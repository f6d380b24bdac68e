import type { Account, Comment, Customer } from './types.mts';

/** Who wrote a comment. */
export type CommentAuthor = Comment['from'];

export function byCustomer(customer: Customer): CommentAuthor {
	return { kind: 'customer', customer };
}
export function byAccount(account: Account): CommentAuthor {
	return { kind: 'account', account };
}

/** Username of an author. */
export function nameOf(author: CommentAuthor): string {
	return author.kind === 'account' ? author.account.username : author.customer.username;
}

/** Whether an author has a role on the app. */
export function hasRole(author: CommentAuthor): boolean {
	return author.kind === 'account' ? author.account.hasRole : author.customer.hasRole;
}
