/** Keeps a Ctrl+C from ending the process while it closes what stores something; the second one does end it. */
export type HeldInterrupts = {
	/** From now on; called again, it changes nothing. */
	readonly hold: () => void;
	readonly release: () => void;
};

/** `tell` is called at the first Ctrl+C, which is easily one more of those that the person left with. */
export const holdInterrupts = (tell: () => void): HeldInterrupts => {
	let isHeld = false;
	return {
		hold: () => {
			if (isHeld) return;
			isHeld = true;
			process.once('SIGINT', tell);
		},
		release: () => {
			process.off('SIGINT', tell);
		},
	};
};
