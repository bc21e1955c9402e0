/**
 * Loaded before the program (`node --import`), to plant a defect that nobody awaits. `FLOTILLA_TEST_DEFECT` says where:
 * `throw` and `reject` upon SIGUSR2, `exit` when there is nothing left to do.
 */
const planted = (): Error => new Error('a planted defect');

switch (process.env['FLOTILLA_TEST_DEFECT']) {
	case 'throw':
		process.on('SIGUSR2', () => {
			throw planted();
		});
		break;
	case 'reject':
		process.on('SIGUSR2', () => void Promise.reject(planted()));
		break;
	default:
		process.once('beforeExit', () => {
			throw planted();
		});
}
