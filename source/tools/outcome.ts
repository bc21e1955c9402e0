import type {FileTouch} from '../domain/call.ts';
import type {ToolOutcome} from './tool.ts';

/** A call that did what was asked. */
export const done = (text: string, touched: readonly FileTouch[] = []): ToolOutcome => ({
	text,
	isError: false,
	touched,
});

/** A call that could not; the words say what happened and what to do. */
export const failed = (text: string): ToolOutcome => ({text, isError: true, touched: []});
