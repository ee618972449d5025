/** What dist/preflight.cjs is made of: the command line, and the commands, which oclif takes from dist/commands.cjs. */
export {main} from './cli.ts'
export {commands} from './commands/index.ts'
