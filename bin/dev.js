#!/usr/bin/env node
// The sources, without a build: node bin/dev.js …
const {dirname} = require('node:path')

async function run() {
  const {register} = await import('tsx/esm/api')
  register()
  const {main} = await import('../src/cli.ts')
  await main(process.argv.slice(2), dirname(__dirname), './src/commands/index.ts')
}

run()
