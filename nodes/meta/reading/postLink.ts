/**
 * The part of a link that names a post, reel or video, as in `https://www.instagram.com/p/DAbc-1_xyz/`.
 * @returns `undefined` for anything else, a story's link included: it carries a number that the API does not know
 */
export function shortcodeIn(link: string): string | undefined {
	const url = /^[\w.]*instagram\.com\//i.test(link) ? `https://${link}` : link;
	if (!URL.canParse(url)) return undefined;
	const { hostname, pathname } = new URL(url);
	if (!/(^|\.)instagram\.com$/i.test(hostname)) return undefined;
	return /^\/(?:[\w.]+\/)?(?:p|reel|reels|tv)\/([\w-]+)\/?$/.exec(pathname)?.[1];
}
