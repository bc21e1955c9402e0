import {createContext, type ReactNode, useContext} from 'react';
import type {FleetWindow} from '../store/window.ts';
import type {DrawLoop} from './draw-loop.ts';
import type {TerminalLease} from './terminal-lease.ts';

/** What the screen is made from. */
export type Shown = {
	/** Keys and pasted text go there. */
	readonly window: Pick<FleetWindow, 'press' | 'paste'>;
	readonly loop: DrawLoop;
	readonly lease: TerminalLease;
};

const ShownContext = createContext<Shown | undefined>(undefined);

export const StoreContext = ({shown, children}: {readonly shown: Shown; readonly children: ReactNode}) => (
	<ShownContext value={shown}>{children}</ShownContext>
);

export const useShown = (): Shown => {
	const shown = useContext(ShownContext);
	if (shown === undefined) throw new Error('Components of the window must stand inside StoreContext.');
	return shown;
};
