/** Error texts of one language: a general one, and some by code. */
type Texts = {
	general: string;
	title: string;
	byCode: Record<number, string | undefined>;
};

const TEXTS = {
	de_DE: {
		general: 'Die Anfrage wurde abgelehnt.',
		title: 'Nicht möglich',
		byCode: {
			4: 'Zu viele Anfragen dieser App.',
			10: 'Die App darf das nicht, oder die Zeit dafür ist abgelaufen.',
			100: 'Ein Parameter ist ungültig.',
			190: 'Das Zugriffstoken ist ungültig. Bitte melde dich erneut an.',
			200: 'Dafür fehlt eine Berechtigung.',
			9007: 'Das Medium kann noch nicht veröffentlicht werden.',
		},
	},
	es_ES: {
		general: 'La solicitud ha sido rechazada.',
		title: 'No es posible',
		byCode: {
			4: 'Demasiadas solicitudes de esta aplicación.',
			10: 'La aplicación no tiene permiso, o el plazo ha terminado.',
			100: 'Un parámetro no es válido.',
			190: 'El token de acceso no es válido. Vuelve a iniciar sesión.',
			200: 'Falta un permiso.',
			9007: 'El contenido todavía no se puede publicar.',
		},
	},
	ja_JP: {
		general: 'リクエストは拒否されました。',
		title: '実行できません',
		byCode: {
			4: 'このアプリのリクエストが多すぎます。',
			10: 'このアプリには権限がないか、期限が過ぎています。',
			100: 'パラメータが無効です。',
			190: 'アクセストークンが無効です。もう一度ログインしてください。',
			200: '権限がありません。',
			9007: 'このメディアはまだ公開できません。',
		},
	},
} satisfies Record<string, Texts>;

/** Languages the sandbox answers in; `en_US` leaves every text as it is. */
export type Locale = 'en_US' | keyof typeof TEXTS;
export const LOCALES: readonly Locale[] = ['en_US', ...(Object.keys(TEXTS) as Locale[])];

/** The texts of an error, which follow the language of the person behind the token. */
export type ErrorTexts = {
	message: string;
	userTitle?: string;
	userMessage?: string;
};

/** The same texts in another language; numbers stay, also the `(#code)` at the front. */
export function localise(locale: Locale, code: number, texts: ErrorTexts): ErrorTexts {
	if (locale === 'en_US') return texts;
	const table: Texts = TEXTS[locale];
	const text = table.byCode[code] ?? table.general;
	const prefix = /^\(#-?\d+\) /.exec(texts.message)?.[0] ?? '';
	return {
		message: prefix + text,
		...(texts.userTitle !== undefined && { userTitle: table.title }),
		...(texts.userMessage !== undefined && { userMessage: text }),
	};
}
