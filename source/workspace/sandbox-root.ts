import {lstat, mkdir, rm, rmdir} from 'node:fs/promises';
import path from 'node:path';

/** Keeps a project's folder safe in what no mount can; answers what to call once when the command has ended. */
export type KeepRoot = (root: string) => Promise<() => Promise<void>>;

/**
 * Two names that do not exist yet must not come into being. `.flotilla` would say what agents may do: while commands
 * run, an empty folder that can be protected stands there (no file, which git and people would see). `.git/commondir`
 * would lead git to settings and hooks elsewhere, and cannot be held by anything: it is removed when it appears.
 */
export const createKeepRoot = (): KeepRoot => {
	/** How many commands need a placeholder that stands only for them. */
	const users = new Map<string, number>();
	let last: Promise<unknown> = Promise.resolve();
	// One after another, or a command could count on a placeholder that another is about to take away.
	const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
		const mine = last.then(work);
		last = mine.catch(() => {});
		return mine;
	};
	const take = async (placeholder: string): Promise<boolean> => {
		const others = users.get(placeholder) ?? 0;
		const stands = others > 0 || (await succeeds(mkdir(placeholder)));
		if (stands) users.set(placeholder, others + 1);
		return stands;
	};
	const letGo = async (placeholder: string): Promise<void> => {
		const left = (users.get(placeholder) ?? 1) - 1;
		if (left > 0) {
			users.set(placeholder, left);
			return;
		}
		users.delete(placeholder);
		// It fails, as it should, when the person has meanwhile put something there.
		await succeeds(rmdir(placeholder));
	};
	return async root => {
		const [placeholder, commondir] = [path.join(root, '.flotilla'), path.join(root, '.git', 'commondir')];
		const hadCommondir = await succeeds(lstat(commondir));
		const took = await inTurn(() => take(placeholder));
		return async () => {
			if (!hadCommondir) await succeeds(rm(commondir, {force: true}));
			if (took) await inTurn(() => letGo(placeholder));
		};
	};
};

const succeeds = (work: Promise<unknown>): Promise<boolean> =>
	work.then(
		() => true,
		() => false,
	);
