import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'image/root-home',
  title: 'what the machines start is not in the home of root',
  why: 'Nobody but root may go into /root: a program or package there does not exist for the user of the image.',
  severity: 'error',
  failsAt: 'boot',
  since: '0.1.0',
  needs: ['hiddenPrograms'],
  uses: ['buildsElse'],
  *run({hiddenPrograms, buildsElse}) {
    for (const {by, program, at, folder, kind, user, userAt, laidAt, proven} of hiddenPrograms) {
      yield {
        message:
          kind === 'program'
            ? `${by} starts ${program}, which is in ${folder}, and the image runs as ${user}: only root may go into /root`
            : `${by} starts ${program} as ${user}, and the packages are in ${folder}: only root may go into /root`,
        at,
        related: [userAt, ...(laidAt ? [laidAt] : [])],
        hint: cure(program, folder),
        ...((!proven || buildsElse) && {severity: 'warning' as const}),
        ...(by === 'release_command' && {failsAt: 'release' as const}),
      }
    }
  },
})

function cure(program: string, folder: string): string {
  if (/^uvx?$/.test(program)) return 'COPY --from=ghcr.io/astral-sh/uv:latest /uv /uvx /bin/'
  if (/^(?:bunx?|deno|poetry)$/.test(program))
    return `Install it for everybody, or copy it: RUN cp ${folder}/${program} /usr/local/bin/`
  return 'Install into a place for everybody: RUN python -m venv /opt/venv and ENV PATH="/opt/venv/bin:$PATH", in both stages; or pip install --prefix=/install and COPY --from=STAGE /install /usr/local'
}
