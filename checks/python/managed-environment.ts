import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'python/managed-environment',
  title: 'pip may install where it is told to',
  why: 'In the Python that a distribution brings, only its own packages may install: pip stops with “externally-managed-environment”.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['managedInstalls'],
  uses: ['buildsElse'],
  *run({managedInstalls, buildsElse}) {
    for (const {command, at, pip, image, from, decisive} of managedInstalls) {
      yield {
        message: `${command} changes the Python that ${pip} brings to ${image}, which only packages of the distribution may: it stops with "externally-managed-environment"`,
        at,
        related: [from],
        hint: 'Before it: RUN python3 -m venv /opt/venv and ENV PATH="/opt/venv/bin:$PATH". Or give it --break-system-packages: nothing else uses this Python in an image.',
        ...((buildsElse || !decisive) && {severity: 'warning'}),
      }
    }
  },
})
