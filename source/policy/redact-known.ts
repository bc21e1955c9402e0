/** A secret whose value is known. The name stands in its place, so it should tell where the value comes from. */
export type KnownSecret = {readonly name: string; readonly value: string};

/** Shorter values would be found in the middle of ordinary words. */
const charactersMin = 8;

const secretName = /(?:_|^)(?:API_?)?(?:KEY|TOKEN|PAT|PASS|PWD|AUTH|CREDENTIALS?)$|SECRET|PASSW(?:OR)?D|PASSPHRASE/i;
/** A place, a switch or a number is no secret, whatever its variable is called. */
const notSecret = /^(?:[~.]?\/|[A-Za-z]:\\|true$|false$|\d+$)/i;

/** What an environment holds of secrets, by the names of its variables. */
export const secretsIn = (env: Readonly<Record<string, string | undefined>>): readonly KnownSecret[] =>
	Object.entries(env).flatMap(([name, value]) =>
		value !== undefined && value.length >= charactersMin && secretName.test(name) && !notSecret.test(value)
			? [{name, value}]
			: [],
	);

/**
 * What of a value's base64 does not depend on what stands around it, for each of the three places where it can begin
 * within a group of three bytes.
 */
const base64Forms = (value: string): readonly string[] =>
	[0, 1, 2].flatMap(offset => {
		const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(value)]);
		const whole = bytes.toString('base64url');
		// A character is of the value alone when all its six bits are.
		const inner = whole.slice(Math.ceil((offset * 8) / 6), Math.floor((bytes.length * 8) / 6));
		return [inner, inner.replaceAll('-', '+').replaceAll('_', '/')];
	});

/** The forms in which a known secret is looked for: as it is, in JSON, in an address, in base64. */
export const formsOf = ({value}: KnownSecret): readonly string[] => {
	if (value.length < charactersMin) return [];
	const encoded = encodeURIComponent(value.toWellFormed());
	return [
		...new Set([
			value,
			JSON.stringify(value).slice(1, -1),
			encoded,
			encoded.replaceAll(/%[0-9A-F]{2}/g, code => code.toLowerCase()),
			...base64Forms(value),
		]),
	];
};
