import type { Chapter } from '../row';

const NEW_POST = 'Run the publishing step again with a new container.';

/** Containers and posts. The subcodes stand beside other codes as well, and in the status of a container beside none. */
// prettier-ignore
export const PUBLISHING: Chapter[] = [
	{
		page: 'https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/error-codes',
		rows: [
			{ subcode: 2207003, retry: 'soon', message: 'Instagram took too long to download the media', fix: 'Use a faster host or a smaller file, and run the step again.' },
			{ code: -2, subcode: 2207020, anywhere: true, retry: 'no', message: 'The media has expired', fix: NEW_POST },
			{ code: -1, subcode: 2207001, anywhere: true, retry: 'soon', message: 'Instagram failed while working on the media', fix: 'Run the step again in a minute.' },
			{ subcode: 2207032, retry: 'soon', message: 'Instagram failed while working on the media', fix: 'Run the step again in a minute.' },
			{ subcode: 2207053, retry: 'no', message: 'Instagram could not take the video', fix: NEW_POST },
			{ subcode: 2207057, retry: 'no', message: 'The thumbnail offset lies outside the video', fix: 'Use a moment within the video, in milliseconds.' },
			{ subcode: 2207051, retry: 'later', message: 'Instagram held this action back as possible spam', fix: 'Look whether it was carried out before you repeat it; slow down and vary the content.' },
			{ code: 9, subcode: 2207042, anywhere: true, retry: 'later', message: "The account's publishing limit for 24 hours is used up", fix: 'Publish again when the oldest post of the last 24 hours is a day old.' },
			{ code: 24, subcode: 2207006, anywhere: true, retry: 'no', message: 'The media does not exist (any more) for this login', fix: `${NEW_POST} A container is published once and lives 24 hours.` },
			{ subcode: 2207008, retry: 'soon', message: 'The media container is not available at the moment', fix: 'Try again in a minute or two.' },
			{ subcode: 2207023, retry: 'no', message: 'Instagram does not know this kind of media', fix: 'Publish videos as reels, stories or items of a carousel.' },
			{ subcode: 2207028, retry: 'no', message: 'A carousel needs 2 to 10 items', fix: 'Check how many images and videos come in.' },
			{ subcode: 2207035, retry: 'no', message: 'Product tags on videos have no position', fix: 'Leave x and y out.' },
			{ subcode: 2207036, retry: 'no', message: 'Product tags on images need a position', fix: 'Fill in x and y, from 0 to 1.' },
			{ subcode: 2207037, retry: 'no', message: 'A product cannot be tagged', fix: "Check the product ID: it must be an approved product of the catalog of the account's shop." },
			{ subcode: 2207040, retry: 'no', message: 'The caption has too many @mentions or hashtags', fix: 'Use at most 20 @mentions and 5 hashtags.' },
			{ code: 352, subcode: 2207026, anywhere: true, retry: 'no', message: 'Instagram does not take this video format', fix: 'Use MP4 or MOV with H.264 or HEVC video and AAC sound.' },
			{ code: 9004, subcode: 2207052, anywhere: true, retry: 'no', message: 'Instagram could not download the media from its URL', fix: 'The URL must be public, without login, redirect page or robots.txt block, and answer with the file itself. Open it in a private browser window to check.' },
			{ code: 9007, subcode: 2207027, anywhere: true, retry: 'soon', message: 'Instagram has not finished processing the media', fix: 'Wait a little and publish the same container again.' },
			{ code: 36000, subcode: 2207004, anywhere: true, retry: 'no', message: 'The image is larger than 8 MB', fix: 'Compress or resize the image.' },
			{ code: 36001, subcode: 2207005, anywhere: true, retry: 'no', message: 'Instagram takes JPEG images only', fix: 'Convert the image (PNG, WebP, HEIC, ...) to JPEG first, for example with the Edit Image node.' },
			{ code: 36003, subcode: 2207009, anywhere: true, retry: 'no', message: 'The shape of the image is outside what Instagram takes', fix: 'Crop it to between 4:5 (portrait) and 1.91:1 (landscape).' },
			{ code: 36004, subcode: 2207010, anywhere: true, retry: 'no', message: 'The caption is too long', fix: 'Use at most 2,200 characters and 5 hashtags.' },
		],
	},
	{
		// The rules for media; numbers that Meta lists nowhere, each of which stands for one of them being broken.
		page: 'https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/media',
		rows: [
			{ subcode: 2207018, retry: 'no', message: 'A user tag or a collaborator cannot be used', fix: 'Check the usernames: the people must exist and have public profiles.' },
			{ subcode: 2207076, retry: 'no', message: 'Instagram could not process the video', fix: 'Use MP4 with H.264 video (23 to 60 frames per second, at most 1,920 pixels wide) and AAC sound, and 300 MB at most.' },
			{ subcode: 2207077, retry: 'no', message: 'Instagram could not download the video from its URL', fix: 'The URL must be public and answer quickly with the file itself, which has 300 MB at most.' },
			{ subcode: 2207081, retry: 'no', message: 'This account cannot publish trial reels', fix: 'Publish the reel as an ordinary one.' },
			{ subcode: 2207082, retry: 'no', message: 'Instagram could not process the media', fix: 'The file may be too large, or its sound or picture broken: encode it again as MP4 with H.264 video and AAC sound.' },
			{ subcode: 2207083, retry: 'no', message: 'Instagram cannot read the image', fix: 'Convert it to JPEG, for example with the Edit Image node.' },
			{ subcode: 2207085, retry: 'no', message: 'Instagram could not process the video', fix: 'Check frame rate (23 to 60 per second) and width (at most 1,920 pixels), and encode it again.' },
		],
	},
	{
		page: 'https://developers.facebook.com/docs/instagram-platform/reference/instagram-media',
		rows: [
			{ subcode: 2207073, retry: 'no', message: 'Meta cannot delete this kind of post', fix: 'Posts, reels, stories and whole carousels of the account can be deleted; ads and single pictures of a carousel cannot.' },
		],
	},
];
