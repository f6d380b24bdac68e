import { readFile, writeFile } from 'node:fs/promises';

const MB = 1024 * 1024;
/** Tells the kernel to count the peak anew (proc(5), clear_refs). */
const RESET_PEAK = '5';

/** Resident memory of a process, in bytes. */
export type Memory = {
	now: number;
	/** Largest since `beginPeak`, as the kernel saw it. */
	peak: number;
};

const needLinux = (): void => {
	if (process.platform !== 'linux')
		throw new Error(
			`The memory of another process is read from /proc, which Linux alone has; this is ${process.platform}.`,
		);
};

/** From now on `readMemory` tells the peak since this moment. @throws Error on other systems than Linux */
export async function beginPeak(pid: number): Promise<void> {
	needLinux();
	await writeFile(`/proc/${pid}/clear_refs`, RESET_PEAK);
}

/** @throws Error on other systems than Linux, and when the process is gone */
export async function readMemory(pid: number): Promise<Memory> {
	needLinux();
	const status = await readFile(`/proc/${pid}/status`, 'utf8');
	const bytes = (name: string) => {
		const kilobytes = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1];
		if (kilobytes === undefined) throw new Error(`/proc/${pid}/status has no ${name}`);
		return Number(kilobytes) * 1024;
	};
	return { now: bytes('VmRSS'), peak: bytes('VmHWM') };
}

/** Bytes as megabytes with one decimal. */
export function inMb(bytes: number): string {
	return (bytes / MB).toFixed(1);
}
