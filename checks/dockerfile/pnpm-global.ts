import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'dockerfile/pnpm-global',
  title: 'pnpm finds a folder of PATH for global programs',
  why: 'pnpm installs nothing globally where PATH does not name the folder into which it lays programs.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['pnpmGlobals'],
  uses: ['buildsElse'],
  *run({pnpmGlobals, buildsElse}) {
    for (const {command, pnpm, folder} of pnpmGlobals) {
      const text = command.words.filter((word) => !word?.startsWith('-') || /^(?:-g|--global)$/.test(word)).join(' ')
      const version = pnpm === 'newest' ? 'the newest pnpm' : `pnpm ${pnpm}`
      yield {
        message: folder
          ? `${text} stops: ${version} lays programs into ${folder}, and PATH does not name that folder`
          : `${text} stops: without PNPM_HOME ${version} has no folder of PATH into which it lays programs`,
        at: command.at,
        hint: `${folder ? `ENV PATH="${folder}:$PATH"` : 'ENV PNPM_HOME="/pnpm" and ENV PATH="$PNPM_HOME/bin:$PNPM_HOME:$PATH"'} before that line, or npm install -g in the place of pnpm.`,
        // Of the newest one nobody knows what it will be like.
        ...((pnpm === 'newest' || buildsElse) && {severity: 'warning' as const}),
      }
    }
  },
})
