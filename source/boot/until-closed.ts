import type {OpenScreen} from '../../components/open-screen.tsx';

/** Why a screen was closed. */
export type ClosedBy =
	/** The person left it. */
	| {readonly kind: 'quit'}
	| {readonly kind: 'signal'; readonly signal: 'SIGTERM' | 'SIGHUP'}
	| {readonly kind: 'aborted'};

/** Waits until the person leaves a screen; closes it when the process is told to end or `abort` fires. */
export const untilClosed = async (screen: OpenScreen, abort?: AbortSignal): Promise<ClosedBy> => {
	let by: ClosedBy = {kind: 'quit'};
	const end = (why: ClosedBy) => (): void => {
		by = why;
		screen.close();
	};
	const onTerm = end({kind: 'signal', signal: 'SIGTERM'});
	const onHup = end({kind: 'signal', signal: 'SIGHUP'});
	const onAbort = end({kind: 'aborted'});
	process.on('SIGTERM', onTerm);
	process.on('SIGHUP', onHup);
	abort?.addEventListener('abort', onAbort);
	if (abort?.aborted) onAbort();
	try {
		await screen.closed;
		return by;
	} finally {
		process.off('SIGTERM', onTerm);
		process.off('SIGHUP', onHup);
		abort?.removeEventListener('abort', onAbort);
	}
};
