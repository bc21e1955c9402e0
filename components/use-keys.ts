import {useInput, usePaste} from 'ink';
import {keyPresses} from '../store/key-name.ts';
import {useShown} from './store-context.tsx';

/** The program's only listener for keys and pasted text: all of them go to the key table. */
export const useKeys = (): void => {
	const {window, loop} = useShown();
	// What is thrown here would reach nobody who can restore the terminal.
	const guarded = (call: () => void): void => {
		try {
			call();
		} catch (error) {
			loop.fail(error);
		}
	};
	useInput((input, key) => guarded(() => window.press(keyPresses(input, key))));
	usePaste(text => guarded(() => window.paste(text)));
};
