#!/usr/bin/env node
// Makes src/project/image/packages/apt-names.br: which packages apt finds in each release of Debian and Ubuntu. A release
// keeps its packages, so that this is run when a new one is out: node bin/apt-names.mjs
// (it needs xz).
import {execFileSync} from 'node:child_process'
import {writeFileSync} from 'node:fs'
import {brotliCompressSync, constants} from 'node:zlib'

const debian = (name) => ({
  name,
  lists: [
    `http://deb.debian.org/debian/dists/${name}/main`,
    `http://deb.debian.org/debian-security/dists/${name}-security/main`,
  ],
})
/** Its images ask all four components. */
const ubuntu = (name) => ({
  name,
  lists: ['', '-updates', '-security'].flatMap((pocket) =>
    ['main', 'restricted', 'universe', 'multiverse'].map(
      (component) => `http://archive.ubuntu.com/ubuntu/dists/${name}${pocket}/${component}`,
    ),
  ),
})
const releases = [...['bullseye', 'bookworm', 'trixie'].map(debian), ...['focal', 'jammy', 'noble'].map(ubuntu)]

/** Families of thousands that no image of an app is made of; of these nothing is known. */
const leftOut =
  /^(?:linux-(?!libc-dev$|headers$)|golang-[a-z]|ruby-[a-z])|^(?:librust|libghc|haskell|elpa|node|libjs|r-cran|r-bioc|nvidia|libnvidia|xserver-xorg|texlive-lang|language-pack|libreoffice-(?:l10n|help)|hunspell|aspell|myspell|hyphen|mythes|task|gir1\.2|kde|plasma|gnome|libkf[56]|qml|librte|oem|lua|python3?-(?:oca|tryton)|tryton|libcoq|apertium|kernel)-|^lib[a-z0-9-]+-perl$|-(?:dbgsym|dbg|doc|l10n|i18n|locale)$|-cross$|-(?:mips\w*|alpha|hppa|m68k|powerpc\w*|ppc64\w*|s390x|sparc64|riscv64|arm64|armhf|armel|sh4|x32|i386|i686|mingw\w*|arc|hurd|loong\w*)(?:-|$)/

const masks = new Map()
for (const [index, {lists}] of releases.entries()) {
  const packages = new Set()
  /** By each name that is no package's own, or not only: the packages that provide it. */
  const providers = new Map()
  for (const list of lists) {
    for (const {name, provided} of await packagesOf(list)) {
      packages.add(name)
      for (const each of provided) providers.set(each, (providers.get(each) ?? new Set()).add(name))
    }
  }
  // Of several providers apt takes none: "Package netcat is a virtual package provided by".
  const provided = [...providers].flatMap(([name, by]) => (by.size === 1 ? [name] : []))
  for (const name of new Set([...packages, ...provided])) {
    if (!leftOut.test(name)) masks.set(name, (masks.get(name) ?? 0) | (1 << index))
  }
}
const lines = [...masks].sort(([one], [other]) => (one < other ? -1 : 1)).map(([name, mask]) => `${name} ${mask}\n`)
const text = `${releases.map(({name}) => name).join(' ')}\n${leftOut.source}\n${lines.join('')}`
const written = brotliCompressSync(text, {
  params: {[constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: text.length},
})
writeFileSync(new URL('../src/project/image/packages/apt-names.br', import.meta.url), written)
console.log(`${lines.length} names, ${written.length} bytes`)

/** The paragraphs of a list (deb-control(5)). */
async function packagesOf(list) {
  const answer = await fetch(`${list}/binary-amd64/Packages.xz`)
  if (!answer.ok) throw new Error(`${answer.status} ${answer.url}`)
  const packed = Buffer.from(await answer.arrayBuffer())
  const text = execFileSync('xz', ['-dc'], {input: packed, maxBuffer: 2 ** 30, encoding: 'utf8'})
  return text.split('\n\n').flatMap((paragraph) => {
    const [, name] = /^Package: (.*)$/m.exec(paragraph) ?? []
    const [, provided = ''] = /^Provides: (.*)$/m.exec(paragraph) ?? []
    const names = provided.split(',').map((each) => each.trim().replace(/[ (:].*/, ''))
    return name ? [{name, provided: names.filter(Boolean)}] : []
  })
}
