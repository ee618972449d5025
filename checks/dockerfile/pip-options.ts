import {defineCheck, suggest} from '../../src/check.ts'

export default defineCheck({
  id: 'dockerfile/pip-options',
  title: 'pip knows the options it is given',
  why: 'pip stops at an option it does not know, and the build with it, before anything is installed.',
  severity: 'error',
  failsAt: 'build',
  since: '0.1.0',
  needs: ['image'],
  *run({image}) {
    const installs = image.stages.flatMap(({commands, packages}) =>
      commands.flatMap((command) => {
        const args = pipArguments(command.words)
        return args ? [{command, args, isDebian: packages.installed.has('python3-pip')}] : []
      }),
    )
    if (installs.length === 0) return 'no RUN installs with pip'
    for (const {command, args, isDebian} of installs) {
      const unknown = command.conditional ? undefined : unknownOption(args)
      // The pip of Debian's older releases has one more.
      if (!unknown || (unknown === '--system' && isDebian)) continue
      const meant = suggest(unknown, [...options])
      yield {
        message: `pip has no option ${unknown}`,
        at: command.at,
        hint: meant
          ? `Did you mean ${meant}?`
          : ofUv.has(unknown)
            ? 'It is one of uv: uv pip install.'
            : 'Take it out.',
        // What resembles none of them may be one that pip has got since.
        severity: command.decisive && (meant !== undefined || ofUv.has(unknown)) ? 'error' : 'warning',
      }
    }
  },
})

/** All that `pip install` and `pip wheel` take, or once took (pip/_internal/cli/cmdoptions.py, pip 1.0 to 26). */
const flags =
  `--help --debug --isolated --require-virtualenv --require-venv --verbose --version --quiet --no-input --no-cache-dir
  --disable-pip-version-check --no-color --no-python-version-warning --no-deps --no-dependencies --pre --dry-run --user
  --no-user --upgrade --force-reinstall --ignore-installed --ignore-requires-python --no-build-isolation --build-isolation
  --use-pep517 --no-use-pep517 --check-build-dependencies --break-system-packages --compile --no-compile
  --no-warn-script-location --no-warn-conflicts --prefer-binary --require-hashes --no-require-hashes --no-clean --no-index
  --process-dependency-links --egg --no-download --no-install --always-unzip --allow-all-external --no-allow-external
  --no-allow-insecure --use-mirrors --use-wheel --no-use-wheel --no-verify --override`.split(/\s+/)
const valued =
  `--python --log --log-file --local-log --keyring-provider --proxy --retries --timeout --default-timeout --exists-action
  --trusted-host --cert --client-cert --cache-dir --use-feature --use-deprecated --unstable-feature --resume-retries
  --skip-requirements-regex --requirement --requirements --constraint --constraints --build-constraint --build-constraints
  --requirements-from-script --editable --target --platform --python-version --implementation --abi --root --prefix --src
  --source --source-dir --source-directory --upgrade-strategy --config-settings --config-setting --global-option
  --install-option --build-option --no-binary --only-binary --progress-bar --root-user-action --report --group --index-url
  --pypi-url --extra-index-url --find-links --uploaded-prior-to --all-releases --only-final --build --build-dir
  --build-directory --download --download-dir --download-directory --download-cache --allow-external --allow-unverified
  --allow-insecure --mirrors --wheel-dir --dest --destination-dir --destination-directory`.split(/\s+/)
const options = new Set([...flags, ...valued])

/** What only `uv pip install` takes (its --help). */
const ofUv = new Set(
  '--system --exclude-newer --link-mode --no-sources --index-strategy --resolution --torch-backend'.split(' '),
)

/** What follows `pip install`, `pip3 wheel` or `python -m pip install`; undefined for any other command. */
function pipArguments(words: readonly (string | undefined)[]): (string | undefined)[] | undefined {
  const name = words[0]?.split('/').at(-1) ?? ''
  const start = /^pip3?(\.\d+)?$/.test(name)
    ? 1
    : /^python3?(\.\d+)?$/.test(name) && words[1] === '-m' && words[2] === 'pip'
      ? 3
      : 0
  const verb = words[start]
  return start > 0 && (verb === 'install' || verb === 'wheel') ? words.slice(start + 1) : undefined
}

/** optparse takes any beginning of an option for it; a value may begin with a dash too. */
function unknownOption(args: readonly (string | undefined)[]): string | undefined {
  for (let index = 0; index < args.length; index++) {
    const word = args[index]
    if (word === undefined || word === '--') return undefined
    if (!word.startsWith('--')) {
      // -r FILE and the other short ones that take the next word.
      if (/^-[a-zA-Z]*[rcetifbdwC]$/.test(word)) index++
      continue
    }
    const [name = '', value] = word.split(/=(.*)/s)
    const known = [...options].filter((option) => option.startsWith(name))
    if (known.length === 0) return name
    if (value === undefined && valued.some((option) => option === name || (known.length === 1 && option === known[0])))
      index++
  }
  return undefined
}
