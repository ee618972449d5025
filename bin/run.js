#!/usr/bin/env node
// CommonJS, as all in this folder: the loader of ES modules takes an eighth of the time that node needs to start.
const {dirname, join} = require('node:path')
const {load} = require('./load.js')

// As package.json demands it. An older Node would end in the middle of something; oclif's own warning loads semver for it.
const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`preflight: this is Node.js ${process.versions.node}, and 20.19 or later is needed\n`)
  process.exit(2)
}
process.env.OCLIF_DISABLE_ENGINE_WARNING = 'true'

const root = dirname(__dirname)
const words = process.argv.slice(2)
const [first, second] = words
// Words alone are an eighth of the program.
const isHelp =
  words.length === 1
    ? /^(-v|--version|-h|--help|help)$/.test(first)
    : words.length === 2 && /^[a-z]+$/.test(first) && /^(-h|--help)$/.test(second)
const use = /^(help|list|explain|init|completion)$/.test(first) ? 'short' : 'check'
const {main} = isHelp ? load(join(root, 'dist/help.cjs'), 'help') : load(join(root, 'dist/preflight.cjs'), use)
main(words, root)
