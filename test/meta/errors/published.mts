/** A number of Meta's tables: code and subcode, or one alone; with the reason where no row is needed. */
export type Published = [numbers: string, reason?: string];

const MARKETING = 'marketing messages are for Messenger, and the node sends none';
const GAMES = 'Instant Games and the SDK inside Messenger are no calls of the Graph API';
const CALLS = 'calls are a feature of Messenger that the node does not use';
const PHONE = 'the node sends to people, never to phone numbers';
const ADS = 'a budget of other products (ads, WhatsApp, catalogs), which these calls do not use up';

/** Every number of Meta's published tables, by page. */
// prettier-ignore
export const PUBLISHED: Record<string, Published[]> = {
	'https://developers.facebook.com/docs/graph-api/guides/error-handling': [
		['1'], ['2'], ['3'], ['4'], ['10'], ['17'], ['102'], ['190'], ['200'], ['299'], ['341'], ['368'], ['506'],
		['1609005', 'only posts to the feed of a Page carry links that Meta reads'],
		['190/458'], ['190/459'], ['190/460'], ['190/463'], ['190/464'], ['190/467'], ['190/492'],
	],
	'https://developers.facebook.com/docs/graph-api/overview/rate-limiting': [
		['4'], ['17'], ['32'], ['613'], ['613/1996'], ['80001'], ['80002'], ['80006'],
		['80000', ADS], ['80003', ADS], ['80004', ADS], ['80005', ADS], ['80008', ADS], ['80009', ADS], ['80014', ADS],
	],
	'https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/error-codes': [
		['-2/2207003'], ['-2/2207020'], ['-1/2207001'], ['-1/2207032'], ['-1/2207053'], ['1/2207057'], ['4/2207051'],
		['9/2207042'], ['24/2207006'], ['24/2207008'], ['25/2207050'], ['100/2207023'], ['100/2207028'], ['100/2207035'],
		['100/2207036'], ['100/2207037'], ['100/2207040'], ['352/2207026'], ['9004/2207052'], ['9007/2207027'],
		['36000/2207004'], ['36001/2207005'], ['36003/2207009'], ['36004/2207010'],
	],
	'https://developers.facebook.com/docs/messenger-platform/error-codes': [
		['1/99'], ['1/1357046'], ['2'], ['2/2018344', 'the node has no labels of the inbox'], ['4'], ['4/2018354', MARKETING],
		['9/2018352', MARKETING], ['10'], ['10/1404170', MARKETING], ['10/1893015', MARKETING],
		['10/2018336', 'menus for one person are for Messenger, and the node sets none'],
		['10/2534022'], ['10/2534077'], ['10/2018278'], ['10/2018065'], ['10/2018108'], ['10/1893063'],
		['100', 'many errors in one: Meta names the value, and the class says what to do with it'],
		['100/33'], ['100/2018001'], ['100/2018008'],
		['100/2018014', 'the node sends a message or a sender action, never both'],
		['100/2018047'], ['100/2018074'], ['100/2018109'], ['100/2018164'], ['100/2018294'], ['100/2018320'],
		['100/2018328', 'versions below 8 ended years ago'],
		['100/2534013'], ['100/2534014'], ['100/2534015'], ['100/2534025'], ['100/2534029'], ['100/2534037'],
		['190'], ['200'], ['200/1545041'], ['200/2018021', PHONE], ['200/2018027', PHONE], ['200/2018028'], ['200/2534041'],
		['551'], ['551/1545041'], ['613/1893016', MARKETING], ['613/2018338'], ['613/2534040'], ['2022'],
		['10303', 'account linking is for Messenger'], ['24001', GAMES], ['24002', GAMES], ['24005', GAMES], ['36103'],
		['2018144', GAMES], ['2018154', GAMES], ['2018163', GAMES], ['2018166', GAMES], ['2018171'], ['2018218'],
		['2018234', 'the node reads who controls a conversation, never the list of receivers'], ['2018247'], ['2018300'], ['2018321'],
		...['10', '11', '14', '15', '16', '17', '18', '19', '20', '21', '22', '23', '24', '25'].map((end): Published => [`20710${end}`, GAMES]),
		['9000001'],
		...['89', '90', '91', '92', '93', '94', '95', '96'].map((end): Published => [`20183${end}`, CALLS]),
	],
	'https://developers.facebook.com/docs/facebook-login/guides/access-tokens/debugging-and-error-handling': [
		['190/458'], ['190/460'], ['190/463'], ['190/467'],
	],
	'https://developers.facebook.com/docs/facebook-login/guides/advanced/manual-flow': [
		['101'], ['191'],
		['100/36007', 'n8n exchanges the code by itself, and shows what Meta says'],
		['100/36008', 'n8n exchanges the code by itself, and shows what Meta says'],
		['100/36009', 'n8n exchanges the code by itself, and shows what Meta says'],
	],
	'https://developers.facebook.com/docs/graph-api/webhooks/getting-started': [['2200'], ['2201']],
};
