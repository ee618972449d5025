#!/usr/bin/env node
// The sources, without a build: node bin/dev.js …
import {dirname} from 'node:path'
import {fileURLToPath} from 'node:url'
import {register} from 'tsx/esm/api'

register()
const {main} = await import('../src/cli.ts')
await main(process.argv.slice(2), dirname(dirname(fileURLToPath(import.meta.url))), './src/commands/index.ts')
