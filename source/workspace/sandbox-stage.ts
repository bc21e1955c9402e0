import {mkdir, mkdtemp, realpath, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import type {ChildEnv} from './child-env.ts';
import type {SandboxedCommand, SandboxOrder} from './sandbox.ts';
import {planSandbox, type SandboxPlan} from './sandbox-plan.ts';
import {openSandboxProxy, type SandboxProxy} from './sandbox-proxy.ts';
import type {KeepRoot} from './sandbox-root.ts';

export type SandboxParts = {
	/** The person's home folder. */
	readonly home: string;
	/** Folders and files beside those of the home folder that no command may read, such as the state folder. */
	readonly hidden: readonly string[];
	readonly keepRoot: KeepRoot;
};

/** What every sandboxed command is given, however it is confined. */
export type Stage = Pick<SandboxedCommand, 'explain' | 'release'> & {
	readonly plan: SandboxPlan;
	/** A folder of this command's own that it does not see as such. */
	readonly scratch: string;
	/** Within the scratch folder: the command's place for temporary files. */
	readonly temp: string;
	readonly proxy: SandboxProxy | undefined;
};

/** `proxyAt` says where the way out is to be, given the scratch folder; undefined for no network at all. */
export const setStage = async (
	parts: SandboxParts,
	order: SandboxOrder,
	proxyAt: (scratch: string) => string | undefined,
): Promise<Stage> => {
	const letGo = await parts.keepRoot(order.root);
	const scratch = await mkdtemp(path.join(await realpath(tmpdir()), 'flotilla-sandbox-'));
	const temp = path.join(scratch, 'tmp');
	let proxy: SandboxProxy | undefined;
	const release = async (): Promise<void> => {
		await proxy?.close();
		await rm(scratch, {recursive: true, force: true}).catch(() => {});
		await letGo();
	};
	try {
		await mkdir(temp);
		const place = proxyAt(scratch);
		if (place !== undefined) proxy = await openSandboxProxy(order, place);
		const plan = await planSandbox({...parts, ...order});
		return {plan, scratch, temp, proxy, release, explain: output => explain(output, proxy?.refused() ?? [])};
	} catch (error) {
		await release();
		throw error;
	}
};

/** The environment of a confined command: its proxy, and caches where it may write, since the home folder is closed. */
export const stagedEnv = (env: ChildEnv, temp: string, proxyUrl: string | undefined): ChildEnv => {
	const own: Record<string, string> = {};
	for (const [name, value] of Object.entries(env)) if (!/_proxy$/i.test(name)) own[name] = value;
	for (const name of ['TMPDIR', 'TMP', 'TEMP']) own[name] = temp;
	own['XDG_CACHE_HOME'] = path.join(temp, '.cache');
	own['npm_config_cache'] = path.join(temp, '.npm');
	if (proxyUrl === undefined) return own;
	for (const name of ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'http_proxy', 'https_proxy', 'all_proxy'])
		own[name] = proxyUrl;
	own['NO_PROXY'] = own['no_proxy'] = 'localhost,127.0.0.1,::1';
	// Without it Node's own fetch knows no proxy.
	own['NODE_USE_ENV_PROXY'] = '1';
	return own;
};

const refusedWriting = /read-only file system|EROFS/i;
const refusedAccess = /permission denied|operation not permitted|EACCES|EPERM/i;
const refusedNetwork = /could not resolve host|name resolution|ENOTFOUND|EAI_AGAIN|network is unreachable/i;

const explain = (output: string, refused: readonly string[]): string | undefined => {
	const words = [
		...refused.slice(0, 20).map(line => `The sandbox refused the network: ${line}.`),
		...(refusedWriting.test(output)
			? [
					'The sandbox lets commands write only in the project, in "$OUTPUTS" and in "$TMPDIR", and not to .git/hooks, .git/config, .flotilla or files with keys.',
				]
			: []),
		...(refusedAccess.test(output) && !refusedWriting.test(output)
			? [
					'If access was denied: in the sandbox, keys and credentials cannot be read or written, and nothing runs with higher rights.',
				]
			: []),
		...(refusedNetwork.test(output) && refused.length === 0
			? ['The sandbox has no network but its HTTP proxy (HTTPS_PROXY): programs that do not use it reach nothing.']
			: []),
	];
	return words.length === 0 ? undefined : words.join('\n');
};
