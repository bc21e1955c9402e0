import {link, lstat, mkdir, readdir, readFile, readlink, symlink, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {resolvePlace} from '../../source/workspace/jail.ts';
import {makeToolBox} from '../tools/tool-box.ts';
import {makeTempProject, type TempProject} from '../workspace/temp-project.ts';
import type {Part, Row} from './part.ts';

/** What stands in every file that no agent may read. */
const canary = 'CANARY-7f3a';

type Kind = {
	readonly name: string;
	/** `refused`: the jail lets none of them pass. `harmless`: some name an odd file of the project, and nothing else. */
	readonly expected: 'refused' | 'harmless';
	readonly paths: (project: TempProject) => readonly string[];
};

/** What the paths outside lead to, seen from the project. */
const targets = ['outside.txt', 'other/secret.txt', 'project-other/x.txt', 'new.txt', 'other/new/deep.txt'];
const foldersInside = ['', 'src/', 'src/deep/', './', 'not-there/', 'src//'];

const protectedNames = [
	'.env',
	'.env.local',
	'.git/config',
	'.git/hooks/pre-commit',
	'.ssh/id_rsa',
	'id_ed25519',
	'server.pem',
	'.npmrc',
	'.flotilla/config.yaml',
	'.aws/credentials',
	'x.key',
	'.netrc',
];

const wide = (text: string): string =>
	[...text]
		.map(one => (/[!-~]/.test(one) && one !== '/' ? String.fromCharCode(one.charCodeAt(0) + 0xfee0) : one))
		.join('');

const last = (file: string, change: (name: string) => string): string =>
	file.includes('/') ? file.replace(/^[^/]+/, change) : change(file);

/** Ways to write a protected name that some file system takes for it. */
const guises: readonly ((file: string) => string)[] = [
	file => file,
	file => `./${file}`,
	file => `.//${file}`,
	file => `src/${file}`,
	file => `src/deep/${file}`,
	file => `outputs:${file}`,
	file => file.toUpperCase(),
	file => last(file, name => name.replace(/[a-z]/, letter => letter.toUpperCase())),
	file => last(file, name => `${name}.`),
	file => last(file, name => `${name}...`),
	file => last(file, name => `${name} `),
	file => last(file, name => `${name}. .`),
	file => last(file, name => `${name}::$DATA`),
	file => last(file, name => `${name}:x`),
	file => last(file, name => `${name.slice(0, 2)}\u200c${name.slice(2)}`),
	file => last(file, name => `${name}\u2060`),
	file => last(file, name => `\ufeff${name}`),
	file => last(file, name => `${name.slice(0, 2)}\u0301${name.slice(2)}`),
	file => last(file, wide),
	file => `not-there/${file}`,
	file => file.replaceAll('/', '\\'),
	file => `${file}/`,
	file => `${file}/.`,
	file => file.replaceAll('k', '\u212a').replaceAll('s', '\u017f'),
];

const kinds: readonly Kind[] = [
	{
		name: 'climbing with ..',
		expected: 'refused',
		paths: () =>
			foldersInside.flatMap(folder => {
				const depth = folder.split('/').filter(name => name !== '' && name !== '.').length + 1;
				const ups = [
					'../'.repeat(depth),
					'..//'.repeat(depth),
					'./../'.repeat(depth),
					'../'.repeat(depth + 6),
					'..\\'.repeat(depth),
				];
				return ups.flatMap(up => targets.map(target => `${folder}${up}${target}`));
			}),
	},
	{
		name: 'climbing through what is not there, or to oneself',
		expected: 'refused',
		paths: ({root}) => [
			...[
				'..',
				'../',
				'../.',
				'src/..',
				'src/../..',
				'./..',
				`${root}/..`,
				`${root}/../outside.txt`,
				`${root}/src/../../outside.txt`,
			],
			...[
				'a/../b/../../outside.txt',
				'not-there/../../outside.txt',
				'../project/src/a.ts',
				'..\\outside.txt',
				'src\\..\\..\\outside.txt',
			],
			...Array.from({length: 40}, (_, index) => `${'d/'.repeat(index)}${'../'.repeat(index + 1)}outside.txt`),
		],
	},
	{
		name: 'absolute',
		expected: 'refused',
		paths: ({base, root}) => [
			...targets.flatMap(target => [
				`${base}/${target}`,
				`/${base}/${target}`,
				`${base}//./${target}`,
				`${base}/${target}/`,
			]),
			...[`${root}-other/x.txt`, `${root}x`, `${root} `, base, `${base}/`, '/', '//', '/.', path.dirname(base)],
			...[
				'/etc/passwd',
				'/etc/shadow',
				'/etc/hosts',
				'//etc/passwd',
				'/./etc/passwd',
				'/proc/self/environ',
				'/proc/1/environ',
			],
			...[
				'/proc/self/cwd',
				'/proc/self/fd/0',
				'/proc/self/mem',
				'/proc/self/maps',
				'/dev/sda',
				'/dev/zero',
				'/dev/tty',
				'/dev/fd/0',
				'/sys/kernel',
			],
			...[
				'/root/.ssh/id_rsa',
				'/home/user/.bashrc',
				'/var/run/docker.sock',
				'/tmp',
				'/tmp/x',
				'/usr/bin/env',
				'/boot/vmlinuz',
				'/proc/self/root',
			],
			...targets.flatMap(target =>
				['/proc/self/root', '/proc/thread-self/root', '/proc/self/root/proc/self/root'].map(
					root => `${root}${base}/${target}`,
				),
			),
		],
	},
	{
		name: 'through links out of the project',
		expected: 'refused',
		paths: () => [
			...[
				'file-link',
				'relative-link',
				'chain-3',
				'dangling-link',
				'circle-a',
				'self',
				'etc-link',
				'root-link',
				'proc-link',
				'up-link',
			],
			...['folder-link', 'src/nested-link', 'abs-folder-link', 'twice/again'].flatMap(link => [
				link,
				`${link}/`,
				...targets.map(target => `${link}/${target}`),
				`${link}/new/deep/file.txt`,
			]),
			...[
				'etc-link/passwd',
				'root-link/etc/passwd',
				'proc-link/environ',
				'root-link/proc/self/environ',
				'dangling-link/x',
				'circle-a/x',
			],
			...['file-link', 'folder-link/outside.txt', 'relative-link'].flatMap(link => [
				`./${link}`,
				`.//${link}`,
				`src/.//../${link}`,
				`${link}/.`,
			]),
			...['out-of-outputs', 'outputs-folder/outside.txt', 'outputs-folder/new.txt', 'outputs-folder'].map(
				name => `outputs:${name}`,
			),
		],
	},
	{
		name: 'through links to what is protected',
		expected: 'refused',
		paths: () => [
			'env-link',
			'git-link/config',
			'git-link/hooks/x',
			'git-link',
			'src/key-link',
			'chain-to-env',
			'git-link/new',
			'./env-link',
			'outputs:env-link',
		],
	},
	{
		name: 'abuse of outputs:',
		expected: 'refused',
		paths: ({root, outputs}) => [
			...[
				'outputs:..',
				'outputs:../',
				'outputs:../outside.txt',
				'outputs:/../outside.txt',
				'outputs:a/../../outside.txt',
				'outputs:./../outside.txt',
			],
			...[
				'outputs:..\\outside.txt',
				`outputs:${'../'.repeat(20)}etc/passwd`,
				`${outputs}/../outside.txt`,
				`${outputs}x`,
				`${outputs}-other/x.txt`,
			],
			...[
				'outputs:.env',
				'outputs:.git/config',
				'outputs:a/.ssh/id_rsa',
				`${outputs}/.env`,
				'outputs:../project/.env',
				'outputs:../project/src/a.ts',
			],
			...Array.from({length: 30}, (_, index) => `outputs:${'d/'.repeat(index)}${'../'.repeat(index + 1)}outside.txt`),
			`outputs:${root.slice(1).replace(/[^/]+/g, '..')}/etc/passwd`,
		],
	},
	{
		name: 'protected names in disguise',
		expected: 'refused',
		paths: () => protectedNames.flatMap(name => guises.map(change => change(name))),
	},
	{
		name: 'NUL and control characters',
		expected: 'refused',
		paths: () =>
			['\u0000', '\n', '\r', '\t', '\u001b[2J', '\u007f', '\b', '\u0001'].flatMap(mark =>
				['src/a.ts', '../outside.txt', '.env', '/etc/passwd'].flatMap(file => [
					`${file}${mark}`,
					`${mark}${file}`,
					`${file}${mark}.txt`,
					`${file.slice(0, 3)}${mark}${file.slice(3)}`,
				]),
			),
	},
	{
		name: 'too long',
		expected: 'refused',
		paths: () => [
			...[256, 300, 1000, 5000].flatMap(length => ['a', 'é', '\u{1f600}', '.'].map(letter => letter.repeat(length))),
			...[3000, 10_000].flatMap(count => ['a/', './', '../', 'é/'].map(part => part.repeat(count))),
			...[256, 400].map(length => `src/${'x'.repeat(length)}/a.ts`),
			`outputs:${'x'.repeat(256)}`,
		],
	},
	{
		name: 'escapes of other languages',
		expected: 'harmless',
		paths: ({base}) => [
			...[
				'%2e%2e/',
				'%2e%2e%2f',
				'..%2f',
				'..%5c',
				'%252e%252e/',
				'....//',
				'..;/',
				'.../',
				'\u2025/',
				'\u2024\u2024/',
				'\uff0e\uff0e/',
				'..\u2215',
				'..\u2044',
				'..\uff0f',
				'. ./',
				'.. /',
				' ../',
				'..\u200b/',
				'\\..\\',
				'~/../',
				'$PWD/../',
				'`..`/',
				'$(..)/',
				'{..,x}/',
				'*/../',
				'?./',
			].flatMap(up => targets.map(target => `${up}${target}`)),
			...[
				'file://',
				'file:',
				'file:///',
				'FILE://',
				'file://localhost',
				'http://x',
				'smb://',
				'\\\\?\\',
				'\\\\.\\',
				'C:\\',
				'C:',
				'//server/share',
				'ext::',
				'data:,',
			].flatMap(scheme => targets.map(target => `${scheme}${base}/${target}`)),
			...[
				'~',
				'~/',
				'~root/.ssh/id_rsa',
				'~/.bashrc',
				'$HOME/.bashrc',
				'$(cat /etc/passwd)',
				'`id`',
				'; rm -rf /',
				'| cat /etc/passwd',
				'--help',
				'-rf',
				'-',
				'*',
				'?',
				'[a]',
				'CON',
				'NUL',
				'aux.txt',
				'LPT1',
			],
			...[
				'OUTPUTS:../outside.txt',
				'Outputs:x',
				'outputs',
				'outputs;x',
				'outputs/x',
				' outputs:x',
				'outputs :x',
				'root:../outside.txt',
			],
			...[
				'src/a.ts\u202e',
				'\u202etxt.exe',
				'a\ud800b',
				'\ud800',
				'😀',
				'é',
				'e\u0301',
				'   ',
				'',
				'.',
				'./',
				'./.',
				'src/.',
				'src//a.ts/',
				'src/a.ts/x',
				'src/a.ts/.',
				'hard-link.txt',
				'hard-env.txt',
				'pipe',
			],
		],
	},
];

/** A project with links that lead everywhere, and files around it that nobody may touch. */
const plant = async (project: TempProject): Promise<void> => {
	const {base, root, outputs} = project;
	const outside = {
		'outside.txt': canary,
		'other/secret.txt': canary,
		'project-other/x.txt': canary,
		'outputs-other/x.txt': canary,
	};
	for (const [name, content] of Object.entries(outside)) {
		await mkdir(path.dirname(path.join(base, name)), {recursive: true});
		await writeFile(path.join(base, name), content);
	}
	await project.sh(
		'git init -q; mkdir -p src/deep gone; echo x > gone/secret.txt; echo a > src/a.ts; git add -A; git commit -qm x',
	);
	await project.write(
		Object.fromEntries(protectedNames.filter(name => !name.startsWith('.git/')).map(name => [name, canary])),
	);
	await writeFile(path.join(root, '.git/hooks/pre-commit'), canary);
	const links: Readonly<Record<string, string>> = {
		'file-link': `${base}/outside.txt`,
		'relative-link': '../outside.txt',
		'chain-1': 'file-link',
		'chain-2': 'chain-1',
		'chain-3': 'chain-2',
		'dangling-link': `${base}/not-there`,
		'circle-a': 'circle-b',
		'circle-b': 'circle-a',
		self: 'self',
		'etc-link': '/etc',
		'root-link': '/',
		'proc-link': '/proc/self',
		'up-link': '..',
		'folder-link': base,
		'abs-folder-link': `${root}/..`,
		'src/nested-link': '../..',
		twice: 'src',
		'src/again': '../folder-link',
		'env-link': '.env',
		'git-link': '.git',
		'src/key-link': '../server.pem',
		'chain-to-env': 'env-link',
	};
	for (const [name, target] of Object.entries(links)) await symlink(target, path.join(root, name));
	await symlink(`${base}/outside.txt`, path.join(outputs, 'out-of-outputs'));
	await symlink(base, path.join(outputs, 'outputs-folder'));
	await symlink(`${root}/.env`, path.join(outputs, 'env-link'));
	await link(path.join(base, 'outside.txt'), path.join(root, 'hard-link.txt'));
	await link(path.join(root, '.env'), path.join(root, 'hard-env.txt'));
	// Git still lists what lay in a folder that has become a link to one outside.
	await project.sh('mkfifo pipe; rm -r gone; ln -s ../other gone');
};

/** Everything outside the two folders, and what is protected in them: names and contents. */
const snapshot = async ({base, root, outputs}: TempProject): Promise<ReadonlyMap<string, string>> => {
	const seen = new Map<string, string>();
	const enter = async (folder: string): Promise<void> => {
		for (const entry of await readdir(folder, {withFileTypes: true})) {
			const file = path.join(folder, entry.name);
			const stats = await lstat(file);
			if (entry.isSymbolicLink()) seen.set(file, `link to ${await readlink(file)}`);
			else if (entry.isDirectory()) {
				seen.set(file, 'folder');
				if (file !== root && file !== outputs) await enter(file);
			} else if (entry.isFile()) seen.set(file, `${stats.mode} ${await readFile(file, 'utf8')}`);
		}
	};
	await enter(base);
	await enter(path.join(root, '.git/hooks'));
	for (const name of protectedNames) seen.set(name, await readFile(path.join(root, name), 'utf8'));
	return seen;
};

/** Each with the path as its place; the last three would tell of files without being asked for them. */
const calls: readonly (readonly [tool: string, rest: Readonly<Record<string, unknown>>])[] = [
	['read_file', {}],
	['write_file', {content: 'OVERWRITTEN'}],
	['edit_file', {old_string: canary, new_string: 'OVERWRITTEN'}],
	['list_dir', {}],
	['grep', {pattern: canary}],
	['glob', {pattern: '**'}],
	['count_lines', {}],
];

/** Every path through the jail, and each of `toolsEvery` by every tool that takes one, in a project made for it. */
export const tryHostilePaths = async (order: {
	readonly toolsEvery: number;
	readonly onProgress: (words: string) => void;
}): Promise<readonly Row[]> => {
	const project = await makeTempProject();
	try {
		await plant(project);
		const box = makeToolBox(project);
		const before = await snapshot(project);
		const rows: Row[] = [];
		for (const {name, expected, paths} of kinds) {
			const problems: string[] = [];
			const given = [...new Set(paths(project))];
			let refused = 0;
			let made = 0;
			for (const [index, one] of given.entries()) {
				const shown = JSON.stringify(one.slice(0, 120));
				const place = await resolvePlace(project, one);
				const isRefused = 'words' in place;
				if (isRefused) refused += 1;
				else if (expected === 'refused') problems.push(`${shown} passed the jail as ${place.path}`);
				if (isRefused && !/\w{3,} \w/.test(place.words)) problems.push(`${shown} was refused without words`);
				for (const [tool, rest] of index % order.toolsEvery === 0 ? calls : []) {
					made += 1;
					const input = {path: one, ...rest};
					const {verdict, preview} = await box.weigh(tool, input, 'bypass');
					if (isRefused && verdict.kind !== 'deny') problems.push(`${tool} of ${shown} is not denied`);
					const {text} = await box.run(tool, input);
					if (`${text}${preview.body}`.replaceAll(`Search for ${canary}`, '').split(canary).length > 1)
						problems.push(`${tool} of ${shown} told what it may not`);
				}
			}
			const after = await snapshot(project);
			for (const [file, content] of after)
				if (before.get(file) !== content) problems.push(`${file} was made or changed`);
			for (const file of before.keys()) if (!after.has(file)) problems.push(`${file} is gone`);
			rows.push({
				name,
				counts: {tried: given.length, refused, 'tool calls': made, escapes: problems.length},
				problems,
			});
			order.onProgress(`${name}: ${given.length} paths`);
		}
		return rows;
	} finally {
		await project.remove();
	}
};

export const pathsPart: Part = {
	name: 'paths',
	about: 'hostile paths through the jail and every file tool: nothing outside is read or written',
	run: async ({onProgress}) => tryHostilePaths({toolsEvery: 1, onProgress}),
};
