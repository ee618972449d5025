import type {FileLocation} from '../../../check.ts'
import {type Fact, type FactStore, known} from '../../../facts.ts'
import {allInstructions, flagOf, type Stage} from '../../dockerfile/parse.ts'
import {noFiles} from '../../files/files.ts'
import type {Release} from '../../image/base/releases.ts'
import type {StageCommand} from '../../image/stage-image.ts'
import type {Inputs} from '../../inputs.ts'

/** An install into the Python of the distribution, which its packages alone may change (PEP 668). */
export interface ManagedInstall {
  /** `pip3 install`. */
  command: string
  at: FileLocation
  /** The package that brings this Python's pip, and the image whose distribution it is. */
  pip: string
  image: string
  from: FileLocation
  decisive: boolean
}

/** Of Debian, Ubuntu and Alpine those whose Python is so marked: from Debian 12, Ubuntu 23.04 and Alpine 3.19 on. */
const marked = /^(?:bookworm|trixie|lunar|mantic|noble|oracular|plucky|questing|resolute)$/
const isMarked = ({name, alpine = 0}: Release): boolean => marked.test(name) || (name === 'alpine' && alpine >= 19)

const pipPackage = /^(?:python3-pip|python3-full|py3-pip|py-pip)$/
/** uv takes the Python of the distribution, and needs no pip for that. */
const pythonPackage = /^(?:python3(?:-pip|-full|-dev|-minimal)?|py3-pip)$/

/** What lets pip do it all the same, or brings another Python, wherever in the stage it stands. */
const otherwise =
  /EXTERNALLY-MANAGED|\/python3[^\s/]{0,20}\/E|(?:PIP|UV)_BREAK_SYSTEM_PACKAGES|UV_PYTHON|PIP_(?:CONFIG_FILE|TARGET|PREFIX|ROOT|REQUIRE_VIRTUALENV|PYTHON)\b|pip\.conf|\bpip3?\s+config\b|venv\b|virtualenv|\bactivate\b|\b(?:pyenv|(?:mini)?conda\w*|(?:micro)?mamba|pixi|rye|mise|asdf|pipx)\b|deadsnakes|\buv\s+python\b|python-build-standalone|altinstall|make install/

/** pip does not look whether the Python is managed where it installs elsewhere (pip/_internal/commands/install.py). */
const elsewhere = /^(?:--break-system-packages|--target|-t|--prefix|--root|--dry-run|--python)(?:=|$)/

export async function loadManagedInstalls({reader}: Inputs, facts: FactStore): Promise<Fact<ManagedInstall[]>> {
  const [image, files] = await Promise.all([facts.need('image'), facts.value('files')])
  const found: ManagedInstall[] = []
  for (const {stage, root, base, release, commands} of image.stages) {
    if (!release || !isMarked(release) || base?.python || bringsPython(stage)) continue
    for (const each of commands) {
      const command = each.conditional ? undefined : pipOf(each.words)
      const pip =
        command &&
        each.packagesThen.named.find((name) => (command.startsWith('uv') ? pythonPackage : pipPackage).test(name))
      if (!command || !pip || (command.startsWith('uv') && (await isAllowed()))) continue
      found.push({command, at: each.at, pip, image: root.image ?? '', from: root.at, decisive: each.decisive})
      // The first one ends the build.
      break
    }
  }
  return known(found)

  /** uv reads its settings in the folder, above it, and in /etc/uv. */
  async function isAllowed(): Promise<boolean> {
    const settings = await reader.texts((files ?? noFiles).named('uv.toml', 'pyproject.toml'))
    return settings.some(({text}) => text.includes('break-system-packages'))
  }
}

/** `pip3 install`, where it goes into the Python that is first on PATH or the distribution's. */
function pipOf(words: StageCommand['words']): string | undefined {
  const [program = '', ...rest] = words
  if (program === 'uv') return uvOf(words)
  const args = /^(?:\/usr\/bin\/)?pip3?$/.test(program)
    ? rest
    : /^(?:\/usr\/bin\/)?python3?$/.test(program) && rest[0] === '-m' && rest[1] === 'pip'
      ? rest.slice(2)
      : undefined
  const start = words.length - (args?.length ?? 0)
  if (args?.[0] !== 'install' || args.some((word) => word === undefined || elsewhere.test(word))) return undefined
  return words.slice(0, start + 1).join(' ')
}

/** `uv pip install --system`: "The interpreter at /usr is externally managed". */
function uvOf(words: StageCommand['words']): string | undefined {
  const [, pip, install, ...rest] = words
  const isOther = rest.some(
    (word) => word === undefined || /^(?:-p$|--python|--managed-python)/.test(word) || elsewhere.test(word),
  )
  return pip === 'pip' && install === 'install' && rest.includes('--system') && !isOther
    ? 'uv pip install --system'
    : undefined
}

/** Where its installer lays uv itself. */
const ofUv = /^PATH[= ]["']?\/root\/\.(?:local|cargo)\/bin\/?:\$\{?PATH\}?["']?$/

function bringsPython(stage: Stage): boolean {
  return allInstructions(stage).some((instruction) => {
    const {keyword, text} = instruction
    if (/^(?:RUN|ENV|ARG|COPY|ADD)$/.test(keyword) && otherwise.test(text)) return true
    // A folder that is laid over the system's may hold a pip.conf.
    if (/^(?:COPY|ADD)$/.test(keyword) && /\s\/(?:etc|root|usr|usr\/local)?\/?\s*$/.test(text)) return true
    // A program that is called pip may come with what is copied to where programs are.
    return (
      (keyword === 'ENV' && /\bPATH\b/.test(text) && !ofUv.test(text.trim())) ||
      (flagOf(instruction, 'from') !== undefined &&
        !/\bastral-sh\/uv\b/.test(flagOf(instruction, 'from') ?? '') &&
        /\s\/(?:usr|opt|bin)?(?:\/|\s*$)/.test(text))
    )
  })
}
