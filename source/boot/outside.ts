import {existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {Outside} from '../../store/outside.ts';
import type {Clock} from '../engine/clock.ts';
import {type ForegroundEnd, runInForeground} from '../workspace/foreground.ts';

type Environment = Readonly<Record<string, string | undefined>>;

type OutsideParts = {
	/** The environment as the person gave it: their programs get all of it. */
	readonly env: Environment;
	readonly clock: Clock;
	readonly copy: Outside['copy'];
	/** Calls while the terminal is free. */
	readonly borrow: <T>(call: () => Promise<T>) => Promise<T>;
};

/** A program as the environment names it, which may have arguments, such as `code --wait`. */
type Program = {readonly name: string; readonly args: readonly string[]};

const programOf = (words: string | undefined): Program | undefined => {
	const [name, ...args] = (words ?? '').trim().split(/\s+/);
	return name === undefined || name === '' ? undefined : {name, args};
};

const editorOf = (env: Environment): Program =>
	programOf(env['VISUAL']) ?? programOf(env['EDITOR']) ?? {name: 'vi', args: []};

const pagerOf = (env: Environment): Program => programOf(env['PAGER']) ?? {name: 'less', args: []};

const words = ({name}: Program, variable: string, end: ForegroundEnd): string | undefined => {
	switch (end.kind) {
		case 'exited':
			return end.code === 0 ? undefined : `${name} ended with exit code ${end.code}.`;
		case 'signalled':
			return `${name} was ended by ${end.signal}.`;
		case 'not_started':
			return `${name} could not be started (${end.reason}). Set ${variable} to a program that is there.`;
		default:
			return end satisfies never;
	}
};

/** How long this process may go on before it is clear that nothing stops it, ms. */
const stopMs = 250;

const isChanged = (path: string, text: string): boolean => existsSync(path) && readFileSync(path, 'utf8') !== text;

/**
 * The person's programs, on the terminal of this process. Texts go through a file that only the user can read, in a
 * folder that is gone afterwards, unless a program failed and the person had saved something in it.
 */
export const createOutside = ({env, clock, copy, borrow}: OutsideParts): Outside => {
	const show = async <T>(
		program: Program,
		variable: string,
		{name, text}: {readonly name: string; readonly text: string},
		read: (path: string) => T,
	): Promise<{readonly problem: string} | {readonly problem: undefined; readonly read: T}> => {
		try {
			const folder = mkdtempSync(join(tmpdir(), 'flotilla-'));
			let isKept = false;
			try {
				const path = join(folder, name);
				writeFileSync(path, text, {mode: 0o600});
				const order = {program: program.name, args: [...program.args, path], env};
				const problem = words(program, variable, await borrow(() => runInForeground(order)));
				if (problem === undefined) return {problem, read: read(path)};
				isKept = isChanged(path, text);
				return {problem: isKept ? `${problem} What was saved is kept in ${path}.` : problem};
			} finally {
				if (!isKept) rmSync(folder, {recursive: true, force: true});
			}
		} catch (error) {
			return {problem: `${program.name} could not be shown the text: ${String(error)}`};
		}
	};

	return {
		page: async (name, text) => (await show(pagerOf(env), 'PAGER', {name, text}, () => {})).problem,
		edit: async (name, text) => {
			const shown = await show(editorOf(env), 'EDITOR', {name, text}, path => readFileSync(path, 'utf8'));
			return shown.problem === undefined ? {kind: 'edited', text: shown.read} : {kind: 'problem', text: shown.problem};
		},
		copy,
		suspend: () =>
			borrow(
				() =>
					new Promise<string | undefined>(resolve => {
						const goesOn = (): void => {
							callOff();
							resolve(undefined);
						};
						// The system refuses to stop what no shell could ever let go on.
						let callOff = clock.after(stopMs, () => {
							// The time it was stopped for counts, too; then the signal is on its way by now.
							callOff = clock.after(stopMs, () => {
								process.off('SIGCONT', goesOn);
								resolve('There is no shell here that could let Flotilla go on, so it was not stopped.');
							});
						});
						process.once('SIGCONT', goesOn);
						// All of its process group, as the terminal itself does it: npm or a launcher may stand before it.
						process.kill(0, 'SIGTSTP');
					}),
			).catch((error: unknown) => String(error)),
	};
};
