import type {BuildCommand} from '../image/build-commands.ts'

/** MIX_ENV of a command: what its RUN or what is before it sets. Without it mix takes dev. */
export const mixEnv = ({moment}: BuildCommand): string | undefined =>
  /\bMIX_ENV=["']?(\w+)/.exec(moment.instruction.text)?.[1] ?? moment.variables.get('MIX_ENV')
