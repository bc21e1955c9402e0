import {labelPart, listed, oneLine} from './figure.ts';
import type {Fact} from './look.ts';
import {readSections} from './read-sections.ts';

const scriptsMax = 12;
const entriesMax = 8;
const namesMax = 12;

type Reader = (text: string) => Manifest | undefined;

/** What manifests of all kinds have in common. */
type Manifest = {
	readonly name?: string | undefined;
	readonly version?: string | undefined;
	/** What it is called by, and the file or function it starts. */
	readonly entries: readonly (readonly [kind: string, target: string])[];
	readonly scripts: readonly (readonly [name: string, command: string])[];
	/** Names of what it needs, by the manifest's own word for that list. */
	readonly needs: readonly (readonly [list: string, names: readonly string[]])[];
};

const readPackageJson: Reader = text => {
	const pack = asRecord(parseJson(text));
	if (pack === undefined) return undefined;
	const bin = pack['bin'];
	const lists = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'];
	return {
		name: asText(pack['name']),
		version: asText(pack['version']),
		entries: [
			...(typeof bin === 'string'
				? [['bin', bin] as const]
				: pairs(bin).map(([name, to]) => [`bin ${name}`, to] as const)),
			...['main', 'module', 'types'].flatMap(key => {
				const target = asText(pack[key]);
				return target === undefined ? [] : [[key, target] as const];
			}),
			...exportsOf(pack['exports']),
		],
		scripts: pairs(pack['scripts']),
		needs: lists.flatMap(list => {
			const names = Object.keys(asRecord(pack[list]) ?? {});
			return names.length === 0 ? [] : [[list, names] as const];
		}),
	};
};

/** The first file that each exported path leads to. */
const exportsOf = (exported: unknown): readonly (readonly [string, string])[] => {
	const target = (value: unknown): string | undefined =>
		typeof value === 'string'
			? value
			: Object.entries(asRecord(value) ?? {})
					.map(([condition, inner]) => (condition === 'types' ? undefined : target(inner)))
					.find(found => found !== undefined);
	const record = asRecord(exported);
	const isByPath = record !== undefined && Object.keys(record).some(key => key.startsWith('.'));
	return Object.entries(isByPath ? record : {'.': exported}).flatMap(([at, value]) => {
		const found = target(value);
		return found === undefined ? [] : [[`exports ${at}`, found] as const];
	});
};

const readPyproject: Reader = text => {
	const sections = readSections(text);
	const project = sections.get('project') ?? sections.get('tool.poetry');
	const poetry = [...(sections.get('tool.poetry.dependencies')?.keys() ?? [])].filter(name => name !== 'python');
	const needs = [...quoted(sections.get('project')?.get('dependencies') ?? '').map(packageName), ...poetry];
	const scripts = [...(sections.get('project.scripts') ?? []), ...(sections.get('tool.poetry.scripts') ?? [])];
	return {
		name: unquoted(project?.get('name')),
		version: unquoted(project?.get('version')),
		entries: scripts.map(([name, target]) => [`script ${name}`, unquoted(target) ?? target] as const),
		scripts: [],
		needs: needs.length === 0 ? [] : [['dependencies', needs]],
	};
};

const readCargo: Reader = text => {
	const sections = readSections(text);
	const names = (list: string): readonly string[] => [...(sections.get(list)?.keys() ?? [])];
	const bin = sections.get('bin');
	const path = unquoted(bin?.get('path'));
	return {
		name: unquoted(sections.get('package')?.get('name')),
		version: unquoted(sections.get('package')?.get('version')),
		entries: path === undefined ? [] : [[`bin ${unquoted(bin?.get('name')) ?? ''}`.trim(), path]],
		scripts: [],
		needs: ['dependencies', 'dev-dependencies', 'build-dependencies'].flatMap(list =>
			names(list).length === 0 ? [] : [[list, names(list)] as const],
		),
	};
};

const readSetupCfg: Reader = text => {
	const sections = readSections(text);
	const lines = (value: string | undefined): readonly string[] =>
		(value ?? '')
			.split('\n')
			.map(line => line.trim())
			.filter(line => line !== '');
	const needs = lines(sections.get('options')?.get('install_requires')).map(packageName);
	return {
		name: sections.get('metadata')?.get('name'),
		version: sections.get('metadata')?.get('version'),
		entries: lines(sections.get('options.entry_points')?.get('console_scripts')).flatMap(line => {
			const [name = '', target = ''] = line.split('=').map(part => part.trim());
			return target === '' ? [] : [[`script ${name}`, target] as const];
		}),
		scripts: [],
		needs: needs.length === 0 ? [] : [['install_requires', needs]],
	};
};

