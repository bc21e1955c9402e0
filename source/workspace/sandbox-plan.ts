import {lstat, mkdir, readdir, readFile, realpath} from 'node:fs/promises';
import path from 'node:path';
import {isProtectedPath} from '../domain/protected-path.ts';

/** Real paths that exist. Where they lie within one another the deeper one decides. */
export type SandboxPlan = {
	readonly writable: readonly string[];
	/** Within what is writable, and not even to be replaced by something of the same name. */
	readonly readOnly: readonly string[];
	/** Neither read nor written, like the files. */
	readonly hiddenFolders: readonly string[];
	readonly hiddenFiles: readonly string[];
};

type OpenPlaces = Pick<SandboxPlan, 'writable' | 'readOnly'>;

/** What people keep in their home folder that no agent's command needs to read. */
const secretsOfHome = [
	...[
		'.ssh',
		'.aws',
		'.gnupg',
		'.kube',
		'.docker',
		'.azure',
		'.gcloud',
		'.config/gcloud',
		'.config/gh',
		'.config/glab',
	],
	...['.netrc', '.npmrc', '.yarnrc', '.yarnrc.yml', '.pypirc', '.pgpass', '.my.cnf', '.git-credentials'],
	...[
		'.config/git/credentials',
		'.cargo/credentials',
		'.cargo/credentials.toml',
		'.gem/credentials',
		'.m2/settings.xml',
	],
	...['.config/op', '.password-store', '.local/share/keyrings', 'Library/Keychains', '.terraform.d', '.vault-token'],
	...['.mozilla', '.config/google-chrome', '.config/chromium', '.bash_history', '.zsh_history', '.node_repl_history'],
	...['.claude', '.claude.json', '.codex', '.gemini', '.config/anthropic', '.config/openai', '.env'],
];

/** Where keys are usually made for tests: those must stay readable, or the tests cannot run. */
const testFolder = /^(tests?|__tests__|spec|specs|fixtures?|__fixtures__|testdata|examples?)$/;

/** Never of interest and often huge. */
const skipped = new Set(['node_modules', '.venv', '__pycache__']);
const depthMax = 8;
const foldersMax = 3000;

/**
 * Finds out what a command may write and read: all there is may be read but the secrets of the home folder, what is
 * `hidden` (the state folder), and what is protected in `root`; only `root` and `writable` may be written, but for what
 * is protected there. The search for protected files ends at some depth and number of folders, so that a huge project
 * is bearable; what lies deeper, and what a command itself makes, is not protected.
 */
export const planSandbox = async (order: {
	readonly root: string;
	readonly writable: readonly string[];
	readonly home: string;
	readonly hidden: readonly string[];
}): Promise<SandboxPlan> => {
	const [roots, secrets, found, worktree] = await Promise.all([
		existing([order.root, ...order.writable]),
		existing([...secretsOfHome.map(name => path.join(order.home, name)), ...order.hidden]),
		findProtected(order.root),
		placesOfWorktree(order.root),
	]);
	const [repositories, readOnly, hidden] = await Promise.all([
		Promise.all(found.repositories.map(placesOfRepository)),
		existing(found.readOnly),
		existing(found.hidden),
	]);
	const closed = [...new Set([...secrets, ...hidden])].filter(place => !roots.includes(place));
	const areFiles = await Promise.all(closed.map(isFile));
	return {
		writable: [...new Set([...roots, ...repositories.flatMap(({writable}) => writable), ...worktree.writable])],
		readOnly: [...readOnly, ...repositories.flatMap(({readOnly}) => readOnly), ...worktree.readOnly],
		hiddenFolders: closed.filter((_, n) => areFiles[n] === false),
		hiddenFiles: closed.filter((_, n) => areFiles[n] === true),
	};
};

type Found = {readonly readOnly: string[]; readonly hidden: string[]; readonly repositories: string[]};

/** Level by level, so that the nearer is found before the search ends. */
const findProtected = async (root: string): Promise<Found> => {
	const found: Found = {readOnly: [], hidden: [], repositories: []};
	let seen = 0;
	for (let level = [root], depth = 0; level.length > 0 && depth < depthMax && seen < foldersMax; depth++) {
		const folders = level.slice(0, foldersMax - seen);
		seen += folders.length;
		const below = await Promise.all(
			folders.map(async folder => {
				const inTests = path
					.relative(root, folder)
					.split(path.sep)
					.some(name => testFolder.test(name));
				const entries = await readdir(folder, {withFileTypes: true}).catch(() => []);
				return entries.flatMap(entry => {
					const file = path.join(folder, entry.name);
					if (entry.name === '.git') (entry.isDirectory() ? found.repositories : found.readOnly).push(file);
					else if (entry.name === '.flotilla') found.readOnly.push(file);
					else if (isProtectedPath(entry.name)) (inTests ? found.readOnly : found.hidden).push(file);
					else if (entry.isDirectory() && !skipped.has(entry.name)) return [file];
					return [];
				});
			}),
		);
		level = below.flat();
	}
	return found;
};

/**
 * A repository is writable, so that commits work, but not what makes git run programs. The folder itself is named, too:
 * what is bound to its place cannot be moved away and replaced.
 */
const placesOfRepository = async (folder: string): Promise<OpenPlaces> => {
	// What is not there cannot be protected.
	if (await isFile(path.join(folder, 'HEAD')))
		await mkdir(path.join(folder, 'hooks'), {recursive: true}).catch(() => {});
	return {
		writable: [folder],
		readOnly: await existing(['hooks', 'config', 'config.worktree', 'modules'].map(name => path.join(folder, name))),
	};
};

/**
 * In a worktree, git writes to the main repository: that much of it is opened as a commit needs. The worktree's `.git`
 * is only a file that names a place: it is believed when that place names the worktree in return, else a command
 * could open any folder for the next one by writing such a file.
 */
const placesOfWorktree = async (root: string): Promise<OpenPlaces> => {
	const nothing = {writable: [], readOnly: []};
	const link = path.join(root, '.git');
	const given = /^gitdir: (.+)\n?$/.exec(await textOf(link))?.[1];
	if (given === undefined) return nothing;
	const own = path.resolve(root, given);
	const [back, common] = await Promise.all([textOf(path.join(own, 'gitdir')), textOf(path.join(own, 'commondir'))]);
	if (common === '' || path.resolve(own, back.trim()) !== link) return nothing;
	const main = path.resolve(own, common.trim());
	return {
		writable: await existing([own, ...['objects', 'refs', 'logs'].map(name => path.join(main, name))]),
		readOnly: await existing(['gitdir', 'commondir', 'config.worktree'].map(name => path.join(own, name))),
	};
};

/** A real file of some hundred bytes; a link leads who knows where. */
const textOf = async (file: string): Promise<string> =>
	(await isFile(file)) ? readFile(file, 'utf8').catch(() => '') : '';

const isFile = (file: string): Promise<boolean> =>
	lstat(file).then(
		found => found.isFile(),
		() => false,
	);

const existing = async (places: readonly string[]): Promise<string[]> => {
	const found = await Promise.all(places.map(place => realpath(place).catch(() => undefined)));
	return found.filter(place => place !== undefined);
};
