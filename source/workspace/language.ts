/** Languages by extension, for those whose name a reader expects. */
const byExtension: Readonly<Record<string, string>> = {
	ts: 'TypeScript',
	tsx: 'TypeScript',
	mts: 'TypeScript',
	cts: 'TypeScript',
	js: 'JavaScript',
	jsx: 'JavaScript',
	mjs: 'JavaScript',
	cjs: 'JavaScript',
	py: 'Python',
	pyi: 'Python',
	ipynb: 'Jupyter',
	rb: 'Ruby',
	go: 'Go',
	rs: 'Rust',
	java: 'Java',
	kt: 'Kotlin',
	kts: 'Kotlin',
	swift: 'Swift',
	scala: 'Scala',
	clj: 'Clojure',
	ex: 'Elixir',
	exs: 'Elixir',
	erl: 'Erlang',
	hs: 'Haskell',
	ml: 'OCaml',
	c: 'C',
	h: 'C',
	cc: 'C++',
	cpp: 'C++',
	cxx: 'C++',
	hpp: 'C++',
	hh: 'C++',
	cs: 'C#',
	fs: 'F#',
	m: 'Objective-C',
	php: 'PHP',
	pl: 'Perl',
	lua: 'Lua',
	r: 'R',
	jl: 'Julia',
	dart: 'Dart',
	zig: 'Zig',
	nim: 'Nim',
	vue: 'Vue',
	svelte: 'Svelte',
	sh: 'Shell',
	bash: 'Shell',
	zsh: 'Shell',
	fish: 'Shell',
	ps1: 'PowerShell',
	bat: 'Batch',
	sql: 'SQL',
	graphql: 'GraphQL',
	html: 'HTML',
	htm: 'HTML',
	css: 'CSS',
	scss: 'CSS',
	sass: 'CSS',
	less: 'CSS',
	md: 'Markdown',
	mdx: 'Markdown',
	rst: 'reStructuredText',
	json: 'JSON',
	jsonc: 'JSON',
	json5: 'JSON',
	jsonl: 'JSON',
	yaml: 'YAML',
	yml: 'YAML',
	toml: 'TOML',
	xml: 'XML',
	ini: 'INI',
	proto: 'Protocol Buffers',
	tf: 'Terraform',
	nix: 'Nix',
	tex: 'TeX',
	csv: 'CSV',
	txt: 'Text',
	svg: 'SVG',
	cmake: 'CMake',
};

const byName: Readonly<Record<string, string>> = {
	makefile: 'Make',
	dockerfile: 'Docker',
	containerfile: 'Docker',
	gemfile: 'Ruby',
	rakefile: 'Ruby',
	'cmakelists.txt': 'CMake',
	jenkinsfile: 'Groovy',
	justfile: 'Just',
};

/** The extension of a path in lower case, without its dot; empty when there is none, as in `Makefile` or `.gitignore`. */
export const extensionOf = (file: string): string => {
	const name = file.slice(file.lastIndexOf('/') + 1);
	const dot = name.lastIndexOf('.');
	return dot > 0 ? name.slice(dot + 1).toLowerCase() : '';
};

/** What a file is written in, by its name alone. Unknown ones are `Other`. */
export const languageOf = (file: string): string => {
	const name = file.slice(file.lastIndexOf('/') + 1).toLowerCase();
	const extension = extensionOf(file);
	if (Object.hasOwn(byName, name)) return byName[name] ?? 'Other';
	return Object.hasOwn(byExtension, extension) ? (byExtension[extension] ?? 'Other') : 'Other';
};
