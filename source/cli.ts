import {main} from './boot/main.ts';
import {readBuild} from './boot/read-build.ts';
import {readVersion} from './boot/read-version.ts';

process.exitCode = await main(process.argv.slice(2), process.env, readVersion(), readBuild());
