import {Args} from '@oclif/core'

/**
 * An argument, from the command line only. oclif's own takes what is left out from standard input, which belongs to
 * somebody else: the refs of a pre-push hook, the lines of a `while read` loop.
 */
export const word = Args.custom<string>({ignoreStdin: true})
