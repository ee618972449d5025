import check from '../../../checks/node/laravel-vite.ts'
import {testCheck} from '../../harness.ts'

type Files = Record<string, string>
const config = (input: string, more = '') =>
  `import laravel from 'laravel-vite-plugin'\n// input: ['resources/js/old.js'],\nexport default {\n  plugins: [laravel({${input}})],\n${more}}\n`
const usual = config("input: ['resources/css/app.css', 'resources/js/app.js'], refresh: true")
const project = (page: string, vite = usual, more: Files = {}) => ({
  files: {
    'fly.toml': 'app = "shop"\n',
    Dockerfile: 'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\n',
    artisan: '<?php\n',
    'package.json': '{"scripts": {"build": "vite build"}, "devDependencies": {"vite": "^7.0.0"}}',
    'vite.config.js': vite,
    'resources/css/app.css': '',
    'resources/js/app.js': "import './other.js'\n",
    'resources/js/other.js': '',
    'resources/views/layout.blade.php': `<html>\n${page}\n`,
    ...more,
  },
})
const unlisted = (path: string, where = '2:8') => [
  `warning resources/views/layout.blade.php:${where} this page asks Vite for ${path}, which is no entry of vite.config.js: “Unable to locate file in Vite manifest”`,
]

testCheck(check, {
  clean: {
    'the entries': project("@vite(['resources/css/app.css', 'resources/js/app.js'])"),
    'one entry': project('@vite("resources/js/app.js")'),
    'in a comment': project("{{-- @vite('resources/js/admin.js') --}}"),
    'a name that is put together': project('@vite(["resources/js/Pages/{$page}.vue"])'),
    'another folder of the build': project("@vite(['resources/js/admin.js'], 'build/admin')"),
    'a script that another loads later': project("@vite('resources/js/Pages/Home.vue')", usual, {
      'resources/js/app.js': "const pages = import.meta.glob('./Pages/*.vue')\n",
    }),
    'entries that are put together': project("@vite('resources/js/admin.js')", config('input: [...entries]')),
    'an entry that a variable has': project(
      "@vite('resources/js/admin.js')",
      config("input: ['resources/js/app.js', admin]"),
    ),
    'a pattern': project("@vite('resources/js/admin.js')", config("input: glob.sync('resources/js/*.js')")),
    'other entries beside them': project(
      "@vite('resources/js/admin.js')",
      config("input: ['resources/js/app.js']", "  build: {rollupOptions: {input: ['resources/js/admin.js']}},\n"),
    ),
    'another configuration': project("@vite('resources/js/admin.js')", usual, {'vite.admin.config.js': ''}),
    'a manifest of the repository that has it': project("@vite('resources/js/admin.js')", usual, {
      'public/build/manifest.json': '{"resources/js/admin.js": {}}',
    }),
    'an entry that a RUN makes': project('', config("input: ['resources/js/made.js']"), {
      Dockerfile:
        'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN php make.php > resources/js/made.js && npm ci && npm run build\n',
    }),
    'an entry of a package': project('', config("input: ['vendor/acme/app.js']")),
  },
  flagged: {
    'a file that is no entry': {
      ...project("@vite(['resources/js/admin.js', 'resources/js/app.js'])"),
      expect: unlisted('resources/js/admin.js'),
    },
    'one file, which an entry imports': {
      ...project("@vite('resources/js/other.js')"),
      expect: unlisted('resources/js/other.js', '2:7'),
    },
    'styles, where scripts are loaded later': {
      ...project("@vite('resources/css/admin.css')", usual, {'resources/js/app.js': "import('./other.js')\n"}),
      expect: unlisted('resources/css/admin.css', '2:7'),
    },
    'an entry that is not there': {
      ...project('', config("input: ['resources/js/main.js']")),
      expect: [
        'error vite.config.js:4:30 vite build stops: resources/js/main.js is one of its entries, and the project has no such file',
      ],
    },
    'an entry that is not there, without the name': {
      ...project(
        '',
        "import laravel from 'laravel-vite-plugin'\nexport default {plugins: [laravel(['resources/js/main.js'])]}\n",
      ),
      expect: [
        'error vite.config.js:2:36 vite build stops: resources/js/main.js is one of its entries, and the project has no such file',
      ],
    },
  },
})
