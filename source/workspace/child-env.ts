/** What a child process gets as its environment: nothing else of ours reaches it. */
export type ChildEnv = Readonly<Record<string, string>>;

/**
 * Names a child may inherit: where programs, languages and certificates are, how to speak, how to reach the network.
 * A list of what is allowed, because a list of what is secret would always miss one: keys and tokens stay here.
 */
const allowed = new Set([
	...['PATH', 'HOME', 'USER', 'LOGNAME', 'SHELL', 'LANG', 'LANGUAGE', 'TZ', 'TMPDIR', 'TMP', 'TEMP'],
	...['XDG_CONFIG_HOME', 'XDG_CACHE_HOME', 'XDG_DATA_HOME', 'XDG_STATE_HOME', 'XDG_RUNTIME_DIR'],
	...['NVM_DIR', 'VOLTA_HOME', 'PNPM_HOME', 'BUN_INSTALL', 'PYENV_ROOT', 'VIRTUAL_ENV', 'CONDA_PREFIX', 'RBENV_ROOT'],
	...['JAVA_HOME', 'GOPATH', 'GOROOT', 'GOMODCACHE', 'GOPROXY', 'CARGO_HOME', 'RUSTUP_HOME', 'DOTNET_ROOT'],
	...['SSL_CERT_FILE', 'SSL_CERT_DIR', 'NODE_EXTRA_CA_CERTS', 'HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'ALL_PROXY'],
	...['SYSTEMROOT', 'COMSPEC', 'PATHEXT', 'APPDATA', 'LOCALAPPDATA', 'PROGRAMFILES', 'USERPROFILE'],
]);

/** Picks from an environment what children may see. */
export const pickEnv = (source: Readonly<Record<string, string | undefined>>): ChildEnv => {
	const picked: Record<string, string> = {};
	for (const [name, value] of Object.entries(source)) {
		if (value === undefined) continue;
		const upper = name.toUpperCase();
		// A proxy's address may hold a name and a password.
		if (upper.endsWith('PROXY') && value.includes('@')) continue;
		if (allowed.has(upper) || upper.startsWith('LC_')) picked[name] = value;
	}
	return picked;
};
