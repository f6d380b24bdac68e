import type { Call } from '../engine/call.mts';
import { GraphError, invalidParam } from '../engine/errors.mts';
import { isPrivatePost, ownerName, publicLink } from '../nodes/publicMedia.mts';
import { pageNode } from '../nodes/page.mts';
import { edgePage } from '../engine/paging.mts';
import { readCallParams } from '../engine/call.mts';
import type { NodeType } from '../engine/select.mts';
import type { Page } from '../../world/types.mts';

const WIDEST = 658;
const NARROWEST = 320;

const PUBLIC_PAGE_FIELDS = ['id', 'name', 'location', 'link', 'is_published', 'verification_status'];

/** A Page as anybody may see it. */
const publicPageNode: NodeType<Page> = {
	name: 'Page',
	defaults: ['id', 'name'],
	fields: Object.fromEntries(PUBLIC_PAGE_FIELDS.map((name) => [name, pageNode.fields[name]])),
};

/**
 * `GET /pages/search` (Pages API, "Search for Pages"): public Pages by name, for `location_id`; only
 * those with a `location` in the answer can serve as one. Needs the feature Page Public Metadata Access.
 */
export function searchPages(call: Call): unknown {
	call.params = readCallParams(call, { q: 'string!' });
	if (!call.app?.publicPageAccess)
		throw new GraphError({
			code: 10,
			status: 403,
			message: '(#10) The app does not have the feature Page Public Metadata Access',
		});
	const words = String(call.params.q).toLowerCase();
	const items = [...call.world.pages.values()].filter(({ name }) => name.toLowerCase().includes(words));
	return edgePage(call, { items, keyOf: ({ id }) => id, type: publicPageNode });
}

const shortcodeIn = (url: string): string | undefined => {
	if (!URL.canParse(url)) return undefined;
	const { hostname, pathname } = new URL(url);
	if (!/^(www\.)?instagram\.com$/.test(hostname)) return undefined;
	return /^\/(?:[\w.]+\/)?(?:p|reel|tv)\/([\w-]+)\/?$/.exec(pathname)?.[1];
};

const escape = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/**
 * `GET /instagram_oembed`: the HTML that shows a public post; no token is needed.
 * @see https://developers.facebook.com/docs/instagram-platform/oembed
 */
export function embed(call: Call): unknown {
	const params = readCallParams(call, {
		url: 'string!',
		maxwidth: 'int',
		hidecaption: 'bool',
		omitscript: 'bool',
	});
	const width = Number(params.maxwidth ?? WIDEST);
	if (width < NARROWEST || width > WIDEST) throw invalidParam(`Param maxwidth lies between ${NARROWEST} and ${WIDEST}`);
	const shortcode = shortcodeIn(String(params.url));
	if (shortcode === undefined) throw invalidParam('Param url is no address of an Instagram post');
	const { world } = call;
	const posts = [...world.media.values(), ...world.publicPosts.values()];
	const post = posts.find((one) => one.shortcode === shortcode && one.productType !== 'STORY');
	if (!post || isPrivatePost(post))
		throw new GraphError({
			code: 24,
			subcode: 2207006,
			message: '(#24) The post does not exist, or it is not public',
		});
	const link = publicLink(post);
	const script = '<script async src="//www.instagram.com/embed.js"></script>';
	const text = escape(`A post shared by ${ownerName(post)}`);
	const quote = `<blockquote class="instagram-media" data-instgrm-permalink="${link}"><a href="${link}">${text}</a></blockquote>`;
	const all: Record<string, unknown> = {
		version: '1.0',
		provider_name: 'Instagram',
		provider_url: 'https://www.instagram.com/',
		type: 'rich',
		width,
		html: params.omitscript === true ? quote : `${quote}\n${script}`,
	};
	const asked = String(call.raw.fields ?? '');
	const names = asked === '' ? Object.keys(all) : asked.split(',').map((name) => name.trim());
	return Object.fromEntries(names.filter((name) => name in all).map((name) => [name, all[name]]));
}
