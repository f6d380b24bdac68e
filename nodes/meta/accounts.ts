/** An Instagram professional account that a login reaches. IDs are strings: they pass 2^53. */
export type Account = {
	/** Instagram account ID, the `entry.id` of webhooks. */
	id: string;
	username: string;
	name: string;
	/** Facebook Page that the account is linked to; absent with Instagram Login. */
	pageId?: string;
	pageName?: string;
};

/** A Facebook Page without a linked Instagram professional account. */
export type UnlinkedPage = { pageId: string; pageName: string };

/** What the person allowed and what not, as Meta tells it. */
export type Permissions = { granted: string[]; declined: string[] };

/** What kind of token a login rests on; decides host, lists and signing. */
export type LoginKind = 'facebookUser' | 'facebookPage' | 'instagram';

/** Everything that a login can do, as stored (encrypted by n8n) in its credential. */
export type LoginReach = {
	accounts: Account[];
	pageTokens: Record<string, string>;
	unlinked?: UnlinkedPage[];
	/** Absent where Meta does not tell. */
	permissions?: Permissions;
};

/** A Page as Meta's lists give it. */
export type PageNode = {
	id: string;
	name?: string;
	access_token?: string;
	instagram_business_account?: { id: string; username?: string; name?: string };
};

/** Fields of a Page that tell its account. */
export const PAGE_FIELDS = 'id,name,instagram_business_account{id,username,name}';

/** Reads the account off a Page; `undefined` when none is linked. */
export function accountOfPage(page: PageNode): Account | undefined {
	const linked = page.instagram_business_account;
	if (!linked) return undefined;
	return {
		id: String(linked.id),
		username: linked.username ?? '',
		name: linked.name ?? page.name ?? '',
		pageId: String(page.id),
		pageName: page.name ?? '',
	};
}
