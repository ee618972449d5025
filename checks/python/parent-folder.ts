import {defineCheck, plural} from '../../src/check.ts'

export default defineCheck({
  id: 'python/parent-folder',
  title: 'no module asks for a folder above the root',
  why: 'In the image a file often has fewer folders above it than in the repository: Path(__file__).parents[3] ends Python with an IndexError.',
  severity: 'error',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['importFaults'],
  uses: ['buildsElse'],
  *run({importFaults, buildsElse}) {
    for (const {kind, module, target, at, command, proven} of importFaults) {
      if (kind !== 'root') continue
      const count = target.split('/').length - 1
      yield {
        message: `${command.by} runs this line, and it ends with an IndexError: ${module} is above the root, as the file is ${target} in the image and has ${plural(count, 'folder')} above it`,
        at,
        related: [command.at],
        hint: `Take no more than parents[${count - 1}] here, let a variable of [env] name the folder, or copy the project into the image with the folders that it has above ${at.file.split('/').at(-1)}.`,
        ...((!proven || buildsElse) && {severity: 'warning' as const}),
        ...(command.by === 'release_command' && {failsAt: 'release' as const}),
      }
    }
  },
})
