/** The three streams of the process, as far as commands need them. */
export type Terminal = {
	readonly stdin: NodeJS.ReadStream;
	readonly stdout: NodeJS.WriteStream;
	readonly stderr: NodeJS.WriteStream;
	/** Whether a person can see a window and type into it. */
	readonly interactive: boolean;
};

export const print = ({stdout}: Terminal, text: string): void => void stdout.write(`${text}\n`);
export const complain = ({stderr}: Terminal, text: string): void => void stderr.write(`${text}\n`);
