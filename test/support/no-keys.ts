import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll} from 'vitest';

/**
 * Set up before every test file: no key, address or proxy of whoever runs the tests gets into them, and the state of
 * the program lies in a fresh folder instead of the person's own.
 */
const secret = /^(ANTHROPIC|CLAUDE|FLOTILLA|OPENAI|GEMINI|GOOGLE|OTEL)_|^(https?|all|no)_proxy$|^NODE_USE_ENV_PROXY$/i;
for (const name of Object.keys(process.env)) if (secret.test(name)) delete process.env[name];

const home = mkdtempSync(join(tmpdir(), 'flotilla-test-'));
process.env['FLOTILLA_HOME'] = home;
// An engine in the background outlives whoever started it: only the tests that are about it have one.
process.env['FLOTILLA_NO_DAEMON'] = '1';
afterAll(() => rmSync(home, {recursive: true, force: true}));
