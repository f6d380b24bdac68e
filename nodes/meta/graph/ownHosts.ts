/**
 * Hosts of Meta at which the calls of both nodes end.
 * @see https://developers.facebook.com/docs/instagram-platform/overview
 * @see https://developers.facebook.com/docs/instagram-platform/content-publishing/resumable-uploads
 */
const META_HOST = /^(?:graph\.(?:facebook|instagram)\.com|rupload[\w-]*\.facebook\.com)$/;

/**
 * Whether a call that carries a token may go to an address: to a host of Meta, or to the origin of a base URL of the
 * credential, behind which a gateway or the sandbox stands.
 * @param address a whole URL; anything else is no address of ours
 * @param baseUrls as the operator typed them into the credential
 */
export function isOwnAddress(address: string, baseUrls: unknown[]): boolean {
	if (!URL.canParse(address)) return false;
	const { hostname, origin, port, protocol } = new URL(address);
	if (protocol === 'https:' && port === '' && META_HOST.test(hostname)) return true;
	const isOrigin = (base: unknown) => URL.canParse(String(base)) && new URL(String(base)).origin === origin;
	return /^https?:$/.test(protocol) && baseUrls.some(isOrigin);
}
