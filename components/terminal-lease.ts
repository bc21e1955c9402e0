/** Frees the terminal, calls, and takes it back. Rejects when it is lent already. */
type Suspend = (call: () => Promise<void>) => Promise<void>;

/** The terminal as something that can be lent: whoever draws on it offers a way to free it for a while. */
export type TerminalLease = {
	readonly offer: (suspend: Suspend) => void;
	/** Calls while the terminal belongs to nobody here: nothing is drawn and no key is read until that settles. */
	readonly borrow: <T>(call: () => Promise<T>) => Promise<T>;
};

export const createTerminalLease = (): TerminalLease => {
	let suspend: Suspend | undefined;
	let lent = false;
	return {
		offer: way => {
			suspend = way;
		},
		borrow: async call => {
			if (suspend === undefined || lent) throw new Error('The terminal cannot be lent now.');
			lent = true;
			try {
				return await new Promise((resolve, reject) => {
					const inside = (): Promise<void> => call().then(resolve, reject);
					suspend?.(inside).catch(reject);
				});
			} finally {
				lent = false;
			}
		},
	};
};
