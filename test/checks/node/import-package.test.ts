import check from '../../../checks/node/import-package.ts'
import {testCheck} from '../../harness.ts'

const project = (code: string, files: Record<string, string> = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    'package.json': '{"dependencies": {"express": "4"}, "imports": {"#db": "./db.js"}}',
    'package-lock.json': '{"packages": {"node_modules/express": {}, "node_modules/express/node_modules/qs": {}}}',
    'server.js': code,
    ...files,
  },
})

testCheck(check, {
  clean: {
    declared: project("import express from 'express/lib/x.js'\n"),
    'another package brings it': project("import qs from 'qs'\n"),
    'built into Node': project("import fs from 'fs'\nimport 'node:path'\nimport 'fs/promises'\n"),
    'an import of the package itself': project("import db from '#db'\nimport a from '~/a'\nimport b from '@/b'\n"),
    'an alias for a folder': project("import a from 'components/a'\nimport b from '@components/b'\n", {
      'src/components/a.js': '',
    }),
    'an alias of tsconfig.json': project("import a from 'shop-core'\n", {
      'tsconfig.json': '{"compilerOptions": {"paths": {"shop-core": ["./core"]}}}',
    }),
    'of the workspace': project("import a from '@shop/core'\n", {
      'packages/core/package.json': '{"name": "@shop/core"}',
    }),
    'a type alone': project("import type {A} from 'type-fest'\n"),
    'a package of the workspace that lacks nearly all: an exported design, which nothing builds': project('', {
      'apps/design/package.json': '{"name": "design"}',
      'apps/design/app/page.tsx': 'abcdef'.replace(/./g, "import $& from 'ui-$&'\n"),
    }),
    'without a lock file nothing is known of what comes along': {
      files: {'fly.toml': 'app = "shop"\n', 'package.json': '{}', 'server.js': "import 'qs'\n"},
    },
  },
  flagged: {
    'neither declared nor locked': {
      ...project("import fetch from 'node-fetch'\nimport again from 'node-fetch/src'\n"),
      expect: [
        'warning server.js:1:20 node-fetch is imported, and node-fetch is neither in package.json nor in the lock file',
      ],
    },
    'a longer name is another package': {
      ...project("import polaris from '@shopify/polaris'\n", {
        'package-lock.json': '{"packages": {"node_modules/@shopify/polaris-types": {}}}',
      }),
      expect: [
        'warning server.js:1:22 @shopify/polaris is imported, and @shopify/polaris is neither in package.json nor in the lock file',
      ],
    },
    'of a scope': {
      ...project("const {Page} = require('@shopify/polaris/build')\n"),
      expect: [
        'warning server.js:1:25 @shopify/polaris/build is imported, and @shopify/polaris is neither in package.json nor in the lock file',
      ],
    },
  },
})
