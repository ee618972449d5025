import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'image/editable-install',
  title: 'a package that is a link finds its folder',
  why: 'What is installed as editable stays in the folder of the project: without that folder its program ends at once.',
  severity: 'error',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['editableInstalls'],
  uses: ['buildsElse'],
  *run({editableInstalls, buildsElse}) {
    for (const {by, command, program, install, how, folder, stage} of editableInstalls) {
      yield {
        message: `${by} starts ${program}, whose package ${how} leaves in ${folder} of the stage ${stage}, and the image has no such folder: it ends with ModuleNotFoundError`,
        at: command,
        related: [install.at],
        hint:
          how === 'pip install -e'
            ? 'Copy the sources before that line, and install the package itself: leave out -e.'
            : `Install the package itself (${how === 'uv sync' ? 'uv sync --no-editable' : 'pip install .'}), or copy the folder to the same place.`,
        ...(by === 'release_command' && {failsAt: 'release' as const}),
        ...(buildsElse && {severity: 'warning' as const}),
      }
    }
  },
})