const readGoMod: Reader = text => {
	const block = /^require \(([\s\S]*?)^\)/gm;
	const grouped = [...text.matchAll(block)].flatMap(found => (found[1] ?? '').split('\n'));
	const single = [...text.matchAll(/^require ([^(\n]+)$/gm)].map(found => found[1] ?? '');
	const direct = [...grouped, ...single]
		.map(line => line.trim())
		.filter(line => line !== '' && !/^\/\/|\/\/ indirect/.test(line));
	return {
		name: /^module (\S+)/m.exec(text)?.[1],
		entries: [],
		scripts: [],
		needs: direct.length === 0 ? [] : [['require', direct.map(line => line.split(' ')[0] ?? line)]],
	};
};

const readRequirements: Reader = text => {
	const needs = text
		.split('\n')
		.map(line => line.trim())
		.filter(line => /^[A-Za-z0-9]/.test(line))
		.map(packageName);
	return {entries: [], scripts: [], needs: needs.length === 0 ? [] : [['requirements', needs]]};
};

const readMakefile: Reader = text => {
	const targets = [...text.matchAll(/^([A-Za-z0-9][\w./-]*)\s*:(?!=)/gm)].map(found => found[1] ?? '');
	return {entries: [['targets', listed([...new Set(targets)], namesMax)]], scripts: [], needs: []};
};

const readers: Readonly<Record<string, Reader>> = {
	'package.json': readPackageJson,
	'pyproject.toml': readPyproject,
	'cargo.toml': readCargo,
	'setup.cfg': readSetupCfg,
	'go.mod': readGoMod,
	'requirements.txt': readRequirements,
	makefile: readMakefile,
};

const readerOf = (path: string): Reader | undefined => {
	const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
	return Object.hasOwn(readers, name) ? readers[name] : undefined;
};

export const isReadable = (path: string): boolean => readerOf(path) !== undefined;

/** What a manifest says of entry points, scripts and dependencies. */
export const manifestFacts = (path: string, text: string): readonly Fact[] => {
	const manifest = readerOf(path)?.(text);
	const where = labelPart(path);
	if (manifest === undefined) return [[`Manifest ${where}`, 'could not be parsed']];
	const {name, version, entries, scripts, needs} = manifest;
	const within = path.includes('/') ? ` in ${where}` : '';
	const named = [name ?? 'no name', ...(version === undefined ? [] : [`version ${version}`])].join(', ');
	return [
		[`Manifest ${where}`, oneLine(named)],
		...needs.map(([list, names]): Fact => [`Needs by ${where}, ${list}`, listed(names, namesMax)]),
		...entries
			.slice(0, entriesMax)
			.map(([kind, target]): Fact => [`Entry in ${where}, ${labelPart(kind)}`, oneLine(target)]),
		...(scripts.length === 0 ? [] : [[`Scripts in ${where}`, `${scripts.length}`] as const]),
		...scripts
			.slice(0, scriptsMax)
			.map(([script, command]): Fact => [`Script ${labelPart(script)}${within}`, oneLine(command, 90)]),
	];
};

const unquoted = (value: string | undefined): string | undefined => value?.replace(/^["']|["']\s*(#.*)?$/g, '');
const quoted = (value: string): readonly string[] =>
	[...value.matchAll(/["']([^"'\n]+)["']/g)].map(found => found[1] ?? '');

/** `requests[socks]>=2; python_version > "3"` is a need of requests. */
const packageName = (need: string): string => /^[\w.-]+/.exec(need)?.[0] ?? need;

const parseJson = (text: string): unknown => {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
};

const asRecord = (value: unknown): Readonly<Record<string, unknown>> | undefined =>
	typeof value === 'object' && value !== null && !Array.isArray(value) ? {...value} : undefined;

const asText = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

const pairs = (value: unknown): readonly (readonly [string, string])[] =>
	Object.entries(asRecord(value) ?? {}).flatMap(([key, inner]) =>
		typeof inner === 'string' ? [[key, inner] as const] : [],
	);
