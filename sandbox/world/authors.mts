import type { Account, Comment, Customer } from './types.mts';

/** Who wrote a comment. */
export type CommentAuthor = Comment['from'];

export const byCustomer = (customer: Customer): CommentAuthor => ({ kind: 'customer', customer });
export const byAccount = (account: Account): CommentAuthor => ({ kind: 'account', account });

/** Username of an author. */
export const nameOf = (author: CommentAuthor): string =>
	author.kind === 'account' ? author.account.username : author.customer.username;

/** Whether an author has a role on the app. */
export const hasRole = (author: CommentAuthor): boolean =>
	author.kind === 'account' ? author.account.hasRole : author.customer.hasRole;
