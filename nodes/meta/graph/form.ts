import type { IDataObject } from 'n8n-workflow';

/** The bytes of a file in pieces, from their beginning; asked for anew each time they are sent. */
export type OpenFile = () => Promise<AsyncIterable<Uint8Array>>;

/** A file of a form that is read while it is sent, piece by piece: it never stands in memory as a whole. */
export class StreamedFile extends File {
	private readonly open: OpenFile;

	/** @param byteCount size of the file, which Meta is told before the first piece */
	constructor(name: string, mimeType: string, byteCount: number, open: OpenFile) {
		super([], name, { type: mimeType });
		this.open = open;
		Object.defineProperty(this, 'size', { value: byteCount });
	}

	override stream(): ReturnType<File['stream']> {
		return ReadableStream.from(this.pieces());
	}

	private async *pieces(): AsyncGenerator<Uint8Array<ArrayBuffer>> {
		let sent = 0;
		for await (const piece of await this.open()) {
			sent += piece.length;
			yield piece as Uint8Array<ArrayBuffer>;
		}
		// Meta would wait for the rest.
		if (sent !== this.size) throw new Error(`The file has ${sent} bytes instead of ${this.size}`);
	}
}

/** A form with fields and one file, as Meta reads it: what is no text goes as JSON. */
export function formOf(fields: IDataObject, fileField: string, file: File): FormData {
	const form = new FormData();
	for (const [name, value] of Object.entries(fields))
		form.set(name, typeof value === 'string' ? value : JSON.stringify(value));
	form.set(fileField, file);
	return form;
}
