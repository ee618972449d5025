import {defineCheck} from '../../src/check.ts'

export default defineCheck({
  id: 'dockerfile/python-version',
  title: "the image's Python satisfies the project",
  why: 'pip and Poetry refuse to install a project that asks for another Python than the image has.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['image', 'python'],
  *run({image, python}) {
    for (const {base, stage, installs} of image.stages) {
      if (!base?.python) continue
      // A step that brings another Python: which one installs is then not known.
      if (stage.instructions.some(bringsPython)) continue
      for (const install of installs) {
        // uv pip may install for another Python.
        if (install.tool === 'pip' && install.checksPython) {
          const minor = Number(base.python.split('.')[1])
          for (const requirement of install.requirements) {
            const needs = python.firstPython(requirement)
            if (needs === undefined || minor >= needs) continue
            const {written, specifier, at} = requirement
            yield {
              message: `the image has Python ${base.python} (${stage.image ?? 'its base'}), and ${written}${specifier} asks for 3.${needs} or later: pip finds no such version`,
              at: stage.at,
              related: [at],
              hint: `Start from an image with Python 3.${needs} or later, or pin an earlier ${written}.`,
            }
            return
          }
        }
        // Where the project itself is installed, its manifest tells; else the files beside what is installed.
        const folders = install.projectFiles.map(folderOf)
        for (const demand of python.versionDemands) {
          const {python: version} = base
          if (!folders.includes(folderOf(demand.at.file)) || python.satisfies(version, demand.specifier) !== false)
            continue
          // Which Python a developer's machine takes, where the project itself is content with this one.
          const isContent = python.versionDemands.some(
            ({from, specifier, at}) =>
              from === 'requires-python' &&
              folderOf(at.file) === folderOf(demand.at.file) &&
              python.satisfies(version, specifier) === true,
          )
          if (demand.from === '.python-version' && isContent) continue
          // Poetry takes another Python of the machine where it finds one; a full image has Debian's.
          const enforced =
            demand.from === 'requires-python' &&
            install.project &&
            (install.checksPython || (install.tool === 'poetry' && !base.hasBuildTools))
          // uv fetches another Python by itself, and pip -r never looks at requires-python: then it only differs.
          if (!enforced && install.tool === 'uv sync') continue
          yield {
            message: `the image has Python ${base.python} (${stage.image ?? 'its base'}), ${demand.from} asks for ${demand.specifier}`,
            at: stage.at,
            related: [demand.at],
            hint: `Start from an image whose Python satisfies ${demand.specifier}, or relax the demand.`,
            ...(!enforced && {severity: 'warning', failsAt: 'runtime'}),
          }
          return
        }
      }
    }
  },
})

const folderOf = (path: string): string => path.split('/').slice(0, -1).join('/')

const bringsPython = ({keyword, text}: {keyword: string; text: string}): boolean =>
  (keyword === 'RUN' &&
    /\b(uv\s+(venv|python)|pyenv|conda|mamba|virtualenv|-m\s+venv|poetry\s+(env|python)|python3?\.\d+)\b/.test(text)) ||
  (keyword === 'COPY' && /python|\/usr\/local\/?\s/.test(text))
