/** Images of programs that keep all they know in one folder, by their own documentation. */
import {nameParts} from './base-images.ts'

export interface DataFolder {
  program: string
  folder: string
  /** A database elsewhere, which such a variable names, takes the folder's place. */
  unless?: RegExp
}

const programs: readonly (readonly [image: RegExp, program: string, folder: string, unless?: RegExp])[] = [
  [
    /^(?:docker\.)?(?:n8nio|n8n\.io\/n8nio)\/n8n$/,
    'n8n',
    '/home/node/.n8n',
    /^DB_POSTGRESDB_|^N8N_ENCRYPTION_KEY|^N8N_USER_FOLDER/,
  ],
  [/^louislam\/uptime-kuma$/, 'Uptime Kuma', '/app/data', /^UPTIME_KUMA_DB_|^DATA_DIR/],
  [
    /^(?:vaultwarden|bitwardenrs)\/server(?:-alpine)?$|^ghcr\.io\/dani-garcia\/vaultwarden$/,
    'Vaultwarden',
    '/data',
    /^DATA_FOLDER/,
  ],
  [/^actualbudget\/actual-server$|^ghcr\.io\/actualbudget\/actual(?:-server)?$/, 'Actual', '/data', /^ACTUAL_DATA_DIR/],
  [/^ghost$/, 'Ghost', '/var/lib/ghost/content', /^storage__/],
  [/^gitea\/gitea$/, 'Gitea', '/data'],
  [/^codeberg\.org\/forgejo\/forgejo$/, 'Forgejo', '/data'],
  [/^ghcr\.io\/muchobien\/pocketbase$/, 'PocketBase', '/pb_data'],
  [/^mysql$|^mariadb$/, 'MySQL', '/var/lib/mysql'],
  [/^mongo$/, 'MongoDB', '/data/db'],
  [/^neo4j$/, 'Neo4j', '/data'],
  [/^minio\/minio$|^quay\.io\/minio\/minio$/, 'MinIO', '/data'],
  [/^getmeili\/meilisearch$/, 'Meilisearch', '/meili_data', /^MEILI_DB_PATH/],
  [/^qdrant\/qdrant$/, 'Qdrant', '/qdrant/storage', /^QDRANT__STORAGE/],
  [/^nocodb\/nocodb$/, 'NocoDB', '/usr/app/data', /^NC_DB|^DATABASE_URL/],
  [/^neosmemo\/memos$/, 'Memos', '/var/opt/memos', /^MEMOS_DSN|^MEMOS_DATA/],
  [/^(?:ghcr\.io\/)?sissbruecker\/linkding(?:-plus)?$/, 'linkding', '/etc/linkding/data', /^LD_DB_/],
  [/^gotify\/server$/, 'Gotify', '/app/data', /^GOTIFY_DATABASE/],
  [/^(?:ghcr\.io\/)?dgtlmoon\/changedetection\.io$/, 'changedetection.io', '/datastore'],
  [/^jenkins\/jenkins$/, 'Jenkins', '/var/jenkins_home'],
  [/^sonatype\/nexus3$/, 'Nexus', '/nexus-data'],
  [/^nextcloud$/, 'Nextcloud', '/var/www/html'],
  [/^itzg\/minecraft-server$/, 'Minecraft', '/data'],
  [/^felddy\/foundryvtt$/, 'Foundry VTT', '/data'],
]

/** PostgreSQL has it one level up from version 18. */
const postgres = (tag: string): string =>
  /^(?:1[89]|[2-9]\d)/.test(tag) ? '/var/lib/postgresql' : '/var/lib/postgresql/data'

/** Where the program of an image keeps its data; undefined for every other image. */
export function dataFolderOf(image: string): DataFolder | undefined {
  const [name, tag = ''] = nameParts(image)
  if (name === 'postgres') return {program: 'PostgreSQL', folder: postgres(tag), unless: /^PGDATA$/}
  const found = programs.find(([pattern]) => pattern.test(name))
  if (!found) return undefined
  const [, program, folder, unless] = found
  return {program, folder, ...(unless && {unless})}
}
