import type {BuiltStage} from '../build-stage.ts'

/**
 * Programs that make no folder of an app: package managers of the system, users, rights, and what removes. `pip install`
 * fills site-packages only; npm's, which run the project's own scripts, are not among them.
 */
const quiet =
  /^(?:apt-get|apt|apk|dnf|microdnf|yum|dpkg|update-ca-certificates|addgroup|adduser|groupadd|useradd|usermod|chown|chmod|mkdir|rm|rmdir|set|true|cd|test|ls|du|file|stat|ldd|exit|corepack|npm (?:prune|cache|config|i(?:nstall)? -g)|pip3? (?:install|cache)|python3? -m pip|uv pip)\b/

/** … but for these, which unpack or fetch into a folder that is the app's. */
const unpacks =
  /^(?:dpkg-deb\b|dpkg\s(?:.{0,300}\s)?(?:-[xX]|--v?extract)\s|apt(?:-get)?\s(?:.{0,300}\s)?(?:download|source)\b|(?:pip3?|python3? -m pip|uv pip)\s.{0,300}\s(?:--target|-t|--prefix|--root)(?![\w-]))/

/** Whether a RUN surely makes nothing but what it names: every program of it is known to. */
export function isQuiet(text: string): boolean {
  const plain = text.replace(/\\\n/g, ' ').replace(/^[ \t]*#.*$/gm, '')
  if (/<<|\$\(|`|^\s*\[/.test(plain)) return false
  return plain
    .split(/&&|\|\||[;\n|]/)
    .map((part) => part.replace(/^[\s({]+/, '').trim())
    .every(
      (part) =>
        part === '' || (quiet.test(part) && !unpacks.test(part)) || (/^echo\b/.test(part) && !part.includes('>')),
    )
}

/** Whether a RUN lays nothing beside the sources but what it names: Go writes what stands behind -o. */
export function writesNamed(text: string): boolean {
  const parts = text.replace(/\\\r?\n/g, ' ').split(/&&|\|\||[;\n|]/)
  return parts.every((part) => isQuiet(part) || /^\s*(?:[A-Z_]+=\S*\s+)*go\s+(?:build|mod|vet|version)\b/.test(part))
}

/**
 * Whether a RUN may make a path without naming it, as a build makes its own folder: where the project is, and in no
 * folder beside it.
 */
export function mayMake({config, files, unknown}: BuiltStage, path: string): boolean {
  const [, top = ''] = path.split('/')
  const outside = config.workingDir.length > 1 && !files.get(`/${top}`)
  return !outside && unknown.some(({by, text = ''}) => by === 'run' && !isQuiet(text))
}
