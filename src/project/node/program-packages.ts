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
    'svelte-kit': ['@sveltejs/kit'],
  }),
)
const same =
  /^(next|prisma|tsx|ts-node|vite|serve|drizzle-kit|knex|typeorm|nodemon|pm2|concurrently|cross-env|astro|nuxt|turbo|nx|wrangler|http-server|db-migrate|node-pg-migrate|graphile-worker|env-cmd|gatsby|esbuild|rimraf|vite-node|tsup|react-scripts|babel-node|forever)$/

/** The packages of which one brings a program; undefined for programs that are not known. */
export const packagesOf = (program: string): readonly string[] | undefined =>
  others.get(program) ?? (same.test(program) ? [program] : undefined)
