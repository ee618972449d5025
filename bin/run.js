#!/usr/bin/env node
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {load} from './load.js'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const words = process.argv.slice(2)
const {main} = load(
  join(root, 'dist/preflight.cjs'),
  !words.some((word) => /^(-v|--version|-h|--help|help)$/.test(word)),
)
await main(words, root)
