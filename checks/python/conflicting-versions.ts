import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'python/conflicting-versions',
  title: 'the Python packages work with one another',
  why: 'Some versions install side by side and cannot be used together: the app ends where it imports or first uses them.',
  severity: 'error',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['packageConflicts', 'dockerfile'],
  uses: ['buildsElse'],
  *run({packageConflicts, dockerfile, buildsElse}) {
    const told = new Set<string>()
    for (const {conflict, version, at, other, otherAt, started, proven} of packageConflicts) {
      if (told.has(conflict.name)) continue
      told.add(conflict.name)
      const isPython = conflict.other === 'python'
      const second = isPython
        ? `Python ${other}`
        : other === undefined
          ? `the newest ${conflict.other}, as nothing limits it`
          : `${conflict.other} ${other}`
      const where = started ? `${started.command.by} imports it, and ` : ''
      yield {
        message: `${conflict.name} ${version} does not work with ${second}: ${where}${conflict.use ? 'its use' : 'the import'} ends with ${conflict.error}`,
        at,
        related: [
          ...(otherAt ? [otherAt] : []),
          ...(isPython ? [dockerfile.final.at] : []),
          ...(started ? [started.at, started.command.at] : []),
        ],
        hint: `${conflict.cure}.`,
        ...((!proven || buildsElse) && {severity: 'warning' as const}),
        // A use that no module runs when it is imported fails later.
        ...(conflict.use && !proven && {failsAt: 'runtime' as const}),
        ...(proven && started?.command.by === 'release_command' && {failsAt: 'release' as const}),
      }
    }
  },
})
