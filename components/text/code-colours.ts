import {createRequire} from 'node:module';
import type {Emitter, HLJSApi, LanguageFn} from 'highlight.js';
import type {Tone} from '../theme.ts';
import {broken} from './broken.ts';
import {type Line, type Span, span} from './spans.ts';

const require = createRequire(import.meta.url);

/** Each grammar of the library, and how its language is called in markdown. */
const grammars: Readonly<Record<string, {readonly names: readonly string[]; readonly load: () => LanguageFn}>> = {
	typescript: {names: ['typescript', 'ts', 'tsx'], load: () => require('highlight.js/lib/languages/typescript')},
	javascript: {names: ['javascript', 'js', 'jsx', 'mjs'], load: () => require('highlight.js/lib/languages/javascript')},
	json: {names: ['json', 'jsonc'], load: () => require('highlight.js/lib/languages/json')},
	python: {names: ['python', 'py'], load: () => require('highlight.js/lib/languages/python')},
	bash: {names: ['bash', 'sh', 'zsh', 'shell'], load: () => require('highlight.js/lib/languages/bash')},
	diff: {names: ['diff', 'patch'], load: () => require('highlight.js/lib/languages/diff')},
	yaml: {names: ['yaml', 'yml'], load: () => require('highlight.js/lib/languages/yaml')},
	markdown: {names: ['markdown', 'md'], load: () => require('highlight.js/lib/languages/markdown')},
	go: {names: ['go'], load: () => require('highlight.js/lib/languages/go')},
	rust: {names: ['rust', 'rs'], load: () => require('highlight.js/lib/languages/rust')},
	xml: {names: ['html', 'xml'], load: () => require('highlight.js/lib/languages/xml')},
	css: {names: ['css'], load: () => require('highlight.js/lib/languages/css')},
	sql: {names: ['sql'], load: () => require('highlight.js/lib/languages/sql')},
};

/** By the first part of a scope's name; what is not listed is plain. */
const tones: Readonly<Record<string, Tone>> = {
	keyword: 'keyword',
	'selector-tag': 'keyword',
	tag: 'keyword',
	section: 'strong',
	strong: 'strong',
	built_in: 'name',
	type: 'name',
	title: 'name',
	name: 'name',
	attr: 'name',
	attribute: 'name',
	property: 'name',
	string: 'literal',
	regexp: 'literal',
	number: 'literal',
	literal: 'literal',
	symbol: 'literal',
	code: 'literal',
	comment: 'muted',
	quote: 'muted',
	meta: 'muted',
	addition: 'added',
	deletion: 'removed',
};

const toneOf = (scope: string): Tone | undefined => tones[scope.split('.')[0] ?? ''];

/** Takes down what the library finds as spans, instead of as HTML. */
class SpanEmitter implements Emitter {
	readonly spans: Span[] = [];
	readonly #open: Tone[] = [];

	openNode(name: string): void {
		this.#open.push(toneOf(name) ?? this.#open.at(-1) ?? 'plain');
	}

	closeNode(): void {
		this.#open.pop();
	}

	/** The library calls it so in one place, and so in another. */
	startScope(name: string): void {
		this.openNode(name);
	}

	endScope(): void {
		this.closeNode();
	}

	addText(text: string): void {
		if (text !== '') this.spans.push(span(text, this.#open.at(-1) ?? 'plain'));
	}

	/** Of a language within the language: what was found there is taken over as it is. */
	__addSublanguage(emitter: SpanEmitter): void {
		this.spans.push(...emitter.spans);
	}

	finalize(): void {}

	toHTML(): string {
		return '';
	}
}

/** The library and its grammars take some 50 ms to load and warm up: nobody pays for that before there is code. */
const createHighlighter = () => {
	let loaded: HLJSApi | undefined;
	return (grammar: string, load: () => LanguageFn): HLJSApi => {
		if (loaded === undefined) {
			loaded = require('highlight.js/lib/core') as HLJSApi;
			loaded.configure({__emitter: SpanEmitter});
		}
		if (loaded.getLanguage(grammar) === undefined) loaded.registerLanguage(grammar, load());
		return loaded;
	};
};
const highlighter = createHighlighter();

/** Longer code is not coloured, nor is code with longer lines, such as data: nobody should wait for it. */
const charactersMax = 20_000;
const longLine = /.{2001}/;

/** The lines of a piece of code in the colours of its language; plain in one that is not known. */
export const colourCode = (code: string, language: string): readonly Line[] => {
	const found = Object.entries(grammars).find(([, {names}]) => names.includes(language.toLowerCase()));
	if (found === undefined || code.length > charactersMax || longLine.test(code)) return broken([span(code)]);
	const [grammar, {load}] = found;
	const {_emitter} = highlighter(grammar, load).highlight(code, {language: grammar, ignoreIllegals: true});
	return broken(_emitter instanceof SpanEmitter ? _emitter.spans : [span(code)]);
};
