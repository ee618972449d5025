import {describe, expect, it} from 'vitest'
import {type Code, codeOf} from '../../../../src/project/code/code.ts'
import {argumentOf, pathExpression} from '../../../../src/project/code/folders/path-expression.ts'
import {TextFile} from '../../../../src/project/files/text.ts'

/** The first argument of the first call of `read`, as a path. */
function read(name: string, text: string): string | undefined {
  const code = codeOf(new TextFile(name, `/${name}`, text)) as Code
  const argument = argumentOf(code, code.bare.indexOf('read(') + 4, 0)
  const found = argument && pathExpression(code, argument)
  return found && `${found.from}:${found.path}`
}

describe('a path in code', () => {
  it.each([
    ['a.js', 'read("./public")', 'cwd:./public'],
    ['a.js', 'read(path.join(__dirname, "..", "public"))', 'file:../public'],
    ['a.js', "read(__dirname + '/public')", 'file:public'],
    ['a.js', 'read(path.resolve(process.cwd(), `views`))', 'cwd:views'],
    ['a.js', "read(require('path').join(__dirname, '../..'))", 'file:../..'],
    ['a.js', 'const here = path.dirname(fileURLToPath(import.meta.url))\nread(join(here, "x"))', 'file:x'],
    ['a.py', 'read("templates")', 'cwd:templates'],
    ['a.py', 'read(Path(__file__).resolve().parent.parent / "static")', 'file:../static'],
    ['a.py', 'read(Path(__file__).resolve().parents[2] / "rules")', 'file:../../rules'],
    ['a.py', 'BASE = os.path.dirname(os.path.abspath(__file__))\nread(os.path.join(BASE, "static"))', 'file:static'],
    ['a.go', 'read("templates/*.html")', 'cwd:templates/*.html'],
    ['a.go', 'const assets = "/assets/"\nfunc f() { read("./web/" + assets) }', 'cwd:web/assets/'],
    ['a.go', 'const (\n\tassets = "assets"\n)\nfunc f() { read("web/" + assets + "/css") }', 'cwd:web/assets/css'],
  ])('%s: %s', (name, text, expected) => expect(read(name, text)).toBe(expected))

  it.each([
    ['a.js', 'read(process.env.PUBLIC)'],
    ['a.js', 'read(`${folder}/public`)'],
    ['a.js', 'let here = "a"\nlet here = "b"\nread(here)'],
    ['a.js', "read('pub' + 'lic')"],
    ['a.go', 'var root = os.Getenv("ROOT")\nfunc f() { read(root + "/web") }'],
    ['a.go', 'const a = "/x"\nfunc f() { read(a + "/web") }'],
    ['a.py', 'read(settings.folder / "static")'],
  ])('%s: %s may be anything', (name, text) => expect(read(name, text)).toBeUndefined())
})
