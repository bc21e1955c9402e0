import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {docsPages} from './docs-pages.ts';

/** Writes the pages that are made from the program's own tables, or, with --check, says which are out of date. */
const docs = join(import.meta.dirname, '..', 'docs');
const check = process.argv.includes('--check');
let stale = 0;
for (const [name, text] of docsPages()) {
	const file = join(docs, name);
	if (existsSync(file) && readFileSync(file, 'utf8') === text) continue;
	if (check) {
		stale++;
		console.log(`docs/${name} is out of date. Run: npm run docs`);
	} else {
		writeFileSync(file, text);
		console.log(`wrote docs/${name}`);
	}
}
process.exitCode = stale > 0 ? 1 : 0;
