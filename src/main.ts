/** Both programs in dist are this: the command line, and its commands, which oclif takes from dist/commands.cjs. */
export {main} from './cli.ts'
export {commands} from './commands/index.ts'
