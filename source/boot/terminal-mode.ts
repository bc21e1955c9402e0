/** Something that a terminal does while it is asked to, such as to report its mouse. */
export type TerminalMode = {
	readonly isOn: () => boolean;
	readonly turn: (on: boolean) => void;
	/** Calls while the terminal belongs to another program. */
	readonly without: <T>(call: () => Promise<T>) => Promise<T>;
};

/** `write` writes a code to the terminal: one to begin, one to end. */
export const createTerminalMode = (
	write: (code: string) => void,
	{enter, leave}: {readonly enter: string; readonly leave: string},
): TerminalMode => {
	let wanted = false;
	let lent = false;
	let on = false;
	const settle = (): void => {
		const next = wanted && !lent;
		if (next === on) return;
		on = next;
		write(on ? enter : leave);
	};
	return {
		isOn: () => on,
		turn: next => {
			wanted = next;
			settle();
		},
		without: async call => {
			lent = true;
			settle();
			try {
				return await call();
			} finally {
				lent = false;
				settle();
			}
		},
	};
};
