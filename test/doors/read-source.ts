import {parseAst} from 'vitest/node';

export type Import = {
	readonly specifier: string;
	/** True when nothing of it is left at run time. */
	readonly typeOnly: boolean;
	/** The names it takes, where it says so. */
	readonly names: readonly string[];
};

/** What the rules look at in one source file. */
export type Source = {
	readonly path: string;
	readonly lines: number;
	/** Static, dynamic, type and re-export alike, in order. */
	readonly imports: readonly Import[];
	/** Imports whose target is computed, so that nobody can tell where they lead. */
	readonly computedImports: number;
	/** Uses of the surroundings, such as `Date.now` or `process.env`. */
	readonly surroundings: readonly string[];
	readonly onlyReexports: boolean;
};

type Node = {readonly type: string; readonly [field: string]: unknown};

const isNode = (value: unknown): value is Node =>
	typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';

const nodesIn = (value: unknown): readonly Node[] => (Array.isArray(value) ? value.filter(isNode) : []);

const textOf = (value: unknown): string | undefined => {
	if (!isNode(value)) return undefined;
	if (typeof value['value'] === 'string') return value['value'];
	// A template without holes is as good as a string.
	const [quasi, ...rest] = nodesIn(value['quasis']);
	const cooked = quasi?.['value'];
	return value.type === 'TemplateLiteral' && rest.length === 0 && typeof cooked === 'object' && cooked !== null
		? String(Object.entries(cooked).find(([key]) => key === 'cooked')?.[1])
		: undefined;
};

const nameOf = (value: unknown): string | undefined => {
	if (!isNode(value)) return undefined;
	return typeof value['name'] === 'string' ? value['name'] : textOf(value);
};

const isType = (node: Node): boolean => node['importKind'] === 'type' || node['exportKind'] === 'type';

/** What stands in TypeScript's own syntax but is worked out at run time. */
const runningTypeScript = new Set([
	'TSAsExpression',
	'TSSatisfiesExpression',
	'TSNonNullExpression',
	'TSTypeAssertion',
	'TSInstantiationExpression',
	'TSParameterProperty',
	'TSExportAssignment',
	'TSImportEqualsDeclaration',
	'TSExternalModuleReference',
]);

const timers = new Set(['setTimeout', 'setInterval']);
const members = new Set([
	'Date.now',
	'performance.now',
	'Math.random',
	'AbortSignal.timeout',
	'process.env',
	'process.hrtime',
	'crypto.randomUUID',
	'crypto.getRandomValues',
]);
const memberNames = new Set(['homedir', 'randomUUID', 'randomBytes', 'randomInt']);

/** The use of the surroundings that a node is, if it is one. `parent` tells a use of a name from a field of that name. */
const surroundingOf = (node: Node, parent: Node | undefined): string | undefined => {
	switch (node.type) {
		case 'Identifier': {
			const name = String(node['name']);
			if (!timers.has(name)) return undefined;
			const isField =
				(parent?.type === 'MemberExpression' &&
					parent['property'] === node &&
					nameOf(parent['object']) !== 'globalThis') ||
				(parent?.type === 'Property' && parent['key'] === node);
			return isField ? undefined : name;
		}
		case 'MemberExpression': {
			const property = nameOf(node['property']) ?? '';
			const object = node['object'];
			// `globalThis.Date.now` is `Date.now`.
			const owner = isNode(object) && object.type === 'MemberExpression' ? nameOf(object['property']) : nameOf(object);
			const use = `${owner}.${property}`;
			return members.has(use) || memberNames.has(property) ? use : undefined;
		}
		case 'VariableDeclarator': {
			const owner = nameOf(node['init']);
			const pattern = node['id'];
			const taken = nodesIn(isNode(pattern) ? pattern['properties'] : undefined).map(field => nameOf(field['key']));
			const name = taken.find(field => members.has(`${owner}.${field}`));
			return name === undefined ? undefined : `${owner}.${name}`;
		}
		case 'NewExpression':
			return nameOf(node['callee']) === 'Date' && nodesIn(node['arguments']).length === 0 ? 'new Date()' : undefined;
		case 'CallExpression':
			return nameOf(node['callee']) === 'Date' ? 'Date()' : undefined;
		default:
			return undefined;
	}
};

/** Names taken from these modules are uses of the surroundings, too. */
const takenSurroundings: Readonly<Record<string, readonly string[]>> = {
	'node:process': ['env', 'hrtime'],
	'node:os': ['homedir', 'userInfo'],
	'node:perf_hooks': ['performance'],
	'node:crypto': ['randomUUID', 'randomBytes', 'randomInt', 'randomFill', 'randomFillSync', 'getRandomValues'],
};

export const readSource = (path: string, text: string): Source => {
	const program: unknown = parseAst(text, {lang: path.endsWith('x') ? 'tsx' : 'ts'}, path);
	if (!isNode(program)) throw new Error(`${path} could not be read as a program.`);
	const imports: Import[] = [];
	const surroundings: string[] = [];
	let computedImports = 0;

	const take = (target: unknown, typeOnly: boolean, names: readonly string[]): void => {
		const specifier = textOf(target);
		if (specifier === undefined) {
			computedImports++;
			return;
		}
		imports.push({specifier, typeOnly, names});
		if (typeOnly) return;
		const taken = takenSurroundings[specifier.startsWith('node:') ? specifier : `node:${specifier}`] ?? [];
		surroundings.push(...names.filter(name => taken.includes(name)).map(name => `${name} of ${specifier}`));
	};

	const visit = (node: Node, parent: Node | undefined, inType: boolean): void => {
		const isTypeNode = inType || (node.type.startsWith('TS') && !runningTypeScript.has(node.type));
		switch (node.type) {
			case 'ImportDeclaration':
			case 'ExportNamedDeclaration':
			case 'ExportAllDeclaration': {
				const target = node['source'];
				if (target === null || target === undefined) break;
				const names = nodesIn(node['specifiers'])
					.filter(specifier => !isType(specifier))
					.map(specifier => nameOf(specifier['imported'] ?? specifier['local']) ?? '');
				take(target, isType(node), names);
				break;
			}
			case 'ImportExpression':
			case 'TSImportType':
				take(node['source'] ?? node['argument'], node.type === 'TSImportType', []);
				break;
			case 'TSExternalModuleReference':
				take(node['expression'], false, []);
				break;
			case 'CallExpression':
				if (nameOf(node['callee']) === 'require') take(nodesIn(node['arguments'])[0], false, []);
				break;
			default:
		}
		const surrounding = isTypeNode ? undefined : surroundingOf(node, parent);
		if (surrounding !== undefined) surroundings.push(surrounding);
		for (const value of Object.values(node))
			for (const child of isNode(value) ? [value] : nodesIn(value)) visit(child, node, isTypeNode);
	};
	visit(program, undefined, false);

	const body = nodesIn(program['body']);
	return {
		path,
		lines: text.split('\n').length,
		imports,
		computedImports,
		surroundings,
		onlyReexports:
			body.length > 0 &&
			body.every(
				({type, ...node}) =>
					type === 'ImportDeclaration' ||
					type === 'ExportAllDeclaration' ||
					(type === 'ExportNamedDeclaration' && !isNode(node['declaration'])),
			),
	};
};
