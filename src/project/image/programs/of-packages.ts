/** Programs of packages, which npx and the scripts of package.json find, and a shell does not. */
export const ofPackages: ReadonlySet<string> = new Set(
  'prisma tsc next vite nest nx turbo ng astro nuxt nuxi drizzle-kit tsx ts-node vitest jest webpack rollup esbuild eslint remix react-router svelte-kit knex sequelize typeorm medusa strapi gatsby vue-cli-service react-scripts tailwindcss rimraf concurrently nodemon directus payload serve http-server remix-serve react-router-serve pm2 pm2-runtime'.split(
    ' ',
  ),
)
