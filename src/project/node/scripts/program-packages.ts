import {escapePattern} from '../../escape-pattern.ts'

/** Programs of node_modules/.bin by the package that brings them, where it has another name; else it has the same. */
const others: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    nest: ['@nestjs/cli'],
    tsc: ['typescript'],
    sequelize: ['sequelize-cli'],
    dotenv: ['dotenv-cli'],
    dotenvx: ['@dotenvx/dotenvx'],
    'remix-serve': ['@remix-run/serve'],
    'react-router-serve': ['@react-router/serve'],
    strapi: ['@strapi/strapi'],
    medusa: ['@medusajs/cli', '@medusajs/medusa', '@medusajs/medusa-cli'],
    'mikro-orm': ['@mikro-orm/cli'],
    nuxi: ['nuxi', 'nuxt'],
    'run-s': ['npm-run-all', 'npm-run-all2'],
    'run-p': ['npm-run-all', 'npm-run-all2'],
    'ts-node-esm': ['ts-node'],
    'ts-node-dev': ['ts-node-dev'],
    // They come with typeorm, and load ts-node first.
    'typeorm-ts-node-commonjs': ['ts-node'],
    'typeorm-ts-node-esm': ['ts-node'],
    'svelte-kit': ['@sveltejs/kit'],
    ng: ['@angular/cli'],
    'vue-cli-service': ['@vue/cli-service'],
    remix: ['@remix-run/dev'],
    'react-router': ['@react-router/dev'],
    webpack: ['webpack', 'webpack-cli'],
    tailwindcss: ['@tailwindcss/cli', 'tailwindcss', 'tailwindcss-cli'],
    postcss: ['postcss-cli'],
    babel: ['@babel/cli'],
    swc: ['@swc/cli'],
    'graphql-codegen': ['@graphql-codegen/cli'],
    gulp: ['gulp', 'gulp-cli'],
    grunt: ['grunt', 'grunt-cli'],
    ncc: ['@vercel/ncc'],
    lingui: ['@lingui/cli'],
    vite: ['vite', 'rolldown-vite'],
    nuxt: ['nuxt', '@nuxt/cli'],
    jest: ['jest', 'jest-cli'],
    sass: ['sass', 'sass-embedded'],
    gatsby: ['gatsby', 'gatsby-cli'],
    rollup: ['rollup', '@rollup/wasm-node'],
    esbuild: ['esbuild', 'esbuild-wasm'],
    parcel: ['parcel', 'parcel-bundler'],
  }),
)
const same =
  /^(next|prisma|tsx|ts-node|serve|drizzle-kit|knex|typeorm|nodemon|pm2|concurrently|cross-env|astro|turbo|nx|wrangler|http-server|db-migrate|node-pg-migrate|graphile-worker|env-cmd|rimraf|vite-node|tsup|react-scripts|babel-node|forever|husky|patch-package|tsc-alias|vue-tsc|copyfiles|cpx|shx|mkdirp|unbuild|tsdown|microbundle|vitepress|lefthook|simple-git-hooks|eslint|prettier|vitest)$/

/** The packages of which one brings a program; undefined for programs that are not known. */
export const packagesOf = (program: string): readonly string[] | undefined =>
  others.get(program) ?? (same.test(program) ? [program] : undefined)

/** Whether a RUN installs a package by its name or lays its folder there, or a COPY does: `texts` and `copies` say so. */
export const broughtByName = (name: string, texts: readonly string[], copies: readonly string[]): boolean =>
  texts.some((text) =>
    new RegExp(`\\b(install|i|add)\\b[^;&|\\n]{0,1000}[\\s"']${escapePattern(name)}(?![\\w-])`).test(text),
  ) ||
  texts.some((text) => /\b(?:ln|cp|mv|tar|git)\b/.test(text) && text.includes(`node_modules/${name}`)) ||
  copies.some((text) => text.includes(`node_modules/${name}`) || text.includes('node_modules/.bin'))
