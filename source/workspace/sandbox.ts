import type {ChildEnv} from './child-env.ts';

export type SandboxKind = 'bubblewrap' | 'sandbox-runtime' | 'none';

/** Whom a command may reach: everything else of the network is closed to it. */
export type Reach = {
	/**
	 * Asked once per host and port of a command, whenever the command first wants it; may wait for a person. `host` is
	 * in lower case, without brackets or final dot.
	 */
	readonly mayReach: (host: string, port: number) => Promise<boolean>;
	/** Whether an allow rule names this very host: then it may lie in a private network, or be this machine. */
	readonly namesHost: (host: string) => boolean;
};

/** A line for bash and what it may do. All paths are absolute. */
export type SandboxOrder = Reach & {
	readonly command: string;
	/** The project's folder: where the command starts, writable but for what is protected in it. */
	readonly root: string;
	/** Further folders it may write to, such as the outputs. */
	readonly writable: readonly string[];
	/** The environment, to which the sandbox adds its own proxies and folders. */
	readonly env: ChildEnv;
};

export type SandboxedCommand = {
	readonly command: string;
	readonly args: readonly string[];
	/** Where the wrapped command is to be started, which is not always where the line starts. */
	readonly cwd: string;
	readonly env: ChildEnv;
	/** What the sandbox refused, in words for the model, given what the command printed; undefined for nothing. */
	readonly explain: (output: string) => string | undefined;
	/** To be called once the command has ended, or was never started. Waits for no answer that is still out. */
	readonly release: () => Promise<void>;
};

/** A way to run commands so that they cannot harm what they were not given. */
export type Sandbox = {
	readonly kind: SandboxKind;
	/** What it confines, or why there is none, for a person. */
	readonly words: string;
	readonly wrap: (order: SandboxOrder) => Promise<SandboxedCommand>;
};

/** Where nothing confines: the line runs with all the rights of the person. */
export const withoutSandbox = (words: string): Sandbox => ({
	kind: 'none',
	words,
	wrap: async ({command, root, env}) => ({
		command: 'bash',
		args: ['-c', command],
		cwd: root,
		env,
		explain: () => undefined,
		release: async () => {},
	}),
});
