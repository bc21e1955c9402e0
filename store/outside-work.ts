import type {FleetPort} from '../source/engine/port.ts';
import type {Outcome, View} from './action.ts';
import type {Outside} from './outside.ts';
import {createReadHistory} from './read-history.ts';
import type {UiAction} from './reduce-ui.ts';

/** What actions come to that happens outside of the window: in other programs, and in the person's clipboard. */
export type OutsideWork = {
	readonly edit: (outcome: Extract<Outcome, {kind: 'edit'}>) => Promise<void>;
	readonly show: (outcome: Extract<Outcome, {kind: 'show'}>) => Promise<void>;
	readonly copy: (outcome: Extract<Outcome, {kind: 'copy'}>) => Promise<void>;
	readonly suspend: () => Promise<void>;
};

type OutsideWorkParts = {
	readonly outside: Outside;
	readonly port: FleetPort;
	readonly view: () => View;
	readonly perform: (outcome: Outcome) => void;
	readonly dispatch: (actions: readonly UiAction[]) => void;
};

export const createOutsideWork = ({outside, port, view, perform, dispatch}: OutsideWorkParts): OutsideWork => {
	const read = createReadHistory(port);
	const say = (tone: 'info' | 'refused', text: string): void => dispatch([{type: 'notice', notice: {tone, text}}]);
	const complain = (problem: string | undefined): void => {
		if (problem !== undefined) say('refused', problem);
	};
	return {
		edit: async ({name, text, next}) => {
			const edited = await outside.edit(name, text);
			if (edited.kind === 'problem') complain(edited.text);
			else perform(next(view(), edited.text));
		},
		show: async ({by, name, text}) => {
			try {
				const whole = await text(read);
				if (by === 'pager') return complain(await outside.page(name, whole));
				const edited = await outside.edit(name, whole);
				if (edited.kind === 'problem') complain(edited.text);
			} catch (error) {
				complain(`The history could not be read: ${String(error)}`);
			}
		},
		copy: async ({text, what}) => {
			const lines = text.split('\n').length;
			const copied = await outside.copy(text);
			const size = lines === 1 ? `${text.length} characters` : `${lines} lines`;
			if (copied.kind === 'problem') complain(copied.text);
			else say('info', `Copied ${what} (${size}) ${copied.text}.`);
		},
		suspend: async () => complain(await outside.suspend()),
	};
};
