/** The longest an engine may take until it takes the lock of the state folder, ms. */
export const startMs = 30_000;

/**
 * The longest an engine that ends may keep the lock after it has let nobody in any more, ms: tools are given their time
 * to end, then the hooks of what that brought about, and a receiver of telemetry that does not answer.
 */
export const endingMs = 60_000;

/** The exit code of an engine that found another one at work: whoever started it looks for that one. */
export const lockHeldCode = 75;

/**
 * How Node is told to run an engine. The part of the heap where young objects lie may grow to a third of what it would:
 * an engine with a hundred agents then holds a third less memory, and takes no more of the processor. The rest
 * of the heap is cleared when it has grown by four fifths, which keeps an engine of weeks as small as it was.
 */
export const engineNodeArgs = ['--max-semi-space-size=16', '--heap-growing-percent=80'] as const;
